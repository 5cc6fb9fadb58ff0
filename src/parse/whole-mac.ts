/** Each octet in two digits, in small letters: ether_ntoa(3), ebtables, snoop and macOS leave leading zeros out (`52:54:0:a:b:1`). */
export function wholeMac(mac: string): string {
  const octets = mac.toLowerCase().split(':');
  return octets.map((octet) => octet.padStart(2, '0')).join(':');
}
