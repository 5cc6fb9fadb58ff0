import type { Capture } from '../../model/capture.ts';
import { interfaceIn } from '../capture/tcpdump.ts';

/** Names that kernels and hypervisors give to interfaces; `tap` alone for the only one there is. */
const NAME =
  /(?<=^|[-_.])(?:tap\d{1,9}i\d{1,2}|fw(?:pr|ln|br)\d{1,9}[pi]\d{1,2}|(?:vnet|vmbr|virbr|veb|bridge|tap|vio|vtnet|vioif|eth|vport|vether|pflog)\d{1,5}|en[ospx][a-z\d]{1,12}|tap)(?=$|[-_.])/g;

/** A pcap file does not tell where it was taken: the command does, or what its file is called (`tap107i1.pcap`). */
export function nameOfCapture({ name, argv }: Capture): string | undefined {
  const commanded = argv && interfaceIn(argv.join(' '));
  if (commanded !== undefined) return commanded;
  const file = name.slice(name.lastIndexOf('/') + 1).replace(/\.(?:pcap|pcapng|cap|dmp)\b.{0,40}$/, '');
  return file.match(NAME)?.at(-1);
}
