import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { hitsOf, rulesOf } from '../filter-rules.ts';
import { thingsWith } from '../look-up.ts';
import { macOf } from '../nic-mac.ts';

/** Which MACs the host lets pass at the port of a NIC. */
export const macFilterFacts: readonly Fact[] = [
  {
    name: 'host.mac-filter',
    asks: 'Does the host drop what {nic} sends because of its MAC?',
    words: {
      refuses: 'a rule of the host lets another MAC send from the port of {nic} than the one that {nic} has',
      drops: 'a rule of the host has dropped frames with a foreign MAC from the port of {nic}',
      passes: 'the rule of the host that guards the MAC of {nic} lets its MAC pass and has dropped nothing',
      guarded: "the VM's configuration lets only the configured MAC of {nic} send",
    },
    read: readMacFilter,
  },
  {
    name: 'nic.mac-fit',
    asks: 'Has {nic} the MAC that the VM was configured with?',
    words: {
      fits: '{nic} has the MAC that the VM was configured with',
      differs: '{nic} has another MAC than the VM was configured with',
    },
    read: readMacFit,
  },
  {
    name: 'host.port-learning',
    asks: 'Does the bridge know, or learn, which MAC is behind the port of {nic}?',
    words: {
      closed:
        'the port of {nic} learns no MAC and gets no frames to unknown ones, and no entry names the MAC of {nic}',
      locked: 'the port of {nic} is locked, and no entry lets the MAC of {nic} pass',
      open: 'the bridge learns MACs at the port of {nic}, or has an entry for it',
    },
    read: readPortLearning,
  },
  {
    name: 'host.port-isolated',
    asks: 'Is the port of {nic} isolated from other ports?',
    words: {
      yes: 'the port of {nic} is isolated: it reaches no other isolated port, only the uplink',
      no: 'the port of {nic} is not isolated',
    },
    read: (nic) => mapKnown(nic.host?.port?.says.isolated, (isolated) => (isolated ? 'yes' : 'no')),
  },
];

/** A rule that was never hit says nothing against the NIC; one without counters does, if the MAC is another. */
export function readMacFilter(nic: Nic, kase: Case): Known<string> {
  const guards = rulesOf(nic, kase).filter(({ says }) => says.onlyFrom?.state === 'known');
  const mac = macOf(nic);
  const refusing = guards.find(
    (rule) => mac.state === 'known' && valueIn(rule.says.onlyFrom) !== mac.value && hitsOf(rule, kase) !== 0,
  );
  if (refusing && mac.state === 'known') return known('refuses', [refusing.at[0], mac.at[0]]);
  const dropping = guards.find((rule) => (hitsOf(rule, kase) ?? 0) > 0);
  if (dropping) return known('drops', dropping.at);
  const refused = refusedByVmd(nic, kase);
  if (refused.state === 'known') return refused;
  if (guards[0]) return known('passes', guards[0].at);
  return mapKnown(nic.host?.vmNic?.says.macGuard, (guarded) => (guarded ? 'guarded' : undefined));
}

/** vmd(8) with `locked lladdr` names the source it refused: the guest's own MAC, or one of something behind the guest. */
function refusedByVmd(nic: Nic, kase: Case): Known<string> {
  const mac = valueIn(macOf(nic));
  const said = thingsWith(kase, 'message', 'host', 'code', 'source-refused');
  const own = thingsWith(kase, 'message', 'host', 'device', mac).find((one) => said.includes(one));
  if (own) return known('refuses', own.at);
  const isGuarded = valueIn(nic.host?.vmNic?.says.macGuard) === true;
  return said[0] && (isGuarded || kase.nics.length === 1) ? known('drops', said[0].at) : unknown;
}

/** Against the configuration, or what QEMU was started with; `info network` of QEMU shows the MAC that the guest set. */
function readMacFit({ guest, host }: Nic): Known<string> {
  const configured = firstKnown(host?.vmNic?.says.mac, host?.qemu?.says.configuredMac);
  const used = firstKnown(guest?.says.mac, host?.rxFilter?.says.mac, host?.qemu?.says.mac);
  if (configured.state !== 'known' || used.state !== 'known') return unknown;
  return known(configured.value === used.value ? 'fits' : 'differs', [used.at[0], configured.at[0]]);
}

export function readPortLearning(nic: Nic, kase: Case): Known<string> {
  const port = nic.host?.port;
  const { learning, flood, locked } = port?.says ?? {};
  const entries = thingsWith(kase, 'fdb', 'host', 'port', port?.id);
  const mac = valueIn(macOf(nic));
  const entry = entries.find(({ says }) => !valueIn(says.own) && valueIn(says.mac) === mac);
  if (entry) return known('open', entry.at);
  if (valueIn(learning) === true && valueIn(locked) !== true) return mapKnown(learning, () => 'open');
  // The port's own address stands in every listing: with it seen, an entry that is missing does not exist.
  const listed = entries.find(({ says }) => valueIn(says.own));
  if (!listed || mac === undefined) return unknown;
  if (locked?.state === 'known' && locked.value) return known('locked', [locked.at[0], listed.at[0]]);
  if (learning?.state !== 'known' || flood?.state !== 'known' || learning.value || flood.value)
    return unknown;
  return known('closed', [learning.at[0], listed.at[0]]);
}
