import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { NicSummary } from '../../src/model/report.ts';
import { knowledge, readCase } from '../cases.ts';
import { nicsOf } from './nics-of.ts';

// The stations from the guest to the world, as each kind of host has them: `name state`.
describe('the whole path', () => {
  test.each([
    [
      'healthy-linux-6.1',
      ['eth0 ok', 'virtio0 unknown', 'tap100i0 ok', 'vmbr0 ok', 'veth1 ok'],
      'a Linux bridge',
    ],
    ['vmd-bridged', ['vio0 ok', 'device unknown', 'tap0 ok', 'bridge0 ok', 'em1 ok'], 'vmd on a bridge(4)'],
    [
      'vmd-routed',
      ['vio0 ok', 'device unknown', 'tap0 ok', 'bridge1 ok', 'vether0 ok', 'uplink ? unknown'],
      'vmd behind a vether(4)',
    ],
    [
      'vmd-local-no-forwarding',
      ['vio0 ok', 'device unknown', 'tap0 ok', '100.64.1.2 broken', 'uplink ? unknown'],
      'a local interface of vmd',
    ],
    [
      'vmd-vlan-child',
      ['vio0 ok', 'device unknown', 'tap0 ok', 'bridge0 broken', 'vlan10 unknown', 'em1 unknown'],
      'a vlan(4) in the bridge',
    ],
    [
      'ovs-port-not-opened',
      ['guest ? unknown', 'device unknown', 'tap107i1 unknown', 'vmbr1 broken', 'eno2 unknown'],
      'Open vSwitch',
    ],
    [
      'bhyve-uplink-down',
      ['guest ? unknown', 'device unknown', 'tap0 ok', 'vm-public ok', 'igb1 broken'],
      'bhyve on if_bridge(4)',
    ],
    [
      'libvirt-isolated',
      ['enp1s0 ok', 'device unknown', 'vnet5 unknown', 'virbr7 unknown', 'virbr7 unknown'],
      'an isolated network of libvirt',
    ],
  ])('%s: %j (%s)', (name, stations) => {
    const { captures, complaint } = readCase(name);
    const nics = doctor(captures, complaint, knowledge).nics;
    expect(nics.map(stationsOf)).toContainEqual(stations);
  });

  test("Proxmox VE's firewall puts a bridge and a veth pair between the tap and the bridge, and a VLAN is above its bond", () => {
    const [nic] = nicsOf({
      'host/ip.txt': ipLink(
        'fwbr107i0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP',
        'tap107i0: <BROADCAST,MULTICAST,PROMISC,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast master fwbr107i0 state UP',
        'fwln107i0@fwpr107p0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master fwbr107i0 state UP',
        'fwpr107p0@fwln107i0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master vmbr0 state UP',
        'vmbr0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP',
        'bond0: <BROADCAST,MULTICAST,MASTER,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP',
        'bond0.40@bond0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master vmbr0 state UP',
        'eno1: <BROADCAST,MULTICAST,SLAVE,UP,LOWER_UP> mtu 1500 qdisc mq master bond0 state UP',
        'eno2: <NO-CARRIER,BROADCAST,MULTICAST,SLAVE,UP> mtu 1500 qdisc mq master bond0 state DOWN',
      ),
    });
    expect(nic?.path.slice(2).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'tap tap107i0',
      'firewall-bridge fwbr107i0',
      'bridge-port fwpr107p0',
      'bridge vmbr0',
      'vlan bond0.40',
      'uplink bond0',
    ]);
    expect(nic?.path.at(-1)?.says).toContain('of eno1, eno2');
  });

  test("a macvtap sits on its card, QEMU's own network needs no tap", () => {
    const direct = nicsOf({
      'host/dumpxml.txt': domain(`<interface type='direct'>
      <mac address='52:54:00:0e:51:07'/>
      <source dev='eno1' mode='bridge'/>
      <target dev='macvtap0'/>
      <model type='virtio'/>
    </interface>`),
    });
    expect(direct.map(({ path }) => path.slice(2).map(({ name }) => name))).toEqual([['macvtap0', 'eno1']]);
    const user = nicsOf({
      'host/dumpxml.txt': domain(`<interface type='user'>
      <mac address='52:54:00:0e:51:07'/>
      <model type='virtio'/>
    </interface>`),
      'host/route.txt': '# ip route\ndefault via 192.0.2.1 dev eno1 proto static\n',
    });
    expect(user.map(({ path }) => path.slice(2).map(({ name }) => name))).toEqual([['user', 'eno1']]);
  });
});

function stationsOf({ path }: NicSummary): string[] {
  return path.map(({ name, state }) => `${name} ${state}`);
}

/** `ip -d link`, a header line for each interface. */
function ipLink(...headers: readonly string[]): string {
  const blocks = headers.map(
    (header, index) =>
      `${index + 2}: ${header}\n    link/ether 52:54:00:00:00:${String(index + 10)} brd ff:ff:ff:ff:ff:ff`,
  );
  return `# ip link\n${blocks.join('\n')}\n`;
}

function domain(nic: string): string {
  return `# virsh dumpxml web01\n<domain type='kvm' id='3'>\n  <name>web01</name>\n  <devices>\n    ${nic}\n  </devices>\n</domain>\n`;
}
