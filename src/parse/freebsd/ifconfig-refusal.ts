import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';

/** What ifconfig says when the kernel refuses. sbin/ifconfig/ifconfig.c, ifbridge.c; err(3) puts the program's name in front. */
export const REFUSAL =
  /^ifconfig: (?:ioctl (?:SIOCSIFMTU )?\(set mtu\): |BRDGADD \S{1,32}: |interface \S{1,32} does not exist$|SIOC\w{4,20}(?: \([\w -]{1,30}\))?: |ioctl (?:SIOC\w{4,20} )?\([\w -]{1,30}\): |-?[a-z][\w]{1,20}: )/;

const CODES: readonly (readonly [sign: RegExp, code: string])[] = [
  [/\(set mtu\): Invalid argument$/, 'mtu-invalid'],
  // From 15.0 on the kernel's reason may stand behind it in brackets (EXTERROR).
  [/^ifconfig: BRDGADD \S{1,32}: Invalid argument(?: \(.{1,120}\))?$/, 'bridge-add-refused'],
  [/^ifconfig: BRDGADD \S{1,32}: Device busy(?: \(.{1,120}\))?$/, 'bridge-member-busy'],
  [/^ifconfig: interface \S{1,32} does not exist$/, 'no-such-device'],
];

/** One refusal, told of the interface that the command or the row names. False when the row is none. */
export function readRefusal(name: string, row: Row, notes: Notes): boolean {
  if (!REFUSAL.test(row.text)) return false;
  const code = CODES.find(([sign]) => sign.test(row.text))?.[1];
  if (code === undefined) return true;
  const named = /^ifconfig: (?:BRDGADD|interface) (\S{1,32}?)(?::| does not exist)/.exec(row.text)?.[1];
  const device = named ?? name;
  notes.say('message', `${code} ${device}`, { code, device, text: row.text }, row);
  return true;
}
