import type { Case, Fact, Nic } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { allThings } from '../look-up.ts';

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
  const said = allThings(kase, 'message', 'guest').find(({ says }) => valueIn(says.code) === 'mac-not-found');
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
  return allThings(kase, 'interface', 'guest').some(
    ({ says }) => valueIn(says.mac) === mac || valueIn(says.permanentMac) === mac,
  );
}

/** All files that match by MAC name strangers, and none is named after the NIC: it is not set up. */
function readOtherFiles(nic: Nic, kase: Case): Known<string> {
  const bound = allThings(kase, 'interfaceFile', 'guest').filter(({ says }) => says.mac?.state === 'known');
  const [first] = bound;
  if (!first || nic.file || bound.some(({ says }) => hasMac(valueIn(says.mac), kase))) return unknown;
  const { mac } = first.says;
  const shown = nic.guest?.says.mac;
  return mac?.state === 'known' && shown?.state === 'known'
    ? known('not-found', [mac.at[0], shown.at[0]])
    : unknown;
}
