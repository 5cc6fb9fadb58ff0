import type { Case, Nic } from '../../model/case.ts';
import { firstKnown, type Known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { readDriver } from '../facts/device.ts';
import { readState } from '../facts/device-state.ts';
import { readCable } from '../facts/host.ts';
import { readRingComplaint, readSendTimeout } from '../facts/log.ts';
import { readModel } from '../facts/model.ts';
import { readVectors } from '../facts/msix-table.ts';
import { readSendQueue } from '../facts/progress.ts';
import { readDeviceError } from '../facts/refusal.ts';
import { readReceiveRing, readReceiveSignal } from '../facts/ring.ts';
import { readVlanFilter } from '../facts/tagging.ts';
import { readVm } from '../facts/vm.ts';
import { guestOs } from '../guest-os.ts';
import { growth, progress, readingsOf } from '../readings.ts';
import { countsOf } from './counts.ts';
import { note, type Sign, type Station, sign, station } from './station.ts';

/** The guest's side of the path: the interface, and the device with its queues. */
export function guestStations(nic: Nic, kase: Case): Station[] {
  return [guestNic(nic, kase), device(nic, kase)];
}

function guestNic(nic: Nic, kase: Case): Station {
  const { up, link, driver } = nic.guest?.says ?? {};
  const isUp = valueIn(up) === true;
  const given = {
    kind: 'guest-nic' as const,
    name: nic.guest || nic.virtio || nic.file ? nic.name : 'guest ?',
    side: 'guest' as const,
    isOwn: true,
    counts: nic.guest ? countsOf(kase, 'guest', nic.name, 'inward') : [],
  };
  return station(given, [
    sign(up, { true: ['unknown', 'up'], false: ['broken', 'not UP'] }),
    sign(link, {
      active: [isUp ? 'ok' : 'unknown', 'active'],
      'no-carrier': ['broken', 'no carrier', stopsSending(nic, kase) ? ['from-guest'] : []],
    }),
    sign(readSendQueue(nic, kase), { blocked: ['broken', 'send queue full', ['from-guest']] }),
    valueIn(driver) === undefined || nic.name.startsWith(valueIn(driver) ?? '')
      ? undefined
      : note(driver, valueIn(driver) ?? ''),
  ]);
}

/** Without carrier Linux sends nothing (net/sched/sch_generic.c dev_deactivate()), and vtnet(4) neither (vtnet_txq_mq_start_locked()). */
function stopsSending(nic: Nic, kase: Case): boolean {
  return ['linux', 'freebsd', 'dragonfly'].includes(valueIn(guestOs(nic, kase)) ?? '');
}

function device(nic: Nic, kase: Case): Station {
  const mode = firstKnown<string>(nic.virtio?.says.interrupt, nic.guest?.says.interrupt);
  const model = readModel(nic);
  const given = {
    kind: model.state === 'known' && model.value !== 'virtio' ? ('device' as const) : ('virtqueues' as const),
    name: nic.virtio?.id ?? valueIn(nic.guest?.says.device) ?? (nic.host?.qemu?.id || 'device'),
    points: [],
    isOwn: true,
  };
  return station(given, [
    sign(readVm(nic, kase), { paused: ['broken', 'VM paused'] }),
    sign(readState(nic, kase), {
      'needs-reset': ['broken', 'needs a reset'],
      'not-started': ['broken', nic.guest ? 'stopped (no DRIVER_OK)' : 'no driver runs it'],
      running: ['ok', 'runs'],
    }),
    nic.guest ? undefined : sign(readDriver(nic), { none: ['broken', 'no driver runs it'] }),
    sign(readDeviceError(nic, kase), { broken: ['broken', 'QEMU gave it up'] }),
    sign(readRingComplaint(nic, kase), { broken: ['broken', 'ring damaged'] }),
    sign(readCable(nic, kase), {
      unplugged: ['broken', 'cable unplugged'],
      'told-down': ['broken', 'cable unplugged'],
    }),
    sign(readVlanFilter(nic, kase), {
      excludes: ['broken', 'drops frames of that VLAN', ['to-guest'], 'part'],
    }),
    sending(nic, kase),
    ...receiving(nic, kase),
    note(mode, MODES[valueIn(mode) ?? ''] ?? valueIn(mode) ?? ''),
  ]);
}

const MODES: Readonly<Record<string, string>> = {
  'msix-per-vq': 'MSI-X per queue',
  'msix-shared': 'MSI-X shared',
  msix: 'MSI-X',
  msi: 'MSI',
  intx: 'INTx',
};

/** The log may tell of long ago. */
function sending(nic: Nic, kase: Case): Sign | undefined {
  const isStill = valueIn(progress(readingsOf(kase, 'guest', nic.name, 'tx-packets'))) === 'frozen';
  return sign(readSendTimeout(nic, kase), {
    seen: [isStill ? 'broken' : 'unknown', 'sends timed out', ['from-guest']],
  });
}

/** A ring may be empty for a moment; with nothing that arrives, or a tap that drops, it stays so. */
function receiving(nic: Nic, kase: Case): (Sign | undefined)[] {
  const input: Known<string> = progress(readingsOf(kase, 'guest', nic.name, 'rx-packets'));
  const drops = growth(readingsOf(kase, 'host', nic.host?.tapName, 'tx-drops'));
  const isStill = valueIn(input) === 'frozen' || valueIn(drops) === 'growing';
  const moves = valueIn(input) === 'moving';
  const ring = mapKnown(readReceiveRing(nic, kase), (word) => (moves ? undefined : word));
  const signal = mapKnown(readReceiveSignal(nic, kase), (word) => (moves ? undefined : word));
  const vectors = isStill ? readVectors(nic, kase) : unknown;
  const stuck = sign(signal, { stuck: ['broken', 'receive ring stalled', ['to-guest']] });
  return [
    sign(vectors, {
      held: ['broken', 'receive interrupt masked', ['to-guest']],
      'all-masked': ['broken', 'interrupts masked', ['to-guest']],
    }),
    stuck ??
      sign(ring, {
        starved: [isStill ? 'broken' : 'unknown', 'no receive buffer left', ['to-guest']],
        'held-up': ['broken', 'receive interrupt masked', ['to-guest']],
      }),
  ];
}
