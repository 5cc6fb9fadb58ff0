/** The time that stands before a packet, behind the number of -#: `07:14:19.114125`, `2026-11-27 07:14:19.114125`, `Nov 27 07:14:19.114125`, `1795764859.114125`. */
const STAMP =
  /^(?:\s{0,5}\d{1,9} {2})?\s?(?:(?:(\d{4}-\d\d-\d\d)|[A-Z][a-z]{2} [ \d]\d) )?(?:(\d\d):(\d\d):(\d\d\.\d{6,9})|(\d{9,11}\.\d{6,9})) /;

/**
 * In seconds of its day; with a year or as a number (-tt, -tttt) since 1970. Undefined for what -ttt and -ttttt print, the time since
 * another packet: those begin at 00:00.
 */
export function packetTime(text: string): number | undefined {
  const [, date, hours, minutes, seconds, since] = STAMP.exec(text) ?? [];
  if (since !== undefined) return Number(since);
  if (hours === undefined || (hours === '00' && minutes === '00')) return undefined;
  const ofDay = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return date === undefined ? ofDay : Date.parse(`${date}T00:00:00Z`) / 1000 + ofDay;
}
