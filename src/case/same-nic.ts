import type { Case, HostEnd, Join, Nic, Thing } from '../model/case.ts';
import { type Known, valueIn } from '../model/known.ts';
import type { Problem } from '../model/problem.ts';
import type { ThingKind } from '../model/sighting.ts';
import { type EndPool, openPool } from './end-pool.ts';
import { readModel } from './facts/model.ts';
import { guestEnds } from './guest-ends.ts';
import { hostEnds } from './host-ends.ts';
import { allThings } from './look-up.ts';
import { isTapOf } from './nic-mac.ts';
import { withSurroundings } from './surroundings.ts';
import { joinVmd } from './vmd-slot.ts';

type Things = Pick<Case, 'things'>;

/** Puts the guest's and the host's end of each NIC together, and says by what. What cannot be joined stays two halves. */
export function sameNic(kase: Things, problems: Problem[]): Nic[] {
  const guests = guestEnds(kase);
  const pool = openPool(hostEnds(kase));
  const nics = guests.map((guest) => {
    const match = matchOf(guest, pool) ?? joinVmd(guest, guests.length === 1, pool.ofVmd, kase);
    if (!match) return guest;
    pool.take(match.host);
    return { ...guest, host: match.host, joined: [match.join] };
  });
  const hosts = [...pool.left];
  joinOnlyCandidates(nics, hosts);
  const halves = hosts.map((host): Nic => ({ name: hostName(host), host, joined: [] }));
  const lonely = nics.filter((nic) => nic.joined.length === 0 && nic.guest);
  if (lonely.length > 0 && halves.length > 0) problems.push(notJoined(lonely, halves));
  const all = withSuccessor([...nics, ...halves]).map((nic) => withSurroundings(nic, kase));
  return all.length > 0 || !speaksOfSome(kase)
    ? all
    : [withSurroundings({ name: onlyName(kase) ?? NAMELESS, joined: [] }, kase)];
}

/** One start-up file without its interface, and one interface without a file: that one has taken its place. */
function withSuccessor(nics: readonly Nic[]): readonly Nic[] {
  const [gone, ...moreGone] = nics.filter(({ file, guest }) => file && !guest);
  const [heir, ...moreHeirs] = nics.filter(({ file, guest }) => guest && !file);
  if (!gone || !heir || moreGone.length > 0 || moreHeirs.length > 0) return nics;
  return nics.map((nic) => (nic === gone ? { ...nic, successor: heir.name } : nic));
}

/** What a NIC is called that shows itself only by its traffic or by what is said of it. */
const NAMELESS = 'the NIC';
const SIGNS = new Set<ThingKind>(['traffic', 'stream', 'ping', 'tooBig', 'dhcpLease', 'claim']);

const HOST_SIGNS = new Set<ThingKind>(['pfRule', 'pfVerdict', 'natState', 'vmSwitch', 'vm', 'dhcpSubnet']);

/** A packet capture or a daemon's log without any listing, or a host's rules and switches: of some NIC, though none is named. */
function speaksOfSome(kase: Things): boolean {
  for (const { is, side } of kase.things.values())
    if (SIGNS.has(is) || (side === 'host' && HOST_SIGNS.has(is))) return true;
  return allThings(kase, 'message').some(
    ({ says, side }) => (valueIn(says.device) ?? '') === '' || (side === 'guest' && isDhcp(says)),
  );
}

/** The one interface that a DHCP client's log is about. */
function onlyName(kase: Things): string | undefined {
  const clients = allThings(kase, 'message', 'guest').filter(({ says }) => isDhcp(says));
  const [name, ...more] = new Set(clients.map(({ says }) => valueIn(says.device) ?? ''));
  return more.length === 0 && name !== '' ? name : undefined;
}

function isDhcp({ code }: Thing<'message'>['says']): boolean {
  return valueIn(code)?.startsWith('dhcp-') ?? false;
}

type Match = { readonly host: HostEnd; readonly join: Join };

