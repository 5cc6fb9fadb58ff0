import type { Capture, Side } from '../model/capture.ts';
import type { Row } from '../model/line.ts';
import type { Parser, Sample } from '../model/sample.ts';
import { mend } from './mend.ts';
import { readPrompt } from './prompt.ts';

/** How many strange rows may stand inside an output before it counts as ended. */
const WIDEST_GAP = 3;
const WIDEST_GAP_IN_LOG = 500;
/** How far below a beginning that several systems print the sign of one of them is looked for. */
const FURTHEST_SIGN = 60;

type Draft = { parser: Parser; why: string; command?: string; side: Side; rows: Row[] };

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
  let command: { text: string; parser: Parser | undefined } | undefined = commandOf(capture, parsers);
  let gap: Row[] = [];

  const close = () => {
    // Unknown rows below a command line are that command's output, understood or not.
    if (current?.command) current.rows.push(...gap);
    else loose.push(...gap);
    gap = [];
    current = undefined;
  };
  const open = (parser: Parser, why: string) => {
    close();
    current = { parser, why, side: capture.side, rows: [], ...(command && { command: command.text }) };
    takeLeads(parser.leads, loose, current.rows);
    drafts.push(current);
    command = undefined;
  };

  const mended = mend(rows, parsers);
  for (const [index, row] of mended.entries()) {
    const prompt = readPrompt(row.text);
    if (prompt) {
      const parser = parsers.find((candidate) => candidate.commands.test(prompt.command));
      const begins = parsers.find((candidate) => candidate.begins.test(row.text));
      if (begins) {
        if (current?.parser !== begins) open(begins, beginsLike(begins));
        current?.rows.push(...gap.splice(0), row);
        continue;
      }
      if (parser || prompt.isSure) {
        close();
        command = { text: prompt.command, parser };
        if (!parser) loose.push(row);
        continue;
      }
    }
    if (/^(?:```|~~~)/.test(row.text)) {
      close();
      continue;
    }
    const chosen = chooseParser(row, current?.parser, command?.parser, parsers);
    const parser = chosen && settleAlike(chosen, mended, index, parsers);
    if (parser) {
      const startsAnew = current && parser === current.parser && isSecondTop(parser, row, current.rows);
      if (parser !== current?.parser || command || startsAnew) {
        open(
          parser,
          command?.parser === parser ? `the command above it: ${command.text}` : beginsLike(parser),
        );
      }
      current?.rows.push(...gap.splice(0), row);
    } else if (row.text === '') {
      if (current) gap.push(row);
    } else {
      gap.push(row);
      const widest = current?.parser.isLog ? WIDEST_GAP_IN_LOG : WIDEST_GAP;
      if (!current?.command && gap.length > widest) close();
      if (!current) loose.push(...gap.splice(0));
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

/** Rows just above a beginning that belong to it, such as a copyright notice. */
function takeLeads(leads: RegExp | undefined, loose: Row[], rows: Row[]): void {
  while (leads?.test(loose.at(-1)?.text ?? '')) rows.unshift(loose.pop() as Row);
}

/** What was run to get it, or what the name of the file says: /etc/hostname.vio1, vm.conf, 107.conf of Proxmox. */
function commandOf(capture: Capture, parsers: readonly Parser[]) {
  const text = capture.argv?.length ? capture.argv.join(' ') : commandByName(capture.name);
  return text === undefined
    ? undefined
    : { text, parser: parsers.find((parser) => parser.commands.test(text)) };
}

function commandByName(name: string): string | undefined {
  const file = name.slice(name.lastIndexOf('/') + 1);
  if (/^hostname\.[a-z0-9:]{2,20}$/.test(file)) return `cat /etc/${file}`;
  if (/^(?:vm|pf|dhcpd|sysctl|rc)\.conf(?:\.local)?$/.test(file)) return `cat /etc/${file}`;
  const [, vm] = /^(?:qm-config-)?([1-9]\d{2,8})\.(?:conf|txt)$/.exec(file) ?? [];
  return vm && `qm config ${vm}`;
}

function beginsLike(parser: Parser): string {
  return `it begins as ${parser.title} does`;
}

/** Another output's beginning ends the current one, unless the row fits the current one's own beginnings. */
function chooseParser(
  row: Row,
  current: Parser | undefined,
  commanded: Parser | undefined,
  parsers: readonly Parser[],
): Parser | undefined {
  if (row.text === '') return undefined;
  if (commanded?.begins.test(row.text)) return commanded;
  if (commanded && !commanded.commandIsShared && commanded.continues.test(row.text)) return commanded;
  if (current?.begins.test(row.text)) return current;
  const beginning = parsers.find((parser) => parser.begins.test(row.text));
  if (beginning) return beginning;
  if (commanded?.continues.test(row.text)) return commanded;
  return current?.continues.test(row.text) ? current : undefined;
}

/** Of parsers whose outputs begin alike, the one whose sign comes first. */
function settleAlike(chosen: Parser, rows: readonly Row[], from: number, parsers: readonly Parser[]): Parser {
  const text = rows[from]?.text ?? '';
  if (!chosen.signs || !chosen.begins.test(text)) return chosen;
  const alike = parsers.filter((parser) => parser.signs && parser.begins.test(text));
  if (alike.length < 2) return chosen;
  for (const row of rows.slice(from, from + FURTHEST_SIGN)) {
    if (readPrompt(row.text)?.isSure) break;
    const owner = alike.find((parser) => parser.signs?.test(row.text));
    if (owner) return owner;
  }
  return chosen;
}

function isSecondTop({ top }: Parser, row: Row, rows: readonly Row[]): boolean {
  if (!top?.test(row.text)) return false;
  return rows.some(({ text }) => top.test(text));
}
