import type { Things } from '../model/sighting.ts';

const PRODUCTS: readonly (readonly [RegExp, Things['system']['hypervisor']])[] = [
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

/** Which hypervisor puts this name into the firmware's tables (SMBIOS). */
export function hypervisorOfProduct(product: string): Things['system']['hypervisor'] | undefined {
  return PRODUCTS.find(([shape]) => shape.test(product))?.[1];
}
