import type { MachineSummary, Report } from '../model/report.ts';
import {
  askLine,
  byMeaning,
  inSentence,
  isAnswer,
  machineOf,
  PURPOSES,
  place,
  ruledOutLine,
  strangeLines,
} from './words.ts';

const COMPLAINTS: Record<string, string> = {
  'no-link': 'The interface shows no link.',
  'no-traffic': 'The interface has link, but nothing passes.',
  stalls: 'Traffic stops now and then, until the interface is taken down and up.',
  slow: 'It is slow.',
  'some-traffic': 'Some traffic passes and some does not.',
  'no-address': 'The interface gets no address.',
  'nic-missing': 'The guest does not show the NIC.',
  flaps: 'The link comes and goes.',
};

/** One line that names driver, system, hypervisor and symptom: the subject of a report. */
export function subject(report: Report): string {
  const [first] = report.findings;
  const nic = report.nics.find(({ name }) => name === first?.nic) ?? report.nics[0];
  const system = [osName(report.guest.os ?? nic?.os ?? null), report.guest.release].filter(Boolean).join(' ');
  const host = hostName(report);
  const what = first ? inSentence(first.title) : 'a virtio NIC does not work';
  return `${nic?.name ?? 'virtio NIC'}: ${what}${system || host ? ` (${[system, host && `on ${host}`].filter(Boolean).join(' ')})` : ''}`;
}

export function osName(os: string | null): string {
  const names: Record<string, string> = {
    openbsd: 'OpenBSD',
    freebsd: 'FreeBSD',
    netbsd: 'NetBSD',
    linux: 'Linux',
  };
  return os === null ? '' : (names[os] ?? os);
}

function hostName({ host, guest }: Report): string {
  if (host.proxmox) return `Proxmox VE ${host.proxmox}`;
  if (host.qemu) return `QEMU ${host.qemu}`;
  return guest.hypervisor ?? '';
}

/** What a reader of the report wants to know of both machines; what is unknown says so. */
export function environment(report: Report): [string, string][] {
  const nics = report.nics.map((nic) => {
    const parts = [
      nic.driver,
      nic.mac,
      nic.interrupts,
      nic.tap && `tap ${nic.tap}`,
      nic.bridge && `bridge ${nic.bridge}`,
    ];
    return [
      `NIC ${nic.name}`,
      [...parts, nic.vlan !== null && `VLAN ${nic.vlan}`].filter(Boolean).join(', ') || 'seen by name only',
    ];
  }) as [string, string][];
  return [['Guest', machine(report.guest)], ['Host', machine(report.host)], ...nics];
}

function machine(summary: MachineSummary): string {
  const { os, release, kernel, product, hypervisor, proxmox, qemu } = summary;
  const system = [osName(os), release, kernel && `(${kernel})`].filter(Boolean).join(' ');
  const parts = [
    system,
    proxmox && `Proxmox VE ${proxmox}`,
    qemu && `QEMU ${qemu}`,
    product,
    hypervisor && `under ${hypervisor}`,
  ];
  return parts.filter(Boolean).join(', ') || 'not told';
}

export function expected(report: Report): string {
  const nic = report.findings[0]?.nic ?? report.nics[0]?.name ?? 'the NIC';
  return `${nic} has link, an address where it needs one, and passes traffic.`;
}

export function happened(report: Report): string {
  const complaint = report.complaint === null ? '' : (COMPLAINTS[report.complaint] ?? '');
  const [first] = report.findings;
  if (!first) return [complaint, 'The captures below do not show why.'].filter(Boolean).join(' ');
  const seen = [...new Set(first.because.map(({ means }) => means))].join('; ');
  return [complaint, `${seen}. By these lines: ${inSentence(first.title)} (${first.standing}).`]
    .filter(Boolean)
    .join(' ');
}

/** Finding by finding, each line with its place; then what was ruled out, and what is open. */
export function evidenceLines(report: Report): string[] {
  const findings = report.findings.flatMap((finding) => [
    `${finding.standing}: ${finding.title} (${finding.nic})`,
    ...byMeaning(finding.because).flatMap(({ means, evidence }) => [
      `  ${means}`,
      ...evidence.filter((one) => !isAnswer(one)).map((one) => `    ${place(one)}: ${one.line.text.trim()}`),
    ]),
    ...finding.open.map(({ asks }) => `  open: ${asks}`),
  ]);
  const ruledOut = report.ruledOut.map((finding) => `ruled out: ${ruledOutLine(finding)}`);
  return [...findings, ...ruledOut, ...strangeLines(report).map((line) => `not understood: ${line}`)];
}

/** What was run to see it, as far as the captures tell, and what would tell more. */
export function steps(report: Report): string[] {
  const ran = report.samples.flatMap(({ machine, command }) =>
    command === null ? [] : [`${command}    # on the ${machineOf(machine)}, attached`],
  );
  const asks = report.ask.map((ask) => `${ask.command}    # ${askLine(ask)}: would tell ${ask.why}`);
  return [...new Set([...ran, ...asks])];
}

/** The plans of the findings that are more than possible, each with its way back. */
export function fixLines(report: Report): string[] {
  const sure = report.findings.filter(({ standing }) => standing !== 'possible').slice(0, 2);
  return sure.flatMap(({ plans }) =>
    plans
      .slice(0, 2)
      .flatMap((plan) => [
        `${plan.title} (cost: ${plan.cost})`,
        ...plan.steps.flatMap((step) => [
          `  ${PURPOSES[step.purpose].toLowerCase()}, ${machineOf(step.on)}: ${step.shown.split('\n').join('\n      ')}`,
          ...(step.expect ? [`      expect: ${step.expect}`] : []),
        ]),
      ]),
  );
}

/** The captures themselves, whole and unwrapped: the dmesg first. */
export function attachments(report: Report): { title: string; lines: string[] }[] {
  const isDmesg = (name: string) =>
    report.samples.some((sample) => sample.name === name && sample.kind.endsWith('/dmesg'));
  const ordered = [...report.captures].sort((a, b) => Number(isDmesg(b.name)) - Number(isDmesg(a.name)));
  return ordered.map(({ name, side, text, failure }) => ({
    title: `${name} (${side})`,
    lines: failure ? [failure] : text.replace(/\n$/, '').split('\n'),
  }));
}
