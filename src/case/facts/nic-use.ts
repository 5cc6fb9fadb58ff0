import type { Case, Fact, Nic } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { groupBy } from '../group-by.ts';
import { allThings, findThing, thingsWith } from '../look-up.ts';
import { messagesOf } from '../messages.ts';
import { oncePerCase } from '../once-per-case.ts';
import { addresses, filesByMember, readAddress } from './addressing.ts';

/** Whether somebody misses a NIC that is not up: most guests have been given one that nobody set up. */
export const nicUseFacts: readonly Fact[] = [
  {
    name: 'nic.use',
    asks: 'Is {nic} meant to be used?',
    words: {
      expected: '{nic} is meant to be used, as far as can be told',
      spare: 'nobody complains, and the guest works through another NIC: {nic} may just be unused',
    },
    read: readUse,
  },
];

/** Unknown where the guest may work through another NIC, nobody says what he sees, and nothing that was shown refers to this one. */
function readUse(nic: Nic, kase: Case): Known<string> {
  const { up } = nic.guest?.says ?? {};
  if (up?.state !== 'known') return unknown;
  const working = workingNics(kase).find((other) => other !== nic);
  const complaint = valueIn(kase.complaint);
  if (!working || (complaint !== undefined && complaint !== 'none')) return known('expected', up.at);
  const address = addresses(working, kase)[0];
  if (complaint === 'none') return known('spare', address?.at ?? working.guest?.at ?? up.at);
  const sign = signOfUse(nic, kase);
  return sign ? known('expected', sign) : unknown;
}

/** Listed as up, and nothing speaks against it. Who shows one NIC alone means that one. */
const workingNics = oncePerCase((kase: Case) =>
  kase.nics.filter(
    (nic) =>
      valueIn(nic.guest?.says.up) &&
      valueIn(nic.guest?.says.link) !== 'no-carrier' &&
      valueIn(readAddress(nic, kase)) !== 'missing',
  ),
);

/** What says that somebody set it up: an address, a start-up file, a bridge or VLAN above it, a rule of the packet filter, a DHCP client. */
function signOfUse(nic: Nic, kase: Case): Lines | undefined {
  const { name, guest, file } = nic;
  const { autoconf4, master, description } = guest?.says ?? {};
  const route = thingsWith(kase, 'route', 'guest', 'interface', name)[0];
  const asking = messagesOf(nic, kase).find(({ says }) => valueIn(says.code)?.startsWith('dhcp-'));
  const things = [
    addresses(nic, kase)[0],
    file,
    filesByMember(kase).get(name)?.[0],
    thingsWith(kase, 'interfaceFile', 'guest', 'parent', name)[0],
    thingsWith(kase, 'interface', 'guest', 'parent', name)[0],
    findThing(kase, 'guest', 'port', name),
    rulesByInterface(kase).get(name)?.[0],
    route,
    asking,
  ];
  const told = [autoconf4, master, description].find((one) => valueIn<unknown>(one));
  return things.find((thing) => thing !== undefined)?.at ?? (told?.state === 'known' ? told.at : undefined);
}

const rulesByInterface = oncePerCase((kase: Case) =>
  groupBy([...allThings(kase, 'pfRule', 'guest'), ...allThings(kase, 'natRule', 'guest')], ({ says }) =>
    [valueIn<string | readonly string[]>(says.on) ?? []].flat(),
  ),
);
