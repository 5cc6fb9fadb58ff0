import type { Row } from '../../model/line.ts';

/** One answer of `info virtio-...`: the NIC that its path names ('' when it has no id), and the rows below that path. */
export type VirtioBlock = { nic: string; path?: string; queue?: number; rows: Row[] };
