import { doctor } from '../doctor.ts';
import { readCaptures } from '../machine/files.ts';
import { InputError } from '../machine/input-error.ts';
import { save } from '../machine/save.ts';
import type { Report } from '../model/report.ts';
import type { Complaint } from '../model/sighting.ts';
import { formatNamed } from '../report/formats.ts';
import { redact } from '../report/redact.ts';
import { loadKnowledge } from './knowledge.ts';

export type DiagnoseOptions = {
  readonly format: string;
  readonly json?: boolean;
  readonly nic?: string;
  readonly complaint?: Complaint;
  readonly redact?: boolean;
  readonly map?: string;
  readonly rules: readonly string[];
  readonly output?: string;
};

/** Captures in, report out. Returns the exit code: 0 healthy, 1 a fault, 2 cannot tell. */
export async function diagnoseCommand(paths: readonly string[], options: DiagnoseOptions): Promise<number> {
  if (paths.length === 0 && process.stdin.isTTY) {
    throw new InputError(
      'nothing to diagnose: name files or folders, or pipe a text into `vio-doctor diagnose -`.',
    );
  }
  const inputs = paths.length > 0 ? paths : ['-'];
  const captures = await readCaptures(inputs);
  const report = doctor(captures, options.complaint ?? null, await loadKnowledge(options.rules), inputs);
  const chosen = options.nic === undefined ? report : onlyNic(report, options.nic);
  const format = formatNamed(options.json ? 'json' : options.format);
  const text = format.render(maybeRedacted(chosen, options), { unicode: showsUnicode(process.env) });
  if (options.output === undefined) process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  else console.error(`written: ${save(options.output, text)}`);
  return exitCodeOf(chosen);
}

/** The first one of these that is set names the character set: locale(7). */
export function showsUnicode({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): boolean {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
}

export function exitCodeOf({ verdict }: Report): number {
  return verdict === 'healthy' ? 0 : verdict === 'fault' ? 1 : 2;
}

function maybeRedacted(report: Report, options: DiagnoseOptions): Report {
  if (!options.redact) return report;
  const { report: redacted, map } = redact(report);
  if (options.map !== undefined) {
    const lines = [...map].map(([real, standIn]) => `${standIn}\t${real}`);
    console.error(
      `written: ${save(options.map, `# stand-in\treal value: keep this file to yourself\n${lines.join('\n')}\n`)}`,
    );
  }
  return redacted;
}

/** The findings of one NIC alone decide then, too. */
function onlyNic(report: Report, name: string): Report {
  if (!report.nics.some((nic) => nic.name === name)) {
    const known = report.nics.map((nic) => nic.name).join(', ') || 'none at all';
    throw new InputError(`no NIC ${name} in these captures; they show ${known}.`);
  }
  const findings = report.findings.filter(({ nic }) => nic === name);
  const isFault = findings.some(({ severity, standing }) => severity === 'fault' && standing !== 'possible');
  const isOpen = findings.some(({ severity }) => severity === 'fault');
  const verdict = isFault ? 'fault' : isOpen || report.verdict !== 'healthy' ? 'unclear' : 'healthy';
  return {
    ...report,
    verdict,
    nics: report.nics.filter((nic) => nic.name === name),
    findings,
    ruledOut: report.ruledOut.filter(({ nic }) => nic === name),
  };
}
