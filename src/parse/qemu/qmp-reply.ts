import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import { sayVmStatus } from './info-status.ts';
import { offered } from './info-virtio-status.ts';
import { nicOfPath, pathIn } from './monitor-command.ts';
import { type Fields, fieldsOf, type QmpDocument, rowOf } from './qmp-document.ts';
import { readRxFilters } from './query-rx-filter.ts';

/** Says what an answer tells; false when it answers a question that is not ours. `asked`: the question, if it was seen. */
export function readReply(document: QmpDocument, asked: string, notes: Notes): boolean {
  const whole = fieldsOf(document.value);
  const reply = whole && 'return' in whole ? whole.return : document.value;
  if (Array.isArray(reply)) return readRxFilters(document, reply, notes) || readPaths(document, reply, notes);
  const fields = fieldsOf(reply);
  if (!fields) return false;
  if ('event' in fields || 'error' in fields || Object.keys(fields).length === 0) return true;
  const path = pathIn(asked);
  const nic = path ? nicOfPath(path.path) : '';
  if ('guest-features' in fields) readStatus(document, fields, nic, path?.path, notes);
  else if ('queue-index' in fields) readQueue(document, fields, nic, path?.path, notes);
  else if ('avail' in fields && 'used' in fields) readElement(document, fields, nic, path?.queue, notes);
  else return readVersionOrStatus(document, fields, notes);
  return true;
}

function readVersionOrStatus(document: QmpDocument, fields: Fields, notes: Notes): boolean {
  const version = fieldsOf(fieldsOf(fieldsOf(fields.QMP)?.version)?.qemu) ?? fieldsOf(fields.qemu);
  if (version) {
    const numbers = [version.major, version.minor, version.micro].map(numberOf);
    if (numbers.includes(undefined)) return false;
    notes.say('system', '', { qemu: numbers.join('.') }, rowOf(document, 'qemu'));
    return true;
  }
  if (typeof fields.status !== 'string' || typeof fields.running !== 'boolean') return false;
  sayVmStatus(fields.status, rowOf(document, 'status'), notes);
  return true;
}

/** x-query-virtio: the list of devices. */
function readPaths(document: QmpDocument, items: readonly unknown[], notes: Notes): boolean {
  for (const [nth, item] of items.entries()) {
    const fields = fieldsOf(item);
    if (typeof fields?.path !== 'string' || typeof fields.name !== 'string') return false;
    const nic = nicOfPath(fields.path);
    if (fields.name === 'virtio-net' && nic)
      notes.say('qemuNic', nic, { path: fields.path }, rowOf(document, 'path', nth));
  }
  return true;
}

function readStatus(
  document: QmpDocument,
  fields: Fields,
  nic: string,
  path: string | undefined,
  notes: Notes,
): void {
  if (fields.name !== undefined && fields.name !== 'virtio-net') return;
  const say = (key: string, says: object) => notes.say('qemuNic', nic, says, rowOf(document, key));
  if (path !== undefined) say('name', { path });
  if ('vhost-dev' in fields) say('vhost-dev', { vhost: true });
  if (typeof fields['vhost-started'] === 'boolean')
    say('vhost-started', { vhostStarted: fields['vhost-started'] });
  if (typeof fields.started === 'boolean') say('started', { started: fields.started });
  if (typeof fields.broken === 'boolean') say('broken', { broken: fields.broken });
  if (typeof fields['vm-running'] === 'boolean') say('vm-running', { vmRunning: fields['vm-running'] });
  if (numberOf(fields.isr) !== undefined) say('isr', { isr: fields.isr });
  const statuses = wordsOf(fieldsOf(fields.status)?.statuses);
  if (statuses) say('statuses', { status: statuses.map((word) => word.replace(/^VIRTIO_CONFIG_S_/, '')) });
  const guest = featuresOf(fields['guest-features']);
  if (guest) say('guest-features', { features: guest });
  const host = featuresOf(fields['host-features']);
  if (host) say('host-features', { hostFeatures: offered(host) });
}

function featuresOf(value: unknown): string[] | undefined {
  const fields = fieldsOf(value);
  const transports = wordsOf(fields?.transports);
  // Absent where no device feature was taken.
  const device = wordsOf(fields?.['dev-features'] ?? []);
  return transports && device && [...transports, ...device];
}

/** `VIRTIO_NET_F_STATUS: Configuration status field available` without its explanation. */
function wordsOf(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((word) => typeof word === 'string').map((word: string) => word.replace(/:.*$/s, ''));
}

function readQueue(
  document: QmpDocument,
  fields: Fields,
  nic: string,
  path: string | undefined,
  notes: Notes,
): void {
  const index = numberOf(fields['queue-index']);
  if (index === undefined || (fields.name !== undefined && fields.name !== 'virtio-net')) return;
  if (nic !== '') notes.say('qemuNic', nic, { path }, rowOf(document, 'name'));
  const id = `${nic} ${index}`;
  const say = (key: string, says: object) => notes.say('queue', id, says, rowOf(document, key));
  say('queue-index', { nic, index });
  const counted = {
    inuse: 'in-use',
    'used-idx': 'used',
    'signalled-used': 'signalled',
    'last-avail-idx': 'fetched',
    'shadow-avail-idx': 'offered',
  };
  for (const [key, counts] of Object.entries(counted)) {
    const value = numberOf(fields[key]);
    if (value !== undefined)
      notes.say('counter', `${id} ${counts}`, { of: id, counts, value }, rowOf(document, key));
  }
  const told = { 'vring-num': 'size', 'vring-avail': 'availAt', 'vring-used': 'usedAt' };
  for (const [key, property] of Object.entries(told)) {
    const value = numberOf(fields[key]);
    if (value !== undefined) say(key, { [property]: value });
  }
  // Without its shadow index the ring is run by vhost, and the numbers above are not the real ones.
  if ('shadow-avail-idx' in fields) say('shadow-avail-idx', { vhost: false });
  else if (fields['signalled-used-valid'] === false && fields['last-avail-idx'] === 0)
    say('signalled-used-valid', { vhost: true });
}

function readElement(
  document: QmpDocument,
  fields: Fields,
  nic: string,
  index: number | undefined,
  notes: Notes,
): void {
  if (index === undefined || (fields.name !== undefined && fields.name !== 'virtio-net')) return;
  const id = `${nic} ${index}`;
  const say = (key: string, value: unknown, counts: string) => {
    const row: Row = rowOf(document, key);
    notes.say('queue', id, { nic, index }, row);
    notes.say('counter', `${id} ${counts}`, { of: id, counts, value: numberOf(value) }, row);
  };
  say('avail', fieldsOf(fields.avail)?.idx, 'ring-offered');
  say('used', fieldsOf(fields.used)?.idx, 'ring-used');
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}
