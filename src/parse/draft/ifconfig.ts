// quick
import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const HEAD =
  /^([a-z]{2,15}\d{1,4}): flags=([0-9a-f]{1,8})<([A-Z0-9_,]{0,300})>(?: rdomain (\d{1,3}))?(?: metric \d{1,5})?(?: mtu (\d{1,6}))?$/;
const BODY =
  /^\s*(?:lladdr |description:|index |priority|llprio |keepalive|patch|encap:|vlan:|carp:|trunk:|groups:|media:|status:|inet6? |hwfeatures=|pfsync:|tunnel:|Addresses|designated:|root:|trunkport|port \d|[a-z]+\d+ flags=)/;
export const ifconfig: Parser = {
  kind: 'openbsd/ifconfig',
  title: 'OpenBSD ifconfig',
  commands: /^(?:\/sbin\/)?ifconfig\b/,
  begins: HEAD,
  continues: BODY,
  read,
};
function read(rows: readonly Row[]): Reading {
  const n = takeNotes();
  let name = '';
  let lastStatus;
  for (const row of rows) {
    const t = row.text;
    const h = HEAD.exec(t);
    if (h) {
      name = h[1]!;
      const f = (h[3] ?? '').split(',');
      const hex = parseInt(h[2]!, 16);
      n.say(
        'interface',
        name,
        {
          driver: /^[a-z]+/.exec(name)![0],
          up: f.includes('UP'),
          running: f.includes('RUNNING'),
          oactive: f.includes('OACTIVE'),
          promisc: f.includes('PROMISC'),
          allmulti: f.includes('ALLMULTI'),
          lro: f.includes('LRO'),
          autoconf4: f.includes('AUTOCONF4'),
          mtu: h[5] ? Number(h[5]) : undefined,
        },
        row,
      );
      void hex;
      continue;
    }
    const s = t.trim();
    let m;
    if ((m = /^lladdr ((?:[0-9a-f]{2}:){5}[0-9a-f]{2})/.exec(s)))
      n.say('interface', name, { mac: m[1]! }, row);
    else if ((m = /^status: (active|no carrier)/.exec(s)))
      n.say('interface', name, { link: m[1] === 'active' ? 'active' : 'no-carrier' }, row);
    else if ((m = /^description: (.*)/.exec(s))) n.say('interface', name, { description: m[1]! }, row);
    else if ((m = /^encap: vnetid (\d+) parent (\S+)/.exec(s)))
      n.say('interface', name, { vlan: Number(m[1]), parent: m[2]! }, row);
    else if ((m = /^vlan: (\d+) parent interface: (\S+)/.exec(s)))
      n.say('interface', name, { vlan: Number(m[1]), parent: m[2]! }, row);
    else if ((m = /^carp: \w+ carpdev (\S+)/.exec(s))) n.say('interface', name, { parent: m[1]! }, row);
    else if ((m = /^inet ([\d.]+)/.exec(s)))
      n.say('address', `${name} ${m[1]}`, { interface: name, family: 'inet', address: m[1]! }, row);
    else if ((m = /^inet6 ([0-9a-f:]+)/.exec(s)))
      n.say('address', `${name} ${m[1]}`, { interface: name, family: 'inet6', address: m[1]! }, row);
    else if (!BODY.test(t)) n.missed(row);
  }
  void lastStatus;
  return n.done();
}
