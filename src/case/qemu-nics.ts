import type { Case, Thing } from '../model/case.ts';
import { valueIn } from '../model/known.ts';
import { allThings } from './look-up.ts';

type QemuNic = Thing<'qemuNic'>;

/**
 * QEMU's NICs, each once: the monitor's outputs call it `net1`, a command line `VM/net1`. What the monitor shows
 * is newer than what QEMU was started with.
 */
export function qemuNicsOf(kase: Pick<Case, 'things'>): QemuNic[] {
  const all = allThings(kase, 'qemuNic', 'host');
  const started = all.filter(({ id }) => id.includes('/'));
  const shown = all.filter(({ id }) => !id.includes('/'));
  const left = new Set(started);
  const merged = shown.map((monitor) => {
    const same = started.filter((one) => isSame(monitor, one, started.length === 1 && shown.length === 1));
    const [only] = same;
    if (!only || same.length > 1) return monitor;
    left.delete(only);
    const configured = only.says.mac && { configuredMac: only.says.mac };
    return { ...monitor, says: { ...only.says, ...configured, ...monitor.says } };
  });
  return [
    ...merged.map(withMac),
    ...[...left].map((one) => ({ ...one, id: one.id.slice(one.id.indexOf('/') + 1) })),
  ];
}

/** `info network` shows the present MAC, `info qtree` the one that it was started with. */
function withMac(nic: QemuNic): QemuNic {
  const { mac, configuredMac } = nic.says;
  return mac?.state === 'known' || !configuredMac
    ? nic
    : { ...nic, says: { ...nic.says, mac: configuredMac } };
}

function isSame(monitor: QemuNic, started: QemuNic, areAlone: boolean): boolean {
  for (const key of ['tap', 'mac'] as const) {
    const [a, b] = [valueIn(monitor.says[key]), valueIn(started.says[key])];
    if (a !== undefined && b !== undefined) return a === b;
  }
  return areAlone || (monitor.id !== '' && started.id.endsWith(`/${monitor.id}`));
}
