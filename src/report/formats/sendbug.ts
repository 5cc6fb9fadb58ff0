import type { Report } from '../../model/report.ts';
import type { Format } from '../format.ts';
import {
  attachments,
  environment,
  evidenceLines,
  expected,
  fixLines,
  happened,
  osName,
  steps,
  subject,
} from '../narrative.ts';
import { wrap } from '../wrap.ts';

/** The form of OpenBSD's sendbug(1) (usr.bin/sendbug/sendbug.c): SENDBUG lines and <...> hints are removed when it is sent. */
export const sendbug: Format = {
  name: 'sendbug',
  title: 'OpenBSD sendbug',
  describes: 'a filled-in sendbug(1) form, captures attached',
  fileName: 'vio-doctor-sendbug.txt',
  render: (report) =>
    [
      'SENDBUG: -*- sendbug -*-',
      "SENDBUG: Lines starting with `SENDBUG' will be removed automatically.",
      'SENDBUG: Read it once more before you send it; captured text may hold addresses and names.',
      'To: bugs@openbsd.org',
      `Subject: ${subject(report)}`,
      '',
      `>Synopsis:\t${subject(report)}`,
      '>Category:\tkernel',
      '>Environment:',
      ...systemLines(report),
      ...environment(report).map(([key, value]) => `\t${key}: ${value}`),
      '>Description:',
      ...wrap(`Expected: ${expected(report)}`, 72, '\t'),
      ...wrap(`Seen: ${happened(report)}`, 72, '\t'),
      '',
      ...evidenceLines(report).map((line) => `\t${line}`),
      '>How-To-Repeat:',
      ...(steps(report).length > 0 ? indent(steps(report)) : ['\t<how can it be made to happen again?>']),
      '>Fix:',
      ...(fixLines(report).length > 0 ? indent(fixLines(report)) : ['\t<not known>']),
      '',
      ...attachments(report).flatMap(({ title, lines }) => [`${title}:`, ...lines, '']),
    ].join('\n'),
};

function systemLines(report: Report): string[] {
  const { os, release } = report.guest;
  const version = captured(report, /OpenBSD \d+\.\d+\S* \([^)]+\) #\d+: .*/);
  const path = captured(report, /\S+@\S+:\/\S+\/arch\/[a-z0-9]+\/compile\/\S+/);
  const machine = /\/arch\/([a-z0-9]+)\/compile/.exec(path ?? '')?.[1];
  const system = [osName(os) || 'OpenBSD', release].filter(Boolean).join(' ');
  return [
    `\tSystem      : ${release ? system : '<unknown: paste the output of sysctl -n kern.version>'}`,
    `\tDetails     : ${version ?? '<unknown: paste the output of sysctl -n kern.version>'}`,
    ...(path ? [`\t\t\t ${path}`] : []),
    '',
    `\tArchitecture: ${machine ? `OpenBSD.${machine}` : '<unknown: machine -a>'}`,
    `\tMachine     : ${machine ?? '<unknown: machine>'}`,
  ];
}

/** The last one is that of the last boot. */
function captured(report: Report, what: RegExp): string | undefined {
  let found: string | undefined;
  for (const { text } of report.captures) {
    for (const line of text.split('\n'))
      found = (line.length < 400 ? what.exec(line)?.[0] : undefined) ?? found;
  }
  return found;
}

function indent(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split('\n')).map((line) => `\t${line}`);
}
