export type Os = 'openbsd' | 'freebsd' | 'netbsd' | 'dragonfly' | 'linux' | 'windows';

/** What a person may answer to "what do you see?". */
export const complaints = [
  'no-link',
  'no-traffic',
  'stalls',
  'slow',
  'some-traffic',
  'no-address',
  'nic-missing',
  'flaps',
  'none',
] as const;
export type Complaint = (typeof complaints)[number];

/** MSI-X per virtqueue, MSI-X shared by all queues, MSI-X of a multiqueue driver, one MSI, or a wired line. */
export type InterruptMode = 'msix-per-vq' | 'msix-shared' | 'msix' | 'msi' | 'intx';
