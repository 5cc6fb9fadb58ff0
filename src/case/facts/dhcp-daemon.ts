import type { Case, Fact, Nic } from '../../model/case.ts';
import { type Known, known, mapKnown, valueIn } from '../../model/known.ts';
import { allThings, findThing } from '../look-up.ts';

/** Whether dhcpd(8) of an OpenBSD host serves the network of its guests. */
export const dhcpDaemonFacts: readonly Fact[] = [
  {
    name: 'host.dhcp-daemon',
    asks: 'Does dhcpd on the host serve the network of {nic}?',
    words: {
      serves: 'dhcpd on the host listens in the network of {nic}',
      'no-address': 'dhcpd cannot listen on an interface without an address: a bridge never has one',
      'no-subnet': 'dhcpd.conf has no subnet for the interface',
      'wrong-rdomain': 'dhcpd runs in another routing domain than the interface',
      'no-free-lease': 'dhcpd has no free lease left',
      'other-interface': 'dhcpd was told to listen on other interfaces than the one in the bridge of {nic}',
      stopped: 'dhcpd does not run',
      'range-exceeded':
        'vmd has no address left for a local interface: the number of the VM, or of its interface, is too high',
    },
    read: readDaemon,
  },
];

const REFUSALS: readonly [string, string][] = [
  ['dhcpd-no-address', 'no-address'],
  ['dhcpd-no-subnet', 'no-subnet'],
  ['dhcpd-wrong-rdomain', 'wrong-rdomain'],
  ['dhcpd-no-free-lease', 'no-free-lease'],
  ['dhcpd-not-listening', 'stopped'],
  ['address-range-exceeded', 'range-exceeded'],
];

/** Its log says what it could not do; without a log, its flags and whether it runs. */
function readDaemon(nic: Nic, kase: Case): Known<string> {
  const gateway = nic.host?.gatewayName;
  const messages = allThings(kase, 'message', 'host');
  const listening = messages.find(
    ({ says }) => valueIn(says.code) === 'dhcpd-listening' && isOurs(valueIn(says.device), nic),
  );
  const isShort = messages.some(({ says }) => valueIn(says.code) === 'dhcpd-no-free-lease');
  if (listening && !isShort) return known('serves', listening.at);
  for (const [code, word] of REFUSALS) {
    const said = messages.find(
      ({ says }) => valueIn(says.code) === code && (isOurs(valueIn(says.device), nic) || WIDE.has(code)),
    );
    if (said) return known(word, said.at);
  }
  const service = findThing(kase, 'host', 'service', 'dhcpd')?.says;
  const stopped = service?.running ?? service?.enabled;
  if (stopped?.state === 'known' && !stopped.value) return known('stopped', stopped.at);
  return mapKnown(service?.flags, (flags) => {
    const names = flags.split(/\s+/).filter((word) => /^[a-z]+\d+$/.test(word));
    return gateway !== undefined && names.length > 0 && !names.includes(gateway)
      ? 'other-interface'
      : undefined;
  });
}

/** These name a network, or nothing. */
const WIDE = new Set(['dhcpd-no-free-lease', 'dhcpd-not-listening', 'address-range-exceeded']);

function isOurs(device: string | undefined, { host }: Nic): boolean {
  return (
    device !== undefined &&
    [host?.gatewayName, host?.bridgeName, host?.uplinkName, host?.tapName].includes(device)
  );
}
