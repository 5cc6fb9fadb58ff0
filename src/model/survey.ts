import type { Section } from './bundle.ts';
import type { Os } from './words.ts';

/** What a machine is, as a first look tells. */
export type Survey = {
  /** Undefined: none that we know. */
  readonly os?: Os;
  readonly release?: string;
  readonly isRoot: boolean;
  /** It has a virtio NIC, or its firmware says that a hypervisor made it. */
  readonly isGuest: boolean;
  /** What runs VMs on it. */
  readonly hypervisors: readonly Hypervisor[];
  readonly vms: readonly Vm[];
  /** Kernel modules that are there, of those that a command may load. */
  readonly modules: readonly string[];
  readonly hasOpenVswitch: boolean;
  /** The outputs it rests on: evidence like any other. */
  readonly sections: readonly Section[];
};

export type Hypervisor = 'proxmox' | 'libvirt' | 'qemu' | 'vmd' | 'bhyve';

export type Vm = { readonly id: string; readonly name: string; readonly isRunning: boolean };
