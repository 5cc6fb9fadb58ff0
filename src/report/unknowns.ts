import type { Finding, MachineSummary, Report } from '../model/report.ts';
import { osName } from './environment.ts';
import { machineOf, strangeCount } from './words.ts';

/** What was looked at, in one row: "Guest: OpenBSD 7.5, 3 outputs. Host: not looked at. 14 lines not understood." */
export function lookedAt(report: Report): string {
  const { guest, host, samples } = report;
  const unplaced = samples.filter(({ machine }) => machine !== 'guest' && machine !== 'host').length;
  const strange = strangeCount(report);
  return [
    `Guest: ${machineWords(guest, outputsOf(report, 'guest'))}.`,
    `Host: ${machineWords(host, outputsOf(report, 'host'))}.`,
    ...(unplaced > 0 ? [`${counted(unplaced)} of either.`] : []),
    ...(strange.startsWith('0 ') ? [] : [`${strange}.`]),
  ].join(' ');
}

/** Which case it is, in few words: "OpenBSD 7.5, interface-down (vio1)". */
export function aboutLine({ guest, host, findings, samples }: Report): string {
  const system = systemName(guest) || systemName(host);
  const [first] = findings;
  const what = first ? `${first.fault} (${first.nic})` : 'nothing found';
  return [system, samples.length > 0 || first ? what : 'nothing known in it'].filter(Boolean).join(', ');
}

function outputsOf({ samples }: Report, side: string): number {
  return samples.filter(({ machine }) => machine === side).length;
}

function machineWords(machine: MachineSummary, outputs: number): string {
  if (outputs === 0) return 'not looked at';
  return [systemName(machine), counted(outputs)].filter(Boolean).join(', ');
}

function systemName({ os, release, proxmox, qemu }: MachineSummary): string {
  const system = proxmox ? `Proxmox VE ${proxmox}` : [osName(os), release].filter(Boolean).join(' ');
  return system || (qemu ? `QEMU ${qemu}` : '');
}

function counted(outputs: number): string {
  return `${outputs} output${outputs === 1 ? '' : 's'}`;
}

/** What is not known: machines that nobody looked at, and for each finding the questions that are open. */
export function unknowns(report: Report): string[] {
  const machines = (['guest', 'host'] as const)
    .filter((side) => outputsOf(report, side) === 0)
    .map((side) => `The ${side}: nothing that was given is surely of it.`);
  const unplaced = report.samples.filter(({ machine }) => machine === 'unknown');
  const titles = [...new Set(unplaced.map(({ title }) => title))].join(', ');
  return [
    ...machines,
    ...(titles ? [`Of ${machineOf('unknown')}, which one is not told: ${titles}.`] : []),
    ...openQuestions(report.findings),
  ];
}

/** Each question once, with what hangs on it. */
function openQuestions(findings: readonly Finding[]): string[] {
  const by = new Map<string, Set<string>>();
  for (const { fault, open } of findings)
    for (const { asks } of open) by.set(asks, (by.get(asks) ?? new Set()).add(fault));
  return [...by].map(([asks, faults]) => `${asks} (${[...faults].join(', ')})`);
}
