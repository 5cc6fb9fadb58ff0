/** The driver that a name tells: `vtnet0`, `epair0a`; `vtnet0.10` is a VLAN on vtnet0. A renamed interface does not tell it. */
export function driverOfName(name: string): string | undefined {
  if (/^[a-z]\w{0,20}\.\d{1,4}$/.test(name)) return 'vlan';
  return /^([a-z]{2,15})\d{1,5}[ab]?$/.exec(name)?.[1];
}
