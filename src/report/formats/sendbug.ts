import type { Report } from '../../model/report.ts';
import { attachments } from '../attachments.ts';
import { environment, osName, subject } from '../environment.ts';
import type { Format } from '../format.ts';
import { evidence, expected, fixes, happened, type Passage, steps, toLines } from '../narrative.ts';
import { mainFinding } from '../words.ts';

/**
 * The form of OpenBSD's sendbug(1) (usr.bin/sendbug/sendbug.c 1.80). When it is sent, lines that begin with SENDBUG and the
 * five hints of the form's own go; any other `<...>` stays. Loaded with PR_FORM=FILE.
 */
export const sendbug: Format = {
  name: 'sendbug',
  title: 'OpenBSD sendbug',
  describes: 'a filled-in sendbug(1) form, captures attached',
  fileName: 'vio-doctor-sendbug.txt',
  render: (report) =>
    [
      'SENDBUG: -*- sendbug -*-',
      ...hints(report).map((hint) => `SENDBUG: ${hint}`),
      'To: bugs@openbsd.org',
      `Subject: ${subject(report)}`,
      '',
      `>Synopsis:\t${subject(report)}`,
      `>Category:\t${category(report)}`,
      '>Environment:',
      ...systemLines(report),
      '',
      ...field(environment(report).map(([key, value]) => ({ prose: `${key}: ${value}`, indent: 0 }))),
      '>Description:',
      ...field([{ prose: `Expected: ${expected(report)}` }, { prose: `Seen: ${happened(report)}` }]),
      '',
      ...field(evidence(report)),
      '>How-To-Repeat:',
      ...field(steps(report), '<code/input/activities to reproduce the problem (multiple lines)>'),
      '>Fix:',
      ...field(fixes(report), '<how to correct or work around the problem, if known (multiple lines)>'),
      '',
      ...attached(report),
    ].join('\n'),
};

const WIDTH = 72;

function field(passages: readonly Passage[], empty = ''): string[] {
  const lines = toLines(passages, WIDTH, '\t');
  while (lines.at(-1) === '') lines.pop();
  return lines.length === 0 && empty !== '' ? [`\t${empty}`] : lines;
}

function hints(report: Report): string[] {
  const main = mainFinding(report);
  const isOpenBsd = report.guest.os === 'openbsd' || report.host.os === 'openbsd';
  const dmesg = attachments(report).find(({ isDmesg }) => isDmesg);
  const isWhole = dmesg?.lines.some((line) => DETAILS.test(line.slice(0, 400)));
  return [
    "Lines starting with `SENDBUG' will be removed automatically.",
    'On OpenBSD: PR_FORM=THIS-FILE sendbug. Elsewhere: delete these lines and mail it.',
    report.redacted
      ? 'Addresses and names are stand-ins. Read it once more before you send it.'
      : 'Captured text may hold addresses and names: read it, or make it again with --redact.',
    ...(isOpenBsd ? [] : ['None of these machines is known to run OpenBSD.']),
    ...(main && !IN_KERNEL.has(faultId(main.fault))
      ? [`By these lines it is not OpenBSD's fault (${main.fault}): try the fix first.`]
      : []),
    ...(dmesg ? [] : ['There is no dmesg here. Attach it whole: without, a report is of little use.']),
    ...(dmesg && !isWhole
      ? ['The dmesg here is a part. Attach it whole, from its line "OpenBSD ..." on.']
      : []),
    'Say if it happens on a -current snapshot, too.',
  ];
}

/** Faults that lie in a driver. All others are settings, of the guest or of its host. */
const IN_KERNEL = new Set([
  'no-carrier-config-vector',
  'ring-event-idx-stall',
  'checksum-offload',
  'tso-lro-offload',
  'tx-queue-hang',
  'multiqueue-or-irq',
  'msix-fallback',
  'driver-not-loaded',
]);

function faultId(fault: string): string {
  return fault.split('.')[0] ?? fault;
}

function category(report: Report): string {
  const main = mainFinding(report);
  return !main || IN_KERNEL.has(faultId(main.fault)) ? 'kernel' : 'system';
}

const ASK_VERSION = '<unknown: paste sysctl kern.version>';

function systemLines(report: Report): string[] {
  const machine = report.guest.os !== 'openbsd' && report.host.os === 'openbsd' ? report.host : report.guest;
  const side = machine === report.host ? 'host' : 'guest';
  const { details, builder, architecture } = kernelVersion(report, side);
  const os = osName(machine.os) || 'OpenBSD';
  return [
    `\tSystem      : ${machine.release ? `${os} ${machine.release}` : ASK_VERSION}`,
    `\tDetails     : ${details ?? ASK_VERSION}`,
    ...(builder ? [`\t\t\t ${builder}`] : []),
    '',
    `\tArchitecture: ${architecture ? `OpenBSD.${architecture}` : '<unknown: paste machine>'}`,
    `\tMachine     : ${architecture ?? '<unknown: paste machine>'}`,
  ];
}

const DETAILS = /OpenBSD \d{1,2}\.\d\S{0,20} \([\w.-]{1,40}\) #\d{1,6}: [\w: ]{10,40}/;
const BUILDER = /[\w.-]{1,40}@[\w.-]{1,80}:\/[\w./-]{0,120}?\/arch\/(\w{1,16})\/compile\/[\w.-]{1,40}/;

/** The two lines of kern.version, of the last boot, and what its path says of the architecture. */
function kernelVersion(report: Report, side: 'guest' | 'host') {
  const found: { details?: string; builder?: string; architecture?: string } = {};
  for (const capture of report.captures) {
    if (capture.side !== side && capture.side !== 'unknown') continue;
    for (const line of capture.text.split('\n')) {
      const [details] = line.includes('OpenBSD ') ? (DETAILS.exec(line.slice(0, 400)) ?? []) : [];
      if (details) found.details = details.trimEnd();
      const builder = line.includes('/compile/') ? BUILDER.exec(line.slice(0, 400)) : null;
      if (builder) Object.assign(found, { builder: builder[0], architecture: builder[1] });
    }
  }
  return found;
}

/** Under the form's own heading for the dmesg, under their names for the others. */
function attached(report: Report): string[] {
  return attachments(report).flatMap(({ title, lines, isDmesg }, index) => [
    ...(index === 0 && isDmesg ? ['dmesg:', `SENDBUG: from ${title}`] : [`${title}:`]),
    ...lines.map(kept),
    '',
  ]);
}

/** Behind a blank, lines that sendbug would take out, or for its own fields. */
function kept(line: string): string {
  return /^(?:SENDBUG|>(?:Synopsis|Category|Environment|Description|How-To-Repeat|Fix):)/.test(line)
    ? ` ${line}`
    : line;
}
