import type { ScanLine } from '../model/scan.ts';
import { sanitizeLine } from './sanitize.ts';

const HEAD = row('VERDICT', 'FINDING', 'NIC', 'GUEST', 'BUNDLE');

/** For people; each row can be printed as soon as it is known, so the path of any length stands last. */
export function scanTableHead(): string {
  return `${HEAD}\n`;
}

export function scanTableRow(line: ScanLine): string {
  const { verdict, findings, path, os, release, error } = line;
  const [first, ...others] = findings;
  const more = others.length > 0 ? ` +${others.length}` : '';
  const found = first ? `${first.standing} ${first.fault}${more}` : '-';
  const guest = [os, release].filter(Boolean).join(' ') || '-';
  const why = error === null ? '' : `${row('', error, '', '', '').trimEnd()}\n`;
  return `${row(verdict.toUpperCase(), found, first?.nic ?? '-', guest, path)}\n${why}`;
}

export type ScanCounts = Record<ScanLine['verdict'], number>;

export function scanTableFoot({ fault, healthy, unclear, unreadable }: ScanCounts): string {
  const all = fault + healthy + unclear + unreadable;
  const parts = [
    `${fault} with a fault`,
    `${healthy} healthy`,
    `${unclear} not decided`,
    ...(unreadable > 0 ? [`${unreadable} not readable`] : []),
  ];
  return `\n${all} ${all === 1 ? 'bundle' : 'bundles'}: ${parts.join(', ')}.\n`;
}

function row(verdict: string, finding: string, nic: string, guest: string, path: string): string {
  const cells = [verdict.padEnd(10), finding.padEnd(38), nic.padEnd(10), guest.padEnd(14), path];
  return cells.map(sanitizeLine).join(' ');
}
