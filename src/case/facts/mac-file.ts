import type { Case, Fact, Nic } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { allThings, thingsWith } from '../look-up.ts';
import { oncePerCase } from '../once-per-case.ts';

/** Whether the guest's network configuration finds its NICs by the MACs that it names. */
export const macFileFacts: readonly Fact[] = [
  {
    name: 'nic.mac-file',
    asks: "Does the guest's network configuration name the MAC of {nic}?",
    words: {
      found: "the guest's network configuration names the MAC of {nic}",
      'not-found': "the guest's network configuration is bound to a MAC that no NIC of the guest has",
      'said-missing': 'the guest says that no NIC has the MAC which its configuration names',
    },
    read: readMacFile,
  },
];

/** cloud-init says so itself; else the file that sets the NIC up names another MAC than the listing shows. */
function readMacFile(nic: Nic, kase: Case): Known<string> {
  const [said] = thingsWith(kase, 'message', 'guest', 'code', 'mac-not-found');
  if (said && !hasMac(valueIn(said.says.device), kase)) return known('said-missing', said.at);
  const shown = nic.guest?.says.mac;
  const wanted = nic.file?.says.mac;
  if (shown?.state !== 'known') return unknown;
  if (wanted?.state === 'known' && wanted.value === shown.value)
    return known('found', [wanted.at[0], shown.at[0]]);
  if (wanted?.state === 'known' && !hasMac(wanted.value, kase))
    return known('not-found', [...wanted.at, shown.at[0]]);
  return readOtherFiles(nic, kase);
}

function hasMac(mac: string | undefined, kase: Case): boolean {
  const shown = thingsWith(kase, 'interface', 'guest', 'mac', mac);
  return shown.length > 0 || thingsWith(kase, 'interface', 'guest', 'permanentMac', mac).length > 0;
}

/** All files that match by MAC name strangers, and none is named after the NIC: it is not set up. */
function readOtherFiles(nic: Nic, kase: Case): Known<string> {
  const first = firstOfStrangers(kase);
  if (!first || nic.file) return unknown;
  const { mac } = first.says;
  const shown = nic.guest?.says.mac;
  return mac?.state === 'known' && shown?.state === 'known'
    ? known('not-found', [mac.at[0], shown.at[0]])
    : unknown;
}

const firstOfStrangers = oncePerCase((kase: Case) => {
  const bound = allThings(kase, 'interfaceFile', 'guest').filter(({ says }) => says.mac?.state === 'known');
  return bound.some(({ says }) => hasMac(valueIn(says.mac), kase)) ? undefined : bound[0];
});
