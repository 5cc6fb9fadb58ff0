// Reads: what programs that pass frames on themselves say of a frame that is too long for where it should go (EMSGSIZE).
// Printed by: a forwarder on packet sockets (captured in the lab), socat xio-*.c ("E write(5, 0x..., 2962): Message too long").
// Fixtures: fixtures/outputs/linux-6.1/forwarder*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const ROW = new RegExp(
  [
    /^(?:[\w.-]{1,30}(?:\[\d{1,10}\])?: )?(?:frame|packet) of (\d{2,6}) bytes (?:not forwarded|not sent|dropped): Message too long(?: .{0,60})?$/,
    /^(?:[\w./: -]{0,30} )?socat\[\d{1,10}\] [EW] (?:write|send|sendto|sendmsg)\(\d{1,5}, 0x[\da-f]{1,16}, (\d{2,6})\): Message too long$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

export const forwarderLog: Parser = {
  kind: 'linux/forwarder-log',
  title: "a forwarder's log",
  commands: /^(?!)/,
  begins: ROW,
  continues: ROW,
  isLog: true,
  read: readForwarder,
};

function readForwarder(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const [, first, second] = ROW.exec(row.text) ?? [];
    const value = first ?? second;
    if (value === undefined) notes.missed(row);
    else
      notes.say(
        'message',
        `frame-too-long ${value}`,
        { code: 'frame-too-long', device: '', text: row.text, value: Number(value) },
        row,
      );
  }
  return notes.done();
}
