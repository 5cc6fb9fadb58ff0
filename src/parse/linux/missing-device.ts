// Reads: what commands and start-up scripts say of an interface that is not there.
// Printed by: net-tools ifconfig.c; busybox libbb/xfuncs_printf.c, networking/libiproute; iproute2 lib/ll_map.c, lib/utils.c; ethtool; initscripts
// ifup-eth; dhcpcd src/if.c; buildroot's wait_iface. Fixtures: fixtures/outputs/linux-6.1/missing-device.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { anyOf } from '../any-of.ts';
import { takeNotes } from '../reading.ts';

const NAME = '["\'\u2018]?([a-zA-Z][\\w.-]{0,14})["\'\u2019]?';
const OWNER = '(?:[\\w./-]{1,30}(?:\\[\\d{1,10}\\])?: )?';
/** Behind their owner. The interface, if the text tells it, is the first group. */
const OWNED = [
  `(?:${NAME}: )?SIOC[GS]IF\\w{3,14}: No such device$`,
  `${NAME}: ERROR while getting interface flags: No such device$`,
  `${NAME}: error fetching interface information: Device not found$`,
  `(?:Cannot find|can't find) device ${NAME}$`,
  `Device ${NAME} does not exist\\.?$`,
  `${NAME}: interface not found$`,
  `Error getting hardware address for ${NAME}: No such device$`,
];
const OTHERS: readonly RegExp[] = [
  new RegExp(`^.{0,60}?Device ${NAME} does not seem to be present, delaying initialization\\.`),
  /^(?:Cannot get device settings: No such device|netlink error: no device matches name \(offset \d{1,4}\))$/,
  new RegExp(`^Waiting for interface ${NAME} to appear[. ]{1,60}timeout!$`),
];
const TEXTS = [...OWNED.map((source) => new RegExp(`^${OWNER}${source}`)), ...OTHERS];

export const missingDevice: Parser = {
  kind: 'linux/missing-device',
  title: 'a Linux command that found no such interface',
  commands: /^(?!)/,
  begins: anyOf([
    new RegExp(`^${OWNER}(?:${anyOf(OWNED.map((text) => new RegExp(text))).source})`),
    ...OTHERS,
  ]),
  continues: /^(?!)/,
  read: readMissing,
};

function readMissing(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const asked = /(?:^| )((?:eth|en[opsx]|ens)\w{1,12})(?: |$)/.exec(command)?.[1];
  for (const row of rows) {
    const match = TEXTS.map((text) => text.exec(row.text)).find((hit) => hit !== null);
    if (!match) {
      notes.missed(row);
      continue;
    }
    notes.say('system', '', { os: 'linux' }, row);
    const device = match[1] ?? asked ?? '';
    const code = 'no-such-device';
    notes.say('message', device === '' ? code : `${code} ${device}`, { code, device, text: row.text }, row);
  }
  return notes.done();
}
