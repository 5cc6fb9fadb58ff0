// Reads: `info network`: each NIC with the backend it is plugged into, one pair of rows per queue; hubs with their ports.
// Printed by: QEMU net/net.c print_net_client(), hmp_info_network() and net/hub.c net_hub_info(), 1.2 to 10;
// fixtures/outputs/qemu-7.2/info-network*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { monitorCommand } from './monitor-command.ts';

const CLIENT =
  /^\s{0,4}(\\ ?)?(?:([\w.#-]{1,80}): )?([\w.#-]{1,80}): index=(\d{1,5}),type=([\w-]{1,30}),(.*)$/;
const HUB = /^hub (\d{1,5})$/;
const REST = /^\s{0,4}(?:\\ ?[\w.#-]{1,80}$|[\w.#-]{1,80}: filters:$|- [\w.#-]{1,80}: type=)/;

export const infoNetwork: Parser = {
  kind: 'qemu/info-network',
  title: 'QEMU info network',
  side: 'host',
  commands: monitorCommand('info network\\b'),
  begins: /^\s{0,4}(?:\\ ?)?[\w.#-]{1,80}: (?:[\w.#-]{1,80}: )?index=\d{1,5},type=[\w-]{1,30},/,
  continues: /^\s{0,4}(?:\\ ?[\w.#-]{1,80}|hub \d{1,5}|[\w.#-]{1,80}: filters:|- [\w.#-]{1,80}: type=.*)$/,
  read: readInfoNetwork,
};

type Client = { name: string; type: string; info: string; row: Row };

function readInfoNetwork(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let nic = '';
  let hub: Client[] = [];
  for (const row of rows) {
    const [, isPeer, port, name = '', , type = '', info = ''] = CLIENT.exec(row.text) ?? [];
    if (name === '') {
      if (HUB.test(row.text)) hub = endHub(hub, notes);
      else if (!REST.test(row.text)) notes.missed(row);
      continue;
    }
    const client = { name, type, info, row };
    if (port !== undefined) hub.push(client);
    else if (isPeer === undefined) nic = type === 'nic' ? name : '';
    if (type === 'nic') sayNic(client, notes);
    else if (isPeer !== undefined && port === undefined && nic !== '') sayBackend(nic, client, notes);
  }
  endHub(hub, notes);
  return notes.done();
}

/** Only the first queue of a NIC repeats its model and MAC. */
function sayNic({ name, info, row }: Client, notes: Notes): void {
  const model = /\bmodel=([\w.-]{1,60})/.exec(info)?.[1];
  const mac = /\bmacaddr=((?:[0-9a-f]{2}:){5}[0-9a-f]{2})/i.exec(info)?.[1]?.toLowerCase();
  if (model !== undefined || mac !== undefined) notes.say('qemuNic', name, { model, mac }, row);
}

function sayBackend(nic: string, { type, info, row }: Client, notes: Notes): void {
  const tap = type === 'tap' ? /\bifname=([^,\s]{1,40})/.exec(info)?.[1] : undefined;
  notes.say('qemuNic', nic, { backend: type, tap }, row);
}

/** A hub with one NIC and one backend is no more than a cable between them. */
function endHub(hub: readonly Client[], notes: Notes): Client[] {
  const [nic, ...moreNics] = hub.filter(({ type }) => type === 'nic');
  const [backend, ...moreBackends] = hub.filter(({ type }) => type !== 'nic');
  if (nic && backend && moreNics.length + moreBackends.length === 0) sayBackend(nic.name, backend, notes);
  return [];
}
