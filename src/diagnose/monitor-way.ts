import type { Through } from '../model/collection.ts';
import type { Survey } from '../model/survey.ts';

export type MonitorWay = { readonly through: Through; readonly disturbs?: string };

/**
 * How to get a line into the monitor of a VM's QEMU. Sources: PVE/CLI/qm.pm; virsh(1) qemu-monitor-command;
 * libvirt src/qemu/qemu_driver.c, qemuDomainQemuMonitorCommand (VIR_DOMAIN_TAINT_CUSTOM_MONITOR), taken back in
 * qemu_process.c, qemuProcessStop.
 */
export function monitorWay(
  { hypervisors }: Survey,
  vm: string | undefined,
  socket: string | undefined,
): MonitorWay | undefined {
  if (socket !== undefined) return { through: { by: 'socket', argv: [socket] } };
  if (vm === undefined) return undefined;
  if (hypervisors.includes('proxmox'))
    return /^\d{3,9}$/.test(vm) ? { through: { by: 'typing', argv: ['qm', 'monitor', vm] } } : undefined;
  if (!hypervisors.includes('libvirt')) return undefined;
  return {
    through: { by: 'argument', argv: ['virsh', 'qemu-monitor-command', vm, '--hmp'] },
    disturbs:
      'libvirt marks a VM as tainted (custom-monitor) once its monitor was spoken to, until that VM is shut off',
  };
}
