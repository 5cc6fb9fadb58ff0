import type { Capture } from '../../src/model/capture.ts';
import type { Line } from '../../src/model/line.ts';
import type { Ask, Evidence, Finding, Plan, Report, Step } from '../../src/model/report.ts';

// A report made by hand (synthetic values): two NICs, findings of three standings, asks, plans, problems, strange lines.

const DMESG = `OpenBSD 7.5 (GENERIC.MP) #82: Wed Mar 20 15:48:40 MDT 2024
    deraadt@amd64.openbsd.org:/usr/src/sys/arch/amd64/compile/GENERIC.MP
vio0 at virtio1: address bc:24:11:0e:51:07
vio1 at virtio2: address c2:8a:93:59:9a:0a
virtio2: msix per-VQ
SENDBUG is no word of a dmesg
`;

const IFCONFIG = `root@fw-munich:~# ifconfig
vio0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500
	lladdr bc:24:11:0e:51:07
	inet 95.163.182.60 netmask 0xfffffff8 broadcast 95.163.182.63
	inet6 2a02:810d:1:40::5 prefixlen 64
	status: active
vio1: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500
	lladdr c2:8a:93:59:9a:0a
	status: no carrier
`;

const QM_CONFIG = `name: customer-gateway
net0: virtio=BC:24:11:0E:51:07,bridge=vmbr0
net1: virtio=C2:8A:93:59:9A:0A,bridge=vmbr1,tag=40,link_down=1
`;

export const captures: readonly Capture[] = [
  { name: 'guest/ifconfig.txt', side: 'guest', origin: 'file', text: IFCONFIG },
  { name: 'guest/dmesg.txt', side: 'guest', origin: 'file', text: DMESG },
  { name: 'host/qm-config.txt', side: 'host', origin: 'file', text: QM_CONFIG },
  { name: 'host/info-pci.txt', side: 'host', origin: 'ssh', text: '', failure: 'permission denied' },
];

export function lineOf(sample: string, number: number): Line {
  const text = captures.find(({ name }) => name === sample)?.text.split('\n')[number - 1] ?? '';
  return { sample, number, text };
}

function evidence(sample: string, number: number, fact: string, word: string, means: string): Evidence {
  return { line: lineOf(sample, number), fact, word, means };
}

const qmConfig: Ask = {
  probe: 'proxmox/qm-config',
  on: 'host',
  argv: ['qm', 'config', '107', '--current', '1'],
  command: 'qm config 107 --current 1',
  why: 'whether link_down is set at this moment',
  needsRoot: true,
  twice: false,
  settles: ['host.link-set'],
};

const netstat: Ask = {
  probe: 'openbsd/netstat-in',
  on: 'guest',
  argv: ['netstat', '-in', '-I', 'vio0'],
  command: 'netstat -in -I vio0',
  why: 'whether vio0 receives and sends',
  needsRoot: false,
  twice: true,
  settles: ['nic.receives'],
};

function step(
  purpose: Step['purpose'],
  on: Step['on'],
  argv: readonly string[],
  more: Partial<Step> = {},
): Step {
  return { purpose, on, argv, shown: argv.join(' '), ...more };
}

const linkUp: Plan = {
  fix: 'host-link-up',
  title: 'Plug the cable in again',
  cost: 'none',
  missing: [],
  steps: [
    step('keep', 'host', ['qm', 'config', '107'], { note: 'Keep the net1 line: it is the way back.' }),
    step('do', 'host', ['qm', 'set', '107', '--net1', 'virtio=C2:8A:93:59:9A:0A,bridge=vmbr1,tag=40']),
    step('verify', 'guest', ['ifconfig', 'vio1'], { expect: '`status: active`' }),
    step('undo', 'host', [
      'qm',
      'set',
      '107',
      '--net1',
      'virtio=C2:8A:93:59:9A:0A,bridge=vmbr1,tag=40,link_down=1',
    ]),
  ],
};

