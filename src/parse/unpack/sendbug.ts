// Reads: a problem report of OpenBSD, as sendbug(1) makes it: the form, then dmesg, usbdevs and, of root, pcidump and acpidump.
// Printed by: usr.bin/sendbug/sendbug.c, template() and hwdump(): `\ndmesg:\n`, `\npcidump:\n` (pcidump -xxv), b64encode.
// Fixtures: fixtures/outputs has those of its commands; test/parse/unpack.test.ts makes reports.

import type { Capture } from '../../model/capture.ts';
import { contentOf, type Numbered, numberedRows } from './numbered-rows.ts';

const QUOTE = /^(?:> ?){0,4}/;
const HEADING = /^(?:> ?){0,4}(dmesg|usbdevs|pcidump|acpidump):$/;
const COMMANDS: Record<string, string[] | undefined> = {
  dmesg: ['dmesg'],
  pcidump: ['pcidump', '-xxv'],
};

/** The form with what was written there, and the outputs below it; nothing for any other text. */
export function unpackSendbug(capture: Capture): Capture[] | undefined {
  if (!capture.text.includes('>Synopsis:') || !capture.text.includes('>Environment:')) return undefined;
  const rows = numberedRows(capture);
  const places = rows.flatMap((row, index) => {
    const heading = isBlank(rows[index - 1]) ? HEADING.exec(row.text)?.[1] : undefined;
    return heading === undefined ? [] : [{ heading, index }];
  });
  const [first] = places;
  if (!first) return undefined;
  let passedOver = 0;
  const outputs = places.flatMap(({ heading, index }, place) => {
    const body = rows.slice(index + 1, places[place + 1]?.index);
    const argv = COMMANDS[heading];
    if (argv) return [outputOf(capture, argv, body)];
    passedOver += body.length;
    return [];
  });
  const form = { ...capture, partOf: capture.name, ...contentOf(rows.slice(0, first.index)), passedOver };
  return [form, ...outputs];
}

function isBlank(row: Numbered | undefined): boolean {
  return row === undefined || row.text.replace(QUOTE, '') === '';
}

/** OpenBSD runs in the guest, or on the host: the output itself must tell. */
function outputOf(capture: Capture, argv: string[], rows: readonly Numbered[]): Capture {
  const { name, side, origin } = capture;
  const body = rows.filter(({ text }) => !text.startsWith('SENDBUG'));
  return { name: `${name} ${argv.join(' ')}`, side, origin, partOf: name, argv, ...contentOf(body) };
}
