import type { Fact } from '../model/case.ts';
import { complaintFacts } from './facts/complaint.ts';
import { deviceFacts } from './facts/device.ts';
import { driverFacts } from './facts/driver.ts';
import { hostFacts } from './facts/host.ts';
import { machineFacts } from './facts/machine.ts';
import { nicFacts } from './facts/nic.ts';
import { progressFacts } from './facts/progress.ts';
import { vlanFacts } from './facts/vlan.ts';
import { wireFacts } from './facts/wire.ts';

/** Every question a rule may ask, with its closed list of answers. */
export const facts: ReadonlyMap<string, Fact> = new Map(
  [
    ...nicFacts,
    ...progressFacts,
    ...deviceFacts,
    ...driverFacts,
    ...hostFacts,
    ...vlanFacts,
    ...wireFacts,
    ...machineFacts,
    ...complaintFacts,
  ].map((fact) => [fact.name, fact]),
);
