import { macOf } from '../case/nic-mac.ts';
import type { Nic } from '../model/case.ts';
import { firstKnown, type Known, valueIn } from '../model/known.ts';

/** Each blank and the shape its value must have: nothing else ever gets into a command. */
const SHAPES = {
  'nic.name': /^[a-zA-Z][\w.-]{0,14}(?: \d{1,3})?$/,
  'nic.unit': /^\d{1,4}$/,
  'nic.successor': /^[a-zA-Z][\w.-]{0,14}$/,
  'nic.device': /^virtio(?:_pci|_mmio)?\d{1,3}$/,
  'nic.mac': /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/,
  'vm.id': /^[a-zA-Z\d_][\w.+@-]{0,62}$/,
  'vm.net': /^net\d{1,2}$/,
  'vm.tap': /^[a-z][\w.-]{0,14}$/,
  'vm.port': /^[a-z][\w.-]{0,14}$/,
  'host.uplink': /^[a-z]{2,14}\d{1,5}(?:\.\d{1,4})?$/,
  'host.card': /^[a-z][\w.]{1,14}$/,
  'host.vlan': /^[a-z]{2,14}\d{1,5}(?:\.\d{1,4})?$/,
  'host.gateway': /^[a-z][\w.-]{1,14}$/,
  'vm.bridge': /^[a-zA-Z][\w.-]{0,14}$/,
  'vm.tag': /^[1-9]\d{0,3}$/,
  'vm.net-as-e1000': /^e1000=(?:[0-9A-F]{2}:){5}[0-9A-F]{2}(?:,[a-z_-]{1,12}=[\w.:;-]{1,40}){0,12}$/,
  'vm.net-as-given':
    /^[a-z][\w-]{1,20}=(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?:,[a-z_-]{1,12}=[\w.:;-]{1,40}){0,12}$/,
  'vm.net-link-up':
    /^[a-z][\w-]{1,20}=(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?:,[a-z_-]{1,12}=[\w.:;-]{1,40}){0,12}$/,
  'pci.bar4': /^0x[0-9a-f]{1,16}$/,
  'pci.config-vector': /^0x[0-9a-f]{1,16}$/,
  'pci.device-status': /^0x[0-9a-f]{1,16}$/,
  'pci.link-status': /^0x[0-9a-f]{1,16}$/,
  'pci.config-generation': /^0x[0-9a-f]{1,16}$/,
  'pci.msix-table': /^0x[0-9a-f]{1,16}$/,
  'pci.pending-bits': /^0x[0-9a-f]{1,16}$/,
  'qemu.path': /^\/machine\/peripheral(?:-anon)?\/[\w.[\]-]{1,40}\/virtio-backend$/,
  'qemu.id': /^[\w.-]{1,40}$/,
} as const satisfies Record<string, RegExp>;

export type Blank = keyof typeof SHAPES;
export const blankNames = Object.keys(SHAPES) as readonly Blank[];

/** The value of a blank, when it is known and has the right shape. */
export function fillBlank(blank: string, nic: Nic): string | undefined {
  const shape = SHAPES[blank as Blank];
  const value = shape && VALUES[blank as Blank](nic);
  return value !== undefined && shape.test(value) ? value : undefined;
}

