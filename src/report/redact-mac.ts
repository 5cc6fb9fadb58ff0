/** Makers whose prefix tells what kind of machine it is: QEMU, Proxmox VE, vmd (tap, guest), bhyve, VMware, VirtualBox, Xen, Hyper-V. */
const KEPT_MAKERS = new Set([
  '525400',
  'bc2411',
  'fee1ba',
  'fee1bb',
  '589cfc',
  '000c29',
  '005056',
  '080027',
  '00163e',
  '00155d',
]);

export type MacStandIns = (mac: string) => string;

/**
 * Stand-ins for MACs: unicast stays unicast, a local address local, the maker's prefix of hypervisors stays, one maker stays
 * one maker. Groups, broadcast, VRRP/CARP and all zeros name nobody and stay. Spelling (case, colons or dashes) is kept.
 */
export function macStandIns(): MacStandIns {
  const makers = new Map<string, string>();
  const known = new Map<string, string>();
  const standInOf = (bare: string): string => {
    const maker = bare.slice(0, 6);
    const first = Number.parseInt(bare.slice(0, 2), 16);
    if (first & 1 || bare.startsWith('00005e0001') || /^0+$/.test(bare)) return bare;
    if (!KEPT_MAKERS.has(maker) && !makers.has(maker))
      makers.set(maker, fakeMaker(first & 2, makers.size + 1));
    const prefix = KEPT_MAKERS.has(maker) ? maker : (makers.get(maker) as string);
    return prefix + (known.size + 1).toString(16).padStart(6, '0');
  };
  return (mac) => {
    const separator = mac[2] ?? ':';
    const bare = mac.replace(/[:-]/g, '').toLowerCase();
    const standIn = known.get(bare) ?? standInOf(bare);
    known.set(bare, standIn);
    const spelled = (standIn.match(/../g) ?? []).join(separator);
    return /[A-F]/.test(mac) ? spelled.toUpperCase() : spelled;
  };
}

/** 00:00:5e:xx is IANA's; with the local bit it is nobody's. */
function fakeMaker(local: number, count: number): string {
  return (local ? '02' : '00') + (0x5300 + count).toString(16).padStart(4, '0');
}
