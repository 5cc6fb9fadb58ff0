/** Seconds between two readings of counters; packets and seconds to listen. */
export const PACE = { interval: 10, seconds: 10, packets: 200 };