const bringUp: Plan = {
  fix: 'interface-up',
  title: 'Bring vio1 up',
  cost: 'none',
  missing: ['nic.address'],
  steps: [
    step('do', 'guest', ['ifconfig', 'vio1', 'up']),
    step('do', 'guest', ['sh', '-c', 'echo'], {
      shown: "printf '%s\\n' 'inet {nic.address}' > /etc/hostname.vio1",
    }),
  ],
};

const UKC = "config -ef /bsd <<'END'\nchange vio\ny\n2\nquit\nEND";
const eventIndexOff: Plan = {
  fix: 'event-idx-off',
  title: 'Turn the event index off',
  cost: 'a reboot.',
  missing: [],
  steps: [
    step('do', 'guest', ['config', '-ef', '/bsd'], { shown: UKC, input: ['change vio', 'y', '2', 'quit'] }),
  ],
};

const findings: readonly Finding[] = [
  {
    fault: 'link-down-by-host',
    title: "The host has unplugged this NIC's cable",
    nic: 'vio1',
    standing: 'certain',
    severity: 'fault',
    explain: 'The configuration of the VM holds link_down=1 for this NIC.',
    because: [
      evidence('guest/ifconfig.txt', 9, 'nic.link', 'no-carrier', 'the guest shows no carrier on vio1'),
      evidence('host/qm-config.txt', 3, 'host.link-set', 'down', "the VM's configuration has link_down=1"),
    ],
    open: [],
    ask: [],
    plans: [linkUp],
  },
  {
    fault: 'interface-down',
    title: 'The interface is not up in the guest',
    nic: 'vio1',
    standing: 'likely',
    severity: 'fault',
    explain: 'Nobody has brought it up.',
    because: [evidence('guest/ifconfig.txt', 7, 'nic.up', 'no', 'the flags of vio1 have no UP')],
    open: [{ fact: 'nic.start-file', asks: 'Has vio1 a start-up file?' }],
    ask: [],
    plans: [bringUp, linkUp],
  },
  {
    fault: 'ring-event-idx-stall',
    title: 'The ring stalls on a lost notification',
    nic: 'vio0',
    standing: 'possible',
    severity: 'warning',
    explain: 'Releases before 7.6 can lose a notification.',
    because: [evidence('guest/dmesg.txt', 5, 'nic.event-idx', 'yes', 'the event index is in use on vio0')],
    open: [{ fact: 'nic.receives', asks: 'Does vio0 receive?' }],
    ask: [netstat],
    plans: [eventIndexOff],
  },
];

const ruledOut: Finding = {
  fault: 'no-address',
  title: 'The interface has no address',
  nic: 'vio0',
  standing: 'ruled-out',
  severity: 'fault',
  explain: '',
  because: [evidence('guest/ifconfig.txt', 4, 'nic.address', 'yes', 'vio0 has an address')],
  open: [],
  ask: [],
  plans: [],
};

