import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { allThings } from '../look-up.ts';
import { macOf } from '../nic-mac.ts';

/** What the host's filters and the bridge port let pass of a NIC. */
export const filterFacts: readonly Fact[] = [
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
    read: readPort,
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
  {
    name: 'host.filter',
    asks: "Do the host's packet filters drop packets of {nic}?",
    words: {
      'drops-nic': 'a rule that names the port of {nic} has dropped packets',
      'drops-forwarded': 'the policy for forwarded packets is to drop, and it has dropped some',
      'policy-drop': 'the policy for forwarded packets is to drop',
    },
    read: readFilter,
  },
  {
    name: 'nic.filter',
    asks: "Does the guest's own packet filter drop what comes in on {nic}?",
    words: {
      drops: "a rule of the guest's packet filter for {nic}, or its policy, has dropped packets",
      'policy-drop': "the policy of the guest's packet filter is to drop what comes in",
    },
    read: readGuestFilter,
  },
];

type Rule = Thing<'filterRule'>;

function portsOf(nic: Nic): string[] {
  const { tapName, portName } = nic.host ?? {};
  return [tapName, portName].filter((name) => name !== undefined);
}

function rulesOf(nic: Nic, kase: Case): Rule[] {
  const ports = portsOf(nic);
  return allThings(kase, 'filterRule', 'host').filter(({ says }) =>
    ports.includes(valueIn(says.interface) ?? ''),
  );
}

/** A rule that was never hit says nothing against the NIC; one without counters does, if the MAC is another. */
function readMacFilter(nic: Nic, kase: Case): Known<string> {
  const guards = rulesOf(nic, kase).filter(({ says }) => says.onlyFrom?.state === 'known');
  const mac = macOf(nic);
  const refusing = guards.find(
    ({ says }) =>
      mac.state === 'known' && valueIn(says.onlyFrom) !== mac.value && valueIn(says.packets) !== 0,
  );
  if (refusing && mac.state === 'known') return known('refuses', [refusing.at[0], mac.at[0]]);
  const dropping = guards.find(({ says }) => (valueIn(says.packets) ?? 0) > 0);
  if (dropping) return known('drops', dropping.at);
  if (guards[0]) return known('passes', guards[0].at);
  return mapKnown(nic.host?.vmNic?.says.macGuard, (guarded) => (guarded ? 'guarded' : undefined));
}

/** Against the configuration, or what QEMU was started with; `info network` of QEMU shows the MAC that the guest set. */
function readMacFit({ guest, host }: Nic): Known<string> {
  const configured = firstKnown(host?.vmNic?.says.mac, host?.qemu?.says.configuredMac);
  const used = firstKnown(guest?.says.mac, host?.rxFilter?.says.mac, host?.qemu?.says.mac);
  if (configured.state !== 'known' || used.state !== 'known') return unknown;
  return known(configured.value === used.value ? 'fits' : 'differs', [used.at[0], configured.at[0]]);
}

function readPort(nic: Nic, kase: Case): Known<string> {
  const port = nic.host?.port;
  const { learning, flood, locked } = port?.says ?? {};
  const entries = allThings(kase, 'fdb', 'host').filter(({ says }) => valueIn(says.port) === port?.id);
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

/** Counters of rules that drop are seldom 0 on a host; what counts is a rule that names the port, or the policy for all. */
function readFilter(nic: Nic, kase: Case): Known<string> {
  const own = rulesOf(nic, kase).find(
    ({ says }) => valueIn(says.action) === 'drop' && (valueIn(says.packets) ?? 0) > 0 && !says.onlyFrom,
  );
  if (own) return known('drops-nic', own.at);
  const policy = allThings(kase, 'filterRule', 'host').find(
    ({ says }) => valueIn(says.action) === 'policy-drop' && valueIn(says.chain) === 'FORWARD',
  );
  if (!policy) return unknown;
  return known((valueIn(policy.says.packets) ?? 0) > 0 ? 'drops-forwarded' : 'policy-drop', policy.at);
}

function readGuestFilter(nic: Nic, kase: Case): Known<string> {
  const rules = allThings(kase, 'filterRule', 'guest').filter(({ says }) => valueIn(says.chain) === 'INPUT');
  const dropping = rules.find(
    ({ says }) =>
      (valueIn(says.packets) ?? 0) > 0 &&
      /drop$/.test(valueIn(says.action) ?? '') &&
      (valueIn(says.interface) ?? nic.name) === nic.name,
  );
  if (dropping) return known('drops', dropping.at);
  const policy = rules.find(({ says }) => valueIn(says.action) === 'policy-drop');
  return policy ? known('policy-drop', policy.at) : unknown;
}
