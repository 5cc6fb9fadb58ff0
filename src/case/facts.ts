import type { Fact } from '../model/case.ts';
import { announceFacts } from './facts/announce.ts';
import { answerFacts } from './facts/answers.ts';
import { bridgeFacts } from './facts/bridge.ts';
import { bridgePortFacts } from './facts/bridge-port.ts';
import { bsdBridgeFacts } from './facts/bsd-bridge.ts';
import { checksumFacts } from './facts/checksum.ts';
import { complaintFacts } from './facts/complaint.ts';
import { configVectorFacts } from './facts/config-vector.ts';
import { deviceFacts } from './facts/device.ts';
import { dhcpFacts } from './facts/dhcp.ts';
import { dhcpDaemonFacts } from './facts/dhcp-daemon.ts';
import { diskFacts } from './facts/disk.ts';
import { driverFacts } from './facts/driver.ts';
import { driverMessageFacts } from './facts/driver-message.ts';
import { duplicateFacts } from './facts/duplicate.ts';
import { filterFacts } from './facts/filter.ts';
import { frameFacts } from './facts/frames.ts';
import { guestNicsFacts } from './facts/guest-nics.ts';
import { hostFacts } from './facts/host.ts';
import { hostPathFacts } from './facts/host-path.ts';
import { hypervisorFacts } from './facts/hypervisor.ts';
import { kernelComplaintFacts } from './facts/kernel-complaints.ts';
import { logFacts } from './facts/log.ts';
import { lostFacts } from './facts/lost.ts';
import { macFileFacts } from './facts/mac-file.ts';
import { macFilterFacts } from './facts/mac-filter.ts';
import { machineFacts } from './facts/machine.ts';
import { moduleFacts } from './facts/module.ts';
import { msixTableFacts } from './facts/msix-table.ts';
import { mtuFacts } from './facts/mtu.ts';
import { namingFacts } from './facts/naming.ts';
import { nicFacts } from './facts/nic.ts';
import { nicUseFacts } from './facts/nic-use.ts';
import { offloadFacts } from './facts/offload.ts';
import { pfFacts } from './facts/pf.ts';
import { pfAnchorFacts } from './facts/pf-anchors.ts';
import { progressFacts } from './facts/progress.ts';
import { queueFacts } from './facts/queues.ts';
import { refusalFacts } from './facts/refusal.ts';
import { ringFacts } from './facts/ring.ts';
import { routedFacts } from './facts/routed.ts';
import { segmentFacts } from './facts/segment.ts';
import { switchFacts } from './facts/switch.ts';
import { taggingFacts } from './facts/tagging.ts';
import { upstreamFacts } from './facts/upstream.ts';
import { vlanFacts } from './facts/vlan.ts';
import { vlanPathFacts } from './facts/vlan-path.ts';
import { vmFacts } from './facts/vm.ts';
import { wireFacts } from './facts/wire.ts';

/** Every question a rule may ask, with its closed list of answers. */
export const facts: ReadonlyMap<string, Fact> = new Map(
  [
    ...nicFacts,
    ...nicUseFacts,
    ...namingFacts,
    ...progressFacts,
    ...deviceFacts,
    ...configVectorFacts,
    ...msixTableFacts,
    ...ringFacts,
    ...driverMessageFacts,
    ...driverFacts,
    ...hostFacts,
    ...bridgePortFacts,
    ...hostPathFacts,
    ...bridgeFacts,
    ...bsdBridgeFacts,
    ...vlanPathFacts,
    ...dhcpDaemonFacts,
    ...upstreamFacts,
    ...pfFacts,
    ...pfAnchorFacts,
    ...vmFacts,
    ...hypervisorFacts,
    ...refusalFacts,
    ...macFileFacts,
    ...switchFacts,
    ...vlanFacts,
    ...taggingFacts,
    ...segmentFacts,
    ...routedFacts,
    ...wireFacts,
    ...lostFacts,
    ...answerFacts,
    ...announceFacts,
    ...checksumFacts,
    ...dhcpFacts,
    ...duplicateFacts,
    ...filterFacts,
    ...macFilterFacts,
    ...frameFacts,
    ...mtuFacts,
    ...logFacts,
    ...kernelComplaintFacts,
    ...guestNicsFacts,
    ...offloadFacts,
    ...queueFacts,
    ...moduleFacts,
    ...diskFacts,
    ...machineFacts,
    ...complaintFacts,
  ].map((fact) => [fact.name, fact]),
);
