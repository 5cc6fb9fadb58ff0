// `npm run corpus -- DIR...`: runs the program over folders of cases (case.yaml with samples and their confirmed causes) and
// prints a table of what was expected and found, with totals. --paste gives all outputs of a case as one text; --only TEXT filters.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { loadKnowledge } from '../../src/commands/knowledge.ts';
import { doctor } from '../../src/doctor.ts';
import type { Capture, Side } from '../../src/model/capture.ts';
import type { Report } from '../../src/model/report.ts';
import { type Complaint, complaints } from '../../src/model/words.ts';

type CaseFile = {
  id: string;
  samples?: { file: string; side: Side }[];
  diagnosis?: string[];
  accept?: string[];
  forbid?: string[];
  healthy?: boolean;
  verdict?: string;
  'complaint-kind'?: string;
};

type Row = { id: string; verdict: string; expected: string; found: string; exit: string; judged: string };

const folders = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isPaste = process.argv.includes('--paste');
const only = process.argv[process.argv.indexOf('--only') + 1];
const knowledge = await loadKnowledge();
const rows: Row[] = [];

for (const path of folders.flatMap(caseFiles).sort()) {
  const about = parse(readFileSync(path, 'utf8')) as CaseFile;
  if (process.argv.includes('--only') && !about.id.includes(only ?? '')) continue;
  rows.push(judge(about, examine(about, dirname(path))));
}
print(rows);

function caseFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => basename(file) === 'case.yaml')
    .map((file) => join(folder, file));
}

function examine(about: CaseFile, folder: string): Report {
  const captures = (about.samples ?? []).map(({ file, side }): Capture => {
    return {
      name: file,
      side: isPaste ? 'unknown' : side,
      origin: 'file',
      text: readFileSync(join(folder, file), 'utf8'),
    };
  });
  const complaint = complaints.find((word) => about['complaint-kind']?.startsWith(word)) ?? null;
  return doctor(isPaste ? [glued(captures)] : captures, complaint as Complaint | null, knowledge);
}

function glued(captures: readonly Capture[]): Capture {
  return {
    name: 'paste',
    side: 'unknown',
    origin: 'pasted',
    text: captures.map(({ text }) => text).join('\n\n'),
  };
}

function judge(about: CaseFile, report: Report): Row {
  const accepted = (about.accept ?? about.diagnosis ?? []).map(bare);
  const faults = [...new Set(report.findings.map(({ fault }) => bare(fault)))];
  const sure = report.findings
    .filter(({ standing, severity }) => standing !== 'possible' && severity === 'fault')
    .map(({ fault }) => fault);
  const rank = faults.findIndex((fault) => accepted.includes(fault)) + 1;
  const allowed = [...accepted, ...(about.diagnosis ?? []).map(bare)];
  const alarms = sure.filter(
    (fault) =>
      !allowed.includes(fault) &&
      (about.forbid?.includes('all') || about.forbid?.includes(fault) || about.healthy),
  );
  const verdict = about.verdict ?? (about.healthy ? 'healthy' : 'unscored');
  const judged =
    alarms.length > 0 ? 'FALSE ALARM' : verdict === 'healthy' ? 'quiet' : rank === 0 ? '-' : `top${rank}`;
  return {
    id: about.id,
    verdict,
    expected: accepted.join(' '),
    found:
      report.findings
        .slice(0, 3)
        .map(({ fault, standing, nic }) => `${fault}/${standing}/${nic}`)
        .join(' ') || '(nothing)',
    exit: { healthy: '0', fault: '1', unclear: '2' }[report.verdict],
    judged,
  };
}

function bare(fault: string): string {
  return fault.replace(/^other:/, '').replace(/\..*$/, '');
}

function print(all: readonly Row[]): void {
  for (const row of all) {
    console.log(
      `${row.judged.padEnd(11)} ${row.verdict.padEnd(10)} exit ${row.exit} ${row.id.padEnd(40)} want: ${row.expected}  got: ${row.found}`,
    );
  }
  console.log('');
  for (const verdict of [...new Set(all.map((row) => row.verdict))].sort()) {
    const group = all.filter((row) => row.verdict === verdict);
    const count = (judged: RegExp) => group.filter((row) => judged.test(row.judged)).length;
    const counts = `top1 ${count(/^top1$/)}, top3 ${count(/^top[123]$/)}, false alarms ${count(/FALSE/)}`;
    console.log(
      `${verdict}: ${group.length} cases, ${counts}, exit 2: ${group.filter(({ exit }) => exit === '2').length}`,
    );
  }
}