function matchOf(guest: Nic, pool: EndPool): Match | undefined {
  const mac = guest.guest?.says.mac ?? guest.file?.says.mac;
  const same = mac?.state === 'known' ? pool.byMac(mac.value) : undefined;
  const join = mac && same && byMac(mac, same);
  return join ? { host: same, join } : byPciAddress(guest, pool);
}

function byMac(mac: Known<string>, host: HostEnd): Join | undefined {
  if (mac.state !== 'known') return undefined;
  const claims = [host.vmNic?.says.mac, host.qemu?.says.mac, host.rxFilter?.says.mac];
  for (const claim of claims) {
    if (claim?.state === 'known' && claim.value === mac.value) {
      return { by: 'mac', at: [mac.at[0], claim.at[0]] };
    }
  }
  const { tap } = host;
  if (tap?.says.mac?.state === 'known' && isTapOf(tap, mac.value))
    return { by: 'mac', at: [mac.at[0], tap.says.mac.at[0]] };
  const typed = host.typedNic?.says.mac;
  if (typed?.state === 'known' && typed.value === mac.value)
    return { by: 'vm-config', at: [mac.at[0], typed.at[0]] };
  return undefined;
}

/** QEMU's `info pci` numbers buses as the guest's firmware did: the same address is the same function. */
function byPciAddress({ guest, pci }: Nic, pool: EndPool): Match | undefined {
  const host = pci && valueIn(guest?.says.mac) === undefined ? pool.byPci(pci.id) : undefined;
  return pci && host?.pci
    ? { host, join: { by: 'pci-address', at: [pci.at[0], host.pci.at[0]] } }
    : undefined;
}

/** One guest NIC and one host end are left over, and nothing contradicts: most probably they belong together. */
function joinOnlyCandidates(nics: Nic[], hosts: HostEnd[]): void {
  const [host, ...moreHosts] = hosts;
  const lonely = nics.filter((nic) => (nic.guest ?? nic.pci) && !nic.host);
  const [nic, ...moreNics] = lonely;
  // Without a driver a guest shows the device alone.
  const shown = nic?.guest ?? nic?.pci;
  if (!host || !nic || !shown || moreHosts.length > 0 || moreNics.length > 0 || nics.length > 1) return;
  if (!nic.guest && valueIn(readModel({ ...nic, host })) !== 'virtio') return;
  const guestMac = valueIn(nic.guest?.says.mac);
  const hostMac =
    valueIn(host.vmNic?.says.mac) ?? valueIn(host.qemu?.says.mac) ?? valueIn(host.typedNic?.says.mac);
  if (guestMac !== undefined && hostMac !== undefined && guestMac !== hostMac) return;
  const end: Thing | undefined = host.vmNic ?? host.tap ?? host.port ?? host.qemu ?? host.typedNic;
  if (!end) return;
  nics[nics.indexOf(nic)] = {
    ...nic,
    host,
    joined: [{ by: 'only-candidate', at: [shown.at[0], end.at[0]] }],
  };
  hosts.length = 0;
}

function hostName(host: HostEnd): string {
  if (host.tapName !== undefined) return host.tapName;
  const isVmd = valueIn(host.vmNic?.says.manager) === 'vmd' || host.typedNic?.says.local !== undefined;
  if (isVmd && host.vm !== undefined) return `${host.vm} if${host.index}`;
  if (host.index !== undefined) return `net${host.index}`;
  return host.qemu?.id || host.tap?.id || 'a NIC of the host';
}

function notJoined(lonely: readonly Nic[], halves: readonly Nic[]): Problem {
  const guests = lonely.map(({ name }) => name).join(', ');
  const hosts = halves.map(({ name }) => name).join(', ');
  const says = `The guest's ${guests} and the host's ${hosts} could not be told to be the same NIC. \`qm config\` (or the VM's XML) with the MAC would join them.`;
  const at = [...lonely, ...halves].flatMap(
    (nic) => (nic.guest ?? nic.host?.tap ?? nic.host?.vmNic)?.at[0] ?? [],
  );
  return { code: 'nic-not-joined', says, at };
}
