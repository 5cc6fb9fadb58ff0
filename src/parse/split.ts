import type { Capture, Side } from '../model/capture.ts';
import type { Row } from '../model/line.ts';
import type { Parser, Sample } from '../model/sample.ts';
import { chooseParser, settleAlike } from './choose-parser.ts';
import { findBeginning } from './find-beginning.ts';
import { mend } from './mend.ts';
import { readPrompt } from './prompt.ts';

/** How many strange rows may stand inside an output before it counts as ended. */
const WIDEST_GAP = 3;
const WIDEST_GAP_IN_LOG = 500;

type Draft = {
  parser: Parser;
  why: string;
  command?: string;
  hostName?: string;
  side: Side;
  rows: Row[];
};
type Command = { text: string; parsers: readonly Parser[]; hostName?: string | undefined };

export type Split = {
  readonly samples: readonly (Sample & { parser: Parser })[];
  readonly loose: readonly Row[];
};

/**
 * Cuts a text into the outputs it holds. A row goes to the output that it begins, else to the one that it
 * continues; a command line above an output says what follows. What belongs to none is handed back as loose.
 */
export function split(capture: Capture, rows: readonly Row[], parsers: readonly Parser[]): Split {
  const drafts: Draft[] = [];
  const loose: Row[] = [];
  let current: Draft | undefined;
  let command: Command | undefined = commandOf(capture, parsers);
  let gap: Row[] = [];
  /** Logs that one journal interleaves: each goes on in its own sample until a blank line, a prompt or another kind of output. */
  const logs = new Map<Parser, Draft>();

  const close = () => {
    // Unknown rows below a command line are that command's output, understood or not.
    if (current?.command) current.rows.push(...gap);
    else loose.push(...gap);
    gap = [];
    current = undefined;
  };
  const open = (parser: Parser, why: string) => {
    close();
    const before = command ? undefined : logs.get(parser);
    current = before ?? newDraft(parser, why);
    if (!parser.isLog) logs.clear();
    else logs.set(parser, current);
  };
  const newDraft = (parser: Parser, why: string): Draft => {
    const draft = { parser, why, side: capture.side, rows: [], ...originOf(command) };
    takeLeads(parser.leads, loose, draft.rows);
    drafts.push(draft);
    command = undefined;
    return draft;
  };

  const mended = mend(rows, parsers);
  for (const [index, row] of mended.entries()) {
    const prompt = readPrompt(row.text);
    if (prompt) {
      const commanded = parsers.filter((candidate) => candidate.commands.test(prompt.command));
      const begins = findBeginning(row.text, parsers);
      if (begins) {
        if (current?.parser !== begins) open(begins, beginsLike(begins));
        current?.rows.push(...gap.splice(0), row);
        continue;
      }
      if (commanded.length > 0 || prompt.isSure) {
        close();
        logs.clear();
        command = { text: prompt.command, parsers: commanded, hostName: prompt.hostName };
        if (commanded.length === 0) loose.push(row);
        continue;
      }
    }
    if (/^(?:```|~~~)/.test(row.text)) {
      close();
      logs.clear();
      continue;
    }
    const chosen =
      chooseParser(row, current?.parser, command?.parsers ?? [], parsers) ?? ownerOfLogged(row, logs);
    const parser = chosen && settleAlike(chosen, mended, index, parsers);
    if (parser) {
      const startsAnew = current && parser === current.parser && isSecondTop(parser, row, current.rows);
      if (parser !== current?.parser || command || startsAnew) {
        open(
          parser,
          command?.parsers.includes(parser) ? `the command above it: ${command.text}` : beginsLike(parser),
        );
      }
      current?.rows.push(...gap.splice(0), row);
    } else if (row.text === '') {
      logs.clear();
      if (current) gap.push(row);
    } else if (!current) loose.push(row);
    else {
      gap.push(row);
      const widest = current.parser.isLog ? WIDEST_GAP_IN_LOG : WIDEST_GAP;
      if (!current.command && gap.length > widest) close();
    }
  }
  close();
  return {
    samples: drafts.map((draft) => ({
      capture,
      kind: draft.parser.kind,
      title: draft.parser.title,
      ...draft,
    })),
    loose: loose.filter((row) => row.text !== ''),
  };
}

function originOf(command: Command | undefined): Pick<Draft, 'command' | 'hostName'> {
  const { text, hostName } = command ?? {};
  return { ...(text !== undefined && { command: text }), ...(hostName !== undefined && { hostName }) };
}

/** Rows just above a beginning that belong to it, such as a copyright notice. */
function takeLeads(leads: RegExp | undefined, loose: Row[], rows: Row[]): void {
  while (loose.length > 0 && leads?.test(loose.at(-1)?.text ?? '')) rows.unshift(loose.pop() as Row);
}

/** What was run to get it, or what the name of the file says: /etc/hostname.vio1, vm.conf, 107.conf of Proxmox. */
function commandOf(capture: Capture, parsers: readonly Parser[]): Command | undefined {
  const text = capture.argv?.length ? capture.argv.join(' ') : commandByName(capture.name);
  return text === undefined
    ? undefined
    : { text, parsers: parsers.filter((parser) => parser.commands.test(text)) };
}

function commandByName(name: string): string | undefined {
  const file = name.slice(name.lastIndexOf('/') + 1);
  if (/^(?:hostname\.[a-z0-9:]{2,20}|ifconfig\.[a-z]{2,12}\d{1,4})$/.test(file)) return `cat /etc/${file}`;
  if (/^(?:loader\.conf(?:\.local)?|device\.hints)$/.test(file)) return `cat /boot/${file}`;
  if (file === 'fstab') return 'cat /etc/fstab';
  if (/^config(?:-[\w.-]{1,40})?\.xml$/.test(file)) return 'cat /conf/config.xml';
  if (/^(?:vm|pf|dhcpd|sysctl|rc)\.conf(?:\.local)?$/.test(file)) return `cat /etc/${file}`;
  const [, vm] = /^(?:qm-config-)?([1-9]\d{2,8})\.(?:conf|txt)$/.exec(file) ?? [];
  return vm && `qm config ${vm}`;
}

function beginsLike(parser: Parser): string {
  return `it begins as ${parser.title} does`;
}

/** A line of a log that says nothing to any parser belongs to the log that is open. */
function ownerOfLogged(row: Row, logs: ReadonlyMap<Parser, Draft>): Parser | undefined {
  return row.isLogged ? [...logs.keys()].find(({ takesLogged }) => takesLogged) : undefined;
}

/** The same head again; an output may have heads of several kinds. */
function isSecondTop({ top }: Parser, row: Row, rows: readonly Row[]): boolean {
  if (!top?.test(row.text)) return false;
  const [word] = row.text.trimStart().split(' ', 1);
  return rows.some(({ text }) => top.test(text) && text.trimStart().split(' ', 1)[0] === word);
}