const VALUES: Record<Blank, (nic: Nic) => string | undefined> = {
  'nic.name': (nic) => (nic.guest || nic.file ? nic.name : undefined),
  'nic.unit': (nic) => /\d+$/.exec(nic.guest ? nic.name : '')?.[0],
  'nic.successor': (nic) => nic.successor ?? 'NEW',
  'nic.device': (nic) => nic.virtio?.id ?? valueIn(nic.guest?.says.device),
  'nic.mac': (nic) => valueIn(macOf(nic)),
  'vm.id': (nic) => nic.host?.vm,
  'vm.net': (nic) => (nic.host?.index === undefined ? undefined : `net${nic.host.index}`),
  'vm.tap': (nic) => nic.host?.tapName,
  'vm.port': (nic) => nic.host?.portName ?? nic.host?.tapName,
  'vm.bridge': (nic) => valueIn(bridgeOf(nic)) ?? nic.host?.bridgeName,
  'host.uplink': (nic) => nic.host?.uplinkName,
  'host.card': (nic) => nic.host?.cardName ?? nic.host?.uplinkName,
  'host.vlan': (nic) => nic.host?.vlanName,
  'host.gateway': (nic) => nic.host?.gatewayName,
  'vm.tag': (nic) => tagOf(nic)?.toString(),
  'vm.net-as-e1000': asE1000,
  'vm.net-as-given': asGiven,
  'vm.net-link-up': (nic) => valueIn(nic.host?.vmNic?.says.options)?.replace(/,link_down=1(?=,|$)/, ''),
  'pci.bar4': (nic) => hex(nic, 0),
  'pci.config-vector': (nic) => hex(nic, 0x10),
  'pci.device-status': (nic) => hex(nic, 0x14),
  'pci.link-status': (nic) => hex(nic, 0x2006),
  'pci.config-generation': (nic) => hex(nic, 0x15),
  'pci.msix-table': (nic) => hex(nic, 0, 'bar1'),
  'pci.pending-bits': (nic) => hex(nic, 0x800, 'bar1'),
  'qemu.path': (nic) => valueIn(nic.host?.qemu?.says.path) ?? pathOf(nic),
  'qemu.id': (nic) =>
    nic.host?.qemu?.id || (nic.host?.index === undefined ? undefined : `net${nic.host.index}`),
};

function bridgeOf(nic: Nic): Known<string> {
  const { vmNic, typedNic, port, tap } = nic.host ?? {};
  return firstKnown(vmNic?.says.bridge, typedNic?.says.bridge, port?.says.bridge, tap?.says.master);
}

function tagOf(nic: Nic): number | undefined {
  return valueIn(firstKnown(nic.host?.vmNic?.says.tag, nic.host?.typedNic?.says.tag));
}

/** netN is replaced as a whole by `qm set`, so every other key must be repeated (qemu-server, PVE/QemuServer/Network.pm). */
function asE1000(nic: Nic): string | undefined {
  const given = valueIn(nic.host?.vmNic?.says.options);
  if (given === undefined) return composed(nic, 'e1000');
  const mac = valueIn(macOf(nic))?.toUpperCase();
  const keys = given
    .split(',')
    .slice(1)
    .filter((key) => !/^(?:macaddr|model|queues|mtu|host-tunnel)=/.test(key));
  return mac && [`e1000=${mac}`, ...keys].join(',');
}

function asGiven(nic: Nic): string | undefined {
  return valueIn(nic.host?.vmNic?.says.options) ?? composed(nic, 'virtio');
}

/** Without the VM's configuration: what the guest's MAC and a typed `qm set` tell. */
function composed(nic: Nic, model: string): string | undefined {
  const mac = valueIn(macOf(nic))?.toUpperCase();
  const bridge = valueIn(bridgeOf(nic));
  if (mac === undefined || bridge === undefined) return undefined;
  const tag = tagOf(nic);
  return [`${model}=${mac}`, `bridge=${bridge}`, ...(tag === undefined ? [] : [`tag=${tag}`])].join(',');
}

/**
 * QEMU's layout. BAR 4: common configuration at 0, device configuration at 0x2000; BAR 1: MSI-X table at 0, pending bits at 0x800.
 * hw/virtio/virtio-pci.c
 */
function hex(nic: Nic, offset: number, bar: 'bar1' | 'bar4' = 'bar4'): string | undefined {
  const base = valueIn(nic.host?.pci?.says[bar]) ?? valueIn(nic.pci?.says[bar]);
  return base === undefined || base === 0 ? undefined : `0x${(base + offset).toString(16)}`;
}

/** Proxmox and libvirt give the device the id netN; others must look it up with `info virtio`. */
function pathOf(nic: Nic): string | undefined {
  return nic.host?.vm !== undefined && nic.host.index !== undefined
    ? `/machine/peripheral/net${nic.host.index}/virtio-backend`
    : undefined;
}
