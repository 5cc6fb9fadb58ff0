import type { Report } from '../model/report.ts';
import type { ScanLine } from '../model/scan.ts';

const MOST_PROBLEMS = 20;

/** The gist of a report, for a list of many. */
export function scanLine(path: string, report: Report): ScanLine {
  const { guest, host } = report;
  return {
    version: 1,
    path,
    verdict: report.verdict,
    error: null,
    os: guest.os,
    release: guest.release,
    host: {
      os: host.os,
      release: host.release,
      hypervisor: host.hypervisor ?? guest.hypervisor,
      proxmox: host.proxmox,
      qemu: host.qemu,
    },
    nics: report.nics.map(({ name }) => name),
    findings: report.findings.map(({ fault, nic, standing, severity, title }) => ({
      fault,
      nic,
      standing,
      severity,
      title,
    })),
    problems: problemsOf(report),
  };
}

/** What could not be read has its line, too. */
export function unreadableLine(path: string, error: string): ScanLine {
  const host = { os: null, release: null, hypervisor: null, proxmox: null, qemu: null };
  const nothing = { os: null, release: null, host, nics: [], findings: [], problems: [] };
  return { version: 1, path, verdict: 'unreadable', error, ...nothing };
}

function problemsOf({ problems }: Report): ScanLine['problems'] {
  const told = problems.slice(0, MOST_PROBLEMS).map(({ code, says }) => ({ code, says }));
  const left = problems.length - told.length;
  return left > 0 ? [...told, { code: 'note', says: `${left} more: see its own diagnosis.` }] : told;
}
