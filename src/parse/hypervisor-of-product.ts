import type { Things } from '../model/sighting.ts';

export type Hypervisor = NonNullable<Things['system']['hypervisor']>;

/** What firmware calls a machine that a hypervisor emulates (SMBIOS vendor and product). */
const PRODUCTS: readonly (readonly [RegExp, Hypervisor])[] = [
  [/^OpenBSD VMM/, 'vmd'],
  [/^QEMU /, 'qemu'],
  [/\bBHYVE\b/i, 'bhyve'],
  [/Apple Virtualization/, 'apple'],
  [/VirtualBox/, 'virtualbox'],
  [/^VMware/, 'vmware'],
  [/^Microsoft Corporation Virtual Machine/, 'hyper-v'],
  [/^Xen HVM domU/, 'xen'],
  [/KVM/, 'kvm'],
];

export function hypervisorOfProduct(product: string): Hypervisor | undefined {
  return PRODUCTS.find(([shape]) => shape.test(product))?.[1];
}
