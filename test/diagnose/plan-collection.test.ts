import { expect, test } from 'vitest';
import { facts } from '../../src/case/facts.ts';
import { join } from '../../src/case/join.ts';
import { type PlanOf, planCollection } from '../../src/diagnose/plan-collection.ts';
import type { Hypervisor, Survey } from '../../src/model/survey.ts';
import type { Os } from '../../src/model/words.ts';
import { knowledge } from '../cases.ts';

// Every command that may be asked for is also one that collecting knows, on the system it is of.
const { probes } = knowledge.rulebook;

function plan(os: Os, hypervisors: readonly Hypervisor[] | undefined, more: Partial<PlanOf> = {}) {
  const survey: Survey = {
    os,
    isRoot: true,
    isGuest: hypervisors === undefined,
    hypervisors: hypervisors ?? [],
    vms: [],
    modules: [],
    hasOpenVswitch: os === 'linux',
    sections: [],
  };
  return planCollection(probes, facts, {
    machine: hypervisors === undefined ? 'guest' : 'host',
    survey,
    kase: join([], []),
    vms: hypervisors === undefined ? [] : ['107'],
    allowsChanges: true,
    ...more,
  });
}

/** Asked of a person, not run: what the system is must be known before anything is. */
const ASKED_ONLY = /^(?:any|any-host|windows)\//;

test('each probe is run or left out with a reason on some machine', () => {
  const guests: readonly Os[] = ['openbsd', 'freebsd', 'netbsd', 'dragonfly', 'linux'];
  const plans = [
    ...guests.map((os) => plan(os, undefined)),
    ...(['proxmox', 'libvirt', 'qemu'] as const).map((hypervisor) => plan('linux', [hypervisor])),
    plan('openbsd', ['vmd']),
    plan('freebsd', ['bhyve']),
  ];
  const known = new Set(plans.flatMap((each) => [...each.probes, ...each.leftOut].map(({ probe }) => probe)));
  const missing = probes.map(({ id }) => id).filter((id) => !known.has(id) && !ASKED_ONLY.test(id));
  expect(missing).toEqual([]);
});

test('what listens, disturbs or names what only a person knows is marked as such', () => {
  for (const { id, argv, listens } of probes)
    if (argv[0] === 'tcpdump') {
      expect(listens, id).toBe(true);
      expect(argv, id).toContain('-l');
      expect(argv, id).toContain('-c');
    }
  for (const { argv } of plan('linux', undefined).probes) expect(argv.join(' ')).not.toMatch(/192\.0\.2\./);
  for (const { argv } of plan('linux', ['proxmox']).probes) expect(argv).not.toContain('VMID');
});

test("what looking at the link changes is looked at first, although no NIC's name is known", () => {
  const { probes: planned } = plan('openbsd', undefined);
  const looks = planned.filter(({ argv }) => argv[0] === 'ifconfig' && argv[1] === '-A' && argv.length === 2);
  expect(looks).toMatchObject([{ probe: 'openbsd/ifconfig', alone: true }]);
});

test('a VM of which no NIC was seen has its commands too, whatever its name', () => {
  const { probes: planned } = plan('linux', ['libvirt'], { vms: ['FW', 'web'] });
  const dumped = planned.filter(({ probe }) => probe === 'libvirt/dumpxml').map(({ argv }) => argv.join(' '));
  expect(dumped).toEqual(['virsh dumpxml FW', 'virsh dumpxml web']);
});

test('what would load a module, or leaves a mark, needs leave', () => {
  const { probes: planned, leftOut } = plan('linux', ['libvirt'], { allowsChanges: false });
  expect(planned.filter(({ disturbs, through }) => disturbs ?? through)).toEqual([]);
  const why = (probe: string) => leftOut.find((left) => left.probe === probe)?.why;
  expect(why('linux-host/packet-filter')).toMatch(/load a kernel module \(nf_tables\)/);
  expect(why('qemu/info-status')).toMatch(/tainted/);
});

test('what is left out tells what would add it, and the commands of it', () => {
  const { leftOut } = plan('linux', ['libvirt'], { allowsChanges: false });
  const left = (probe: string) => leftOut.find((one) => one.probe === probe);
  expect(left('qemu/info-status')).toMatchObject({
    addedBy: 'changes',
    would: [
      { argv: ['info', 'status'], through: { argv: ['virsh', 'qemu-monitor-command', '107', '--hmp'] } },
    ],
  });
  expect(left('linux-host/tcpdump-tap')).toMatchObject({ addedBy: 'tap' });
  expect(plan('linux', ['qemu']).leftOut.find(({ probe }) => probe === 'qemu/info-status')).toMatchObject({
    addedBy: 'monitor',
  });
});

test('what may disturb says for how long', () => {
  const { leftOut } = plan('linux', ['libvirt'], { allowsChanges: false });
  const disturbing = leftOut.filter(({ addedBy }) => addedBy === 'changes');
  expect(disturbing.length).toBeGreaterThan(3);
  for (const { probe, why } of disturbing) expect(why, probe).toMatch(/\b(?:until|within)\b/);
  for (const { id, disturbs } of probes) if (disturbs) expect(disturbs, id).toMatch(/\b(?:until|within)\b/);
});
