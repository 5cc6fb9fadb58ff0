// Reads: the texts of a supportconfig of SUSE: network.txt, boot.txt, hardware.txt and others, many outputs in each.
// Printed by: supportutils, bin/supportconfig and supportconfig.rc (3.1, 3.2): _log_cmd, conf_files, log_files.
// Fixtures: fixtures/outputs has those of its commands; test/parse/unpack.test.ts makes such texts.

import type { Capture } from '../../model/capture.ts';
import { numberedRows } from './numbered-rows.ts';
import { cutSections, type Head } from './sections.ts';

const MARK = /^#==\[ ([\w ]{1,40}) \]=+#$/;
const SAYS = /^# (.{1,300})$/;
const NO_COMMAND = /^ERROR: Command not found or not executable$/;

/** The outputs that tell of the network; nothing for any other text. */
export function unpackSupportconfig(capture: Capture): Capture[] | undefined {
  if (!capture.text.includes('#==[ ')) return undefined;
  const rows = numberedRows(capture);
  const headOf = ({ text }: { text: string }, index: number): Head => {
    if (MARK.test(text)) return 'end';
    const kind = MARK.exec(rows[index - 1]?.text ?? '')?.[1];
    const says = kind === undefined ? undefined : SAYS.exec(text)?.[1];
    const command = says && commandOf(kind ?? '', says);
    return command ? { command } : undefined;
  };
  return cutSections(capture, rows, headOf)?.map(withFailure);
}

/** `# /usr/sbin/ip addr` below Command; a path below the others, with what was left of a log behind it. */
function commandOf(kind: string, says: string): string | undefined {
  if (kind === 'Command') return says.replace(/^\/(?:usr\/)?s?bin\//, '');
  const path = /^(\/\S{1,200})(?: - Last \d{1,9} Lines)?$/.exec(says)?.[1];
  return path && `cat ${path}`;
}

function withFailure(capture: Capture): Capture {
  if (!NO_COMMAND.test(capture.text)) return capture;
  const failure = `${capture.argv?.[0]}: there is no such command on that machine.`;
  return { ...capture, text: '', numbers: [], failure, outcome: 'missing' };
}
