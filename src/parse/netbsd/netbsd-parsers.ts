import type { Parser } from '../../model/sample.ts';
import { netbsdDmesg } from './dmesg.ts';
import { netbsdIfconfig } from './ifconfig.ts';
import { netbsdIfconfigFile } from './ifconfig-file.ts';
import { netbsdInterruptCounts } from './interrupt-counts.ts';
import { pcictl } from './pcictl.ts';
import { netbsdVersion } from './version.ts';

/** Every output of NetBSD that can be read. Some messages of virtio(4) begin OpenBSD's dmesg too, which comes before. */
export const netbsdParsers: readonly Parser[] = [
  netbsdDmesg,
  netbsdIfconfig,
  netbsdIfconfigFile,
  netbsdInterruptCounts,
  pcictl,
  netbsdVersion,
];
