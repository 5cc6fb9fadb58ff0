// Reads: what the network stack of Linux says of bridges, and the attach lines of NICs that are not virtio.
// Printed by: net/bridge/br_stp.c, br_fdb.c, br_stp_bpdu.c, net/ipv4/route.c, drivers/net/ethernet/intel/{e1000,e1000e,igb}, drivers/pci/probe.c.
// Fixtures: fixtures/outputs/linux-*/dmesg*.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';

const NAME = '([a-zA-Z][\\w.@-]{0,14})';
const PORT = new RegExp(`^${NAME}: port \\d{1,4}\\(${NAME}\\) entered (\\w{7,10}) state`);
const OWN_MAC = new RegExp(`^${NAME}: received packet on ${NAME} with own address as source address`);
const BPDU = new RegExp(`^${NAME}: BPDU received on blocked port \\d{1,4}\\(${NAME}\\)`);
const MARTIAN = new RegExp(
  `^(?:IPv4: )?martian (?:source|destination) \\S{7,15} from \\S{7,15}, on dev ${NAME}`,
);
/** `eth1: (PCI:33MHz:32-bit) MAC`, `eth0: (PCIe:2.5Gb/s:Width x1) MAC`, `eth0: RTL8168g/8111g, MAC, XID`. */
const ATTACHED = new RegExp(
  `^([a-z][\\w-]{1,15}) [\\da-f]{4}:[\\da-f]{2}:[\\da-f]{2}\\.\\d:? ${NAME}: .{0,80}?((?:[\\da-f]{2}:){5}[\\da-f]{2})\\b`,
);
const VIRTIO_PCI = /^pci (?:0000:)?([\da-f]{2}:[\da-f]{2}\.\d): \[1af4:(1000|1041)\] /;

export function sayBridge(row: Row, notes: Notes): boolean {
  return sayPort(row, notes) || sayOwnMac(row, notes) || sayBlocked(row, notes) || sayMartian(row, notes);
}

/** A log tells what happened, not what is: a listing of the ports outranks it. */
function sayPort(row: Row, notes: Notes): boolean {
  const [, bridge, port, state] = PORT.exec(row.text) ?? [];
  if (!port) return false;
  notes.say('port', port, { bridge, loggedState: state }, row);
  return true;
}

function sayOwnMac(row: Row, notes: Notes): boolean {
  const [, bridge, port] = OWN_MAC.exec(row.text) ?? [];
  if (!port) return false;
  const code = 'own-mac-received';
  notes.say('interface', port, { master: bridge }, row);
  notes.say('message', `${code} ${port}`, { code, device: port, text: row.text }, row);
  return true;
}

function sayBlocked(row: Row, notes: Notes): boolean {
  const [, , port] = BPDU.exec(row.text) ?? [];
  if (port) say('bpdu-blocked', port, row, notes);
  return port !== undefined;
}

function sayMartian(row: Row, notes: Notes): boolean {
  const [, name] = MARTIAN.exec(row.text) ?? [];
  if (name) say('martian', name, row, notes);
  return name !== undefined;
}

function say(code: string, device: string, row: Row, notes: Notes): void {
  notes.say('message', `${code} ${device}`, { code, device, text: row.text }, row);
}

export function sayAttached(row: Row, notes: Notes): boolean {
  const [, driver, name, mac] = ATTACHED.exec(row.text) ?? [];
  if (name) notes.say('interface', name, { attached: true, driver, mac }, row);
  const [, slot, product] = VIRTIO_PCI.exec(row.text) ?? [];
  if (slot && product) notes.say('pci', slot, { vendor: 0x1af4, product: Number.parseInt(product, 16) }, row);
  return name !== undefined || slot !== undefined;
}

/** Such a row of a log should have been understood. */
export function saysOfNetwork(text: string): boolean {
  return /^(?:virtio[-_]?(?:net|pci|mmio|ring)|net \S{1,15}: |NETDEV )|^(?:eth\d{1,3}|en[ops]\w{1,12}|vmbr\d{1,4}|tap\d\w{0,12}): /.test(
    text,
  );
}
