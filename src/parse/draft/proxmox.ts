import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const NET = /^net(\d{1,2}): ((?:[a-z][\w-]*)=((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})(?:,.*)?)$/;
export const qmConfig: Parser = {
  kind: 'proxmox/qm-config',
  title: 'qm config',
  side: 'host',
  commands: /^qm config \d+/,
  begins: /^(?:net\d+: (?:virtio|e1000)|scsihw: |smbios1: |vmgenid: |ostype: |boot: order=)/,
  continues: /^[a-z][a-z0-9]*: /,
  read(rows: readonly Row[]): Reading {
    const n = takeNotes();
    for (const row of rows) {
      const m = NET.exec(row.text);
      if (!m) {
        if (!/^[a-z][a-z0-9]*: /.test(row.text)) n.missed(row);
        continue;
      }
      const o = Object.fromEntries(
        m[2]!
          .split(',')
          .slice(1)
          .map((x) => x.split('=') as [string, string]),
      );
      n.say(
        'vmNic',
        `/net${m[1]}`,
        {
          index: Number(m[1]),
          model: m[2]!.split('=')[0]!,
          mac: m[3]!.toLowerCase(),
          bridge: o.bridge,
          tag: o.tag ? Number(o.tag) : undefined,
          linkDown: o.link_down === '1',
          firewall: o.firewall === '1',
          options: m[2]!,
        },
        row,
      );
    }
    return n.done('host');
  },
};
export const typed: Parser = {
  kind: 'proxmox/typed-commands',
  title: 'typed qm commands',
  side: 'host',
  commands: /^$x/,
  begins: /^(?:\S*[#$>] ?)?qm set \d+ /,
  continues: /^$x/,
  read(rows) {
    const n = takeNotes();
    for (const row of rows) {
      const m = /qm set (\d+) .*--?net(\d+) (\S+)/.exec(row.text);
      if (!m) {
        n.missed(row);
        continue;
      }
      const o = Object.fromEntries(m[3]!.split(',').map((x) => x.split('=') as [string, string]));
      const mac = /=((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})/.exec(m[3]!)?.[1]?.toLowerCase();
      n.say(
        'typedNic',
        `${m[1]}/net${m[2]}`,
        { vm: m[1]!, index: Number(m[2]), mac, bridge: o.bridge, tag: o.tag ? Number(o.tag) : undefined },
        row,
      );
    }
    return n.done('host');
  },
};
export const bridgeVlan: Parser = {
  kind: 'linux/bridge-vlan',
  title: 'bridge vlan',
  side: 'host',
  commands: /^bridge .*vlan/,
  begins: /^port\s+vlan[- ]ids?|^(?:tap|fw|vmbr|en|eth|veth)\S*\s+\d+ PVID/,
  continues: /^\S*\s+\d+(?:-\d+)?(?: PVID)?(?: Egress Untagged)?\s*$/,
  top: /^port\s+vlan/,
  read(rows) {
    const n = takeNotes();
    let port = '';
    for (const row of rows) {
      const m = /^(\S+)?\s+(\d+)(?:-(\d+))?((?: PVID)?(?: Egress Untagged)?)\s*$/.exec(row.text);
      if (!m) {
        if (!/^port/.test(row.text)) n.missed(row);
        continue;
      }
      port = m[1] ?? port;
      const from = Number(m[2]);
      const to = Number(m[3] ?? m[2]);
      n.say(
        'portVlan',
        `${port} ${from}-${to}`,
        { port, from, to, pvid: m[4]!.includes('PVID'), untagged: m[4]!.includes('Untagged') },
        row,
      );
    }
    return n.done('host');
  },
};
export const ipLink: Parser = {
  kind: 'linux/ip-link',
  title: 'ip link',
  commands: /^ip .*link/,
  begins: /^\d+: [^:@\s]+(?:@\S+)?: <[^>]*> mtu/,
  continues: /^\s+(?:link\/|RX:|TX:|tun |bridge|\d|inet)/,
  read(rows) {
    const n = takeNotes();
    let name = '';
    let dir = '';
    for (const row of rows) {
      const t = row.text;
      let m;
      if (
        (m = /^(\d+): ([^:@\s]+)(?:@(\S+))?: <([^>]*)> mtu (\d+)(?:.*? master (\S+))?.*? state (\S+)/.exec(t))
      ) {
        name = m[2]!;
        const f = m[4]!.split(',');
        n.say(
          'interface',
          name,
          {
            up: f.includes('UP'),
            lowerUp: f.includes('LOWER_UP'),
            link: f.includes('NO-CARRIER') ? 'no-carrier' : f.includes('LOWER_UP') ? 'active' : undefined,
            mtu: Number(m[5]),
            master: m[6],
            operstate: m[7]!,
          },
          row,
        );
        if (m[6]) n.say('port', name, { bridge: m[6] }, row);
      } else if ((m = /bridge_slave state (\w+)/.exec(t))) n.say('port', name, { state: m[1]! }, row);
      else if (/^\s+tun type tap/.test(t)) n.say('interface', name, { driver: 'tun' }, row);
      else if ((m = /^\s+(RX|TX):/.exec(t))) dir = m[1]!.toLowerCase();
      else if ((m = /^\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/.exec(t))) {
        n.say(
          'counter',
          `${name} ${dir}-packets`,
          { of: name, counts: `${dir}-packets`, value: Number(m[2]) },
          row,
        );
        n.say(
          'counter',
          `${name} ${dir}-drops`,
          { of: name, counts: `${dir}-drops`, value: Number(m[4]) },
          row,
        );
      }
    }
    return n.done('host');
  },
};
export const infoPci: Parser = {
  kind: 'qemu/info-pci',
  title: 'info pci',
  side: 'host',
  commands: /^info pci/,
  begins: /^\s*Bus\s+\d+, device\s+\d+, function \d+:$/,
  continues: /^\s+/,
  read(rows) {
    const n = takeNotes();
    let id = '';
    for (const row of rows) {
      const t = row.text;
      let m;
      if ((m = /Bus\s+(\d+), device\s+(\d+), function (\d+):/.exec(t)))
        id = `${Number(m[1]).toString(16).padStart(2, '0')}:${Number(m[2]).toString(16).padStart(2, '0')}.${m[3]}`;
      else if ((m = /Ethernet controller: PCI device ([0-9a-f]{4}):([0-9a-f]{4})/.exec(t)))
        n.say('pci', id, { vendor: parseInt(m[1]!, 16), product: parseInt(m[2]!, 16) }, row);
      else if ((m = /BAR([014]): .* at 0x([0-9a-f]+) /.exec(t)))
        n.say('pci', id, { [`bar${m[1]}`]: parseInt(m[2]!, 16) } as never, row);
      else if ((m = /id "(\w+)"/.exec(t))) n.say('pci', id, { qemuId: m[1]! }, row);
    }
    return n.done('host');
  },
};
export const xp: Parser = {
  kind: 'qemu/xp',
  title: 'xp',
  side: 'host',
  commands: /^xp /,
  begins: /^[0-9a-f]{8,16}: 0x/,
  continues: /^$x/,
  read(rows) {
    const n = takeNotes();
    for (const row of rows) {
      const m = /^([0-9a-f]{8,16}): 0x([0-9a-f]+)/.exec(row.text);
      if (m)
        n.say(
          'register',
          `memory 0x${m[1]} ${m[2]!.length / 2}`,
          {
            space: 'memory',
            address: parseInt(m[1]!, 16),
            width: m[2]!.length / 2,
            value: parseInt(m[2]!, 16),
          },
          row,
        );
      else n.missed(row);
    }
    return n.done('host');
  },
};
export const queueStatus: Parser = {
  kind: 'qemu/info-virtio-queue-status',
  title: 'info virtio-queue-status',
  side: 'host',
  commands: /^info virtio-queue-status/,
  begins: /^\s*queue_index:/,
  continues: /^\s+\w/,
  read(rows) {
    const n = takeNotes();
    let q = '';
    for (const row of rows) {
      const m = /^\s*(\w+):\s+(\d+)$/.exec(row.text);
      if (!m) continue;
      if (m[1] === 'queue_index') q = m[2]!;
      const v = Number(m[2]);
      const map: Record<string, object> = {
        inuse: { inuse: v },
        used_idx: { usedIdx: v },
        last_avail_idx: { lastAvailIdx: v },
        shadow_avail_idx: { shadowAvailIdx: v },
        num: { size: v },
      };
      if (map[m[1]!]) n.say('queue', ` ${q}`, { ...map[m[1]!] } as never, row);
    }
    return n.done('host');
  },
};
export const infoNetwork: Parser = {
  kind: 'qemu/info-network',
  title: 'info network',
  side: 'host',
  commands: /^info network/,
  begins: /^\S+: index=\d+,type=nic,|^QEMU \d/,
  continues: /^ \\ /,
  read(rows) {
    const n = takeNotes();
    let id = '';
    for (const row of rows) {
      let m;
      if ((m = /^QEMU (\d+\.\d+\.\d+)/.exec(row.text))) n.say('system', '', { qemu: m[1]! }, row);
      else if ((m = /^(\S+): index=\d+,type=nic,model=(\S+?),macaddr=(\S+)/.exec(row.text))) {
        id = m[1]!;
        n.say('qemuNic', id, { model: m[2]!, mac: m[3]! }, row);
      } else if ((m = /ifname=([^,]+)/.exec(row.text))) n.say('qemuNic', id, { tap: m[1]! }, row);
    }
    return n.done('host');
  },
};
