import {
  type CollectedMachine,
  type CollectionPlan,
  commandLine,
  type Extra,
  leftOutByReason,
  leftOutLine,
} from '../model/collection.ts';
import { sanitizeLine } from '../report/sanitize.ts';

/** What adds to a collection, in the words of the command line. */
export const OPTIONS: Readonly<Record<Extra, string>> = {
  listening: '--tcpdump runs it',
  tap: '--tap names it',
  changes: '--allow-system-changes runs it',
  monitor: '--monitor names its socket',
  vm: '--vm names it',
};

/** Every command before it runs, with what it tells; then what is left out and why. */
export function listing(
  { probes, leftOut }: CollectionPlan,
  machines: readonly CollectedMachine[],
): string[] {
  const lines: string[] = [];
  for (const end of machines) {
    lines.push(`${end.machine}: ${describe(end)}`);
    for (const probe of probes.filter(({ machine }) => machine === end.machine)) {
      const { needsRoot, twice, disturbs, tells } = probe;
      const marks = [
        needsRoot && !end.survey.isRoot ? 'needs root' : '',
        twice ? 'twice' : '',
        disturbs ?? '',
      ];
      const mark = marks.filter(Boolean).join(', ');
      lines.push(`  ${sanitizeLine(commandLine(probe))}`);
      lines.push(`      ${tells}${mark && ` (${mark})`}`);
    }
  }
  for (const group of leftOutByReason(leftOut))
    lines.push(`  not run: ${sanitizeLine(leftOutLine(group, OPTIONS))}`);
  const isQuiet = probes.every(({ disturbs }) => disturbs === undefined);
  return [...lines, isQuiet ? 'None of these changes anything.' : 'What may change something says so.'];
}

function describe({ where, survey }: CollectedMachine): string {
  const { os, release, hypervisors, vms } = survey;
  const system = os === undefined ? 'a system not known here' : `${os}${release ? ` ${release}` : ''}`;
  const runs = hypervisors.length > 0 ? `, runs VMs (${hypervisors.join(', ')}: ${vms.length})` : '';
  return sanitizeLine(`${where}, ${system}${runs}`);
}
