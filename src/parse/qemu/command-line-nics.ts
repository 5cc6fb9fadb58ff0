import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import { macIn, numberIn, type Options, switchIn } from './command-line-options.ts';

export type Backend = {
  readonly id: string;
  readonly type: string;
  readonly options: Options;
  readonly row: Row;
};

export type Device = {
  readonly id: string;
  readonly model: string | undefined;
  readonly netdev: string | undefined;
  readonly options: Options;
  readonly row: Row;
};

type Nics = {
  /** Tells the VM from others: its name, else its first disk. */
  readonly vm: string;
  readonly name: string | undefined;
  readonly isWhole: boolean;
  readonly devices: readonly Device[];
  readonly backends: readonly Backend[];
  /** Path of each socket chardev. */
  readonly sockets: ReadonlyMap<string, string>;
};

/** Each NIC of a command line with the backend it is plugged into. */
export function sayNics(nics: Nics, notes: Notes): void {
  let withoutMac = 0;
  for (const device of nics.devices) {
    const id = `${nics.vm}/${device.id}`;
    const mac = macIn(device.options, 'mac') ?? macIn(device.options, 'macaddr');
    const isBare = !device.options.has('mac') && !device.options.has('macaddr');
    notes.say(
      'qemuNic',
      id,
      {
        vm: nics.name,
        mac: mac ?? (isBare && nics.isWhole ? defaultMac(withoutMac) : undefined),
        macByDefault: mac === undefined && isBare && nics.isWhole ? true : undefined,
        ...deviceSays(device, nics.isWhole),
      },
      device.row,
    );
    if (isBare) withoutMac++;
    sayBackend(id, device, nics, notes);
  }
}

/** net/net.c qemu_macaddr_default_if_unset(): the first free one from 52:54:00:12:34:56 on. */
function defaultMac(index: number): string | undefined {
  return index < 40 ? `52:54:00:12:34:${(0x56 + index).toString(16).padStart(2, '0')}` : undefined;
}

/** hw/net/virtio-net.c: `mq` is off unless it is switched on. */
function deviceSays({ model, options }: Device, isWhole: boolean) {
  const isVirtio = /^virtio/.test(model ?? '');
  return {
    model: model === 'virtio' ? 'virtio-net-pci' : model,
    vectors: numberIn(options, 'vectors'),
    multiqueue: switchIn(options, 'mq') ?? (isWhole && isVirtio ? false : undefined),
    queueSize: numberIn(options, 'rx_queue_size'),
    hostMtu: numberIn(options, 'host_mtu'),
    eventIdx: switchIn(options, 'event_idx'),
    checksum: switchIn(options, 'csum'),
    tso: switchIn(options, 'host_tso4'),
    pci: slotOf(options),
  };
}

/** On the root bus the address is the one that the guest sees. */
function slotOf(options: Options): string | undefined {
  const bus = options.get('bus');
  const [, slot, fn = '0'] =
    /^(?:0x)?([\da-f]{1,2})(?:\.(?:0x)?([0-7]))?$/i.exec(options.get('addr') ?? '') ?? [];
  if (slot === undefined || !/^(?:pci\.0|pcie\.0)$/.test(bus ?? '')) return undefined;
  return `00:${slot.toLowerCase().padStart(2, '0')}.${fn}`;
}

/** Two devices or two backends on one hub: who speaks through whom is not told. */
function sayBackend(id: string, device: Device, nics: Nics, notes: Notes): void {
  const mine = nics.backends.filter((backend) => backend.id === device.netdev);
  const sharers = nics.devices.filter(({ netdev }) => netdev === device.netdev);
  const backend = mine[0];
  if (!backend) {
    const isNone = nics.isWhole && device.netdev === undefined;
    if (isNone) notes.say('qemuNic', id, { backend: 'none' }, device.row);
    return;
  }
  if (mine.length > 1 || sharers.length > 1) return;
  const { options, type, row } = backend;
  const isTap = type === 'tap';
  notes.say(
    'qemuNic',
    id,
    {
      backend: type === 'vhostuser' ? 'vhost-user' : type,
      tap: isTap ? nameIn(options, 'ifname') : undefined,
      bridge: nameIn(options, 'br'),
      socket: nics.sockets.get(options.get('chardev') ?? '') ?? undefined,
      vhost: switchIn(options, 'vhost', 'vhostforce') ?? (isTap ? false : undefined),
      queues: numberIn(options, 'queues') ?? (isTap ? countIn(options) : undefined),
    },
    row,
  );
}

function nameIn(options: Options, key: string): string | undefined {
  const name = options.get(key);
  return name !== undefined && /^[\w.-]{1,15}$/.test(name) ? name : undefined;
}

/** libvirt hands over open files, one a queue: `fds=30:31`. */
function countIn(options: Options): number {
  return options.get('fds')?.split(':').length ?? 1;
}