export const sampleReport: Report = {
  version: 1,
  program: 'vio-doctor 0.1.0',
  verdict: 'fault',
  complaint: 'no-link',
  guest: {
    os: 'openbsd',
    release: '7.5',
    kernel: 'GENERIC.MP',
    product: null,
    hypervisor: 'kvm',
    proxmox: null,
    qemu: null,
  },
  host: {
    os: 'linux',
    release: null,
    kernel: null,
    product: null,
    hypervisor: null,
    proxmox: '8.2',
    qemu: '9.0.0',
  },
  captures,
  samples: [
    {
      name: 'guest/ifconfig.txt',
      kind: 'openbsd/ifconfig',
      title: 'OpenBSD ifconfig',
      machine: 'guest',
      why: 'its first line',
      command: 'ifconfig',
      lines: 8,
      notUnderstood: 0,
      from: 2,
      to: 9,
    },
    {
      name: 'guest/dmesg.txt',
      kind: 'openbsd/dmesg',
      title: 'OpenBSD dmesg',
      machine: 'guest',
      why: 'its first line',
      command: null,
      lines: 6,
      notUnderstood: 1,
      from: 1,
      to: 6,
    },
    {
      name: 'host/qm-config.txt',
      kind: 'proxmox/qm-config',
      title: 'qm config',
      machine: 'host',
      why: 'its net0 line',
      command: 'qm config 107',
      lines: 3,
      notUnderstood: 0,
      from: 1,
      to: 3,
    },
  ],
  nics: [
    {
      name: 'vio0',
      os: 'openbsd',
      driver: 'vio',
      mac: 'bc:24:11:0e:51:07',
      link: 'active',
      up: true,
      interrupts: null,
      offloads: [],
      tap: 'tap107i0',
      bridge: 'vmbr0',
      vlan: null,
      vm: '107',
      joined: [{ by: 'mac', at: [lineOf('guest/ifconfig.txt', 3), lineOf('host/qm-config.txt', 2)] }],
      path: [
        {
          kind: 'guest-nic',
          name: 'vio0',
          state: 'ok',
          says: 'active',
          counts: [],
          at: [lineOf('guest/ifconfig.txt', 6)],
        },
        { kind: 'tap', name: 'tap107i0', state: 'unknown', says: 'not seen', counts: [], at: [] },
        { kind: 'bridge', name: 'vmbr0', state: 'unknown', says: 'not seen', counts: [], at: [] },
      ],
      vanish: [],
    },
    {
      name: 'vio1',
      os: 'openbsd',
      driver: 'vio',
      mac: 'c2:8a:93:59:9a:0a',
      link: 'no-carrier',
      up: false,
      interrupts: 'msix-per-vq',
      offloads: null,
      tap: 'tap107i1',
      bridge: 'vmbr1',
      vlan: 40,
      vm: '107',
      joined: [{ by: 'mac', at: [lineOf('guest/ifconfig.txt', 8), lineOf('host/qm-config.txt', 3)] }],
      path: [
        {
          kind: 'guest-nic',
          name: 'vio1',
          state: 'broken',
          says: 'not UP, no carrier',
          counts: [],
          at: [lineOf('guest/ifconfig.txt', 7)],
        },
        { kind: 'virtqueues', name: 'virtio2', state: 'unknown', says: 'msix-per-vq', counts: [], at: [] },
        { kind: 'tap', name: 'tap107i1', state: 'unknown', says: 'not seen', counts: [], at: [] },
        { kind: 'bridge', name: 'vmbr1', state: 'unknown', says: 'not seen', counts: [], at: [] },
      ],
      vanish: [
        {
          direction: 'from-guest',
          after: null,
          before: 'virtio2',
          hop: 'vio1',
          span: [-1, 1],
          by: 'state',
          because: 'vio1 is not UP',
          at: [lineOf('guest/ifconfig.txt', 7)],
        },
      ],
    },
  ],
  findings,
  ruledOut: [ruledOut],
  ask: [qmConfig, netstat],
  problems: [
    {
      code: 'sample-failed',
      says: 'host/info-pci.txt could not be read: permission denied. Run it again as root.',
      at: [],
    },
    {
      code: 'samples-disagree',
      says: 'The two outputs show different links of vio1; the newer one was taken.',
      at: [lineOf('guest/ifconfig.txt', 9)],
    },
  ],
  loose: [lineOf('guest/ifconfig.txt', 1)],
  strange: [],
  redacted: false,
};

/** What a capture may hold to do harm on a terminal, in a shell, in Markdown or in a mail. */
export const HOSTILE =
  '\x1b[2J\x1b]0;title\x07\x9b1m\u202e\u2066\u200b\ufeff\u2028\ud800`````$(reboot)<img src=x>[a](http://x.invalid)@everyone\r';

/** The words of closed lists and ids: a program's own, they hold nothing foreign. */
const OWN = new Set(
  'standing severity purpose verdict state kind complaint on side machine code by origin os direction'.split(
    ' ',
  ),
);

/** The same report with something appended to every string that could be foreign. */
export function poisoned(report: Report, poison = HOSTILE): Report {
  const spoil = (value: unknown): unknown => {
    if (typeof value === 'string') return value + poison;
    if (Array.isArray(value)) return value.map(spoil);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, OWN.has(key) ? part : spoil(part)]),
    );
  };
  return spoil(report) as Report;
}
