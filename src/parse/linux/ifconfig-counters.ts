// Reads: the counters of Linux's ifconfig, old form (`RX packets:6 errors:0 dropped:0`) and new (`RX packets 6  bytes 476`), in any language.
// Printed by: net-tools lib/interface.c. In every translation the order of the numbers is the same.
// Fixtures: fixtures/outputs/linux-2.6/ifconfig-*.txt, linux-6.1/ifconfig.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';

/** packets, errors, dropped, overruns, frame or carrier. */
const OLD =
  /^\s{2,20}(?:RX|TX|\S{3,12}[ -](?:RX|TX|reçus|transmis)|RX-Pakete|TX-Pakete)[^\d:]{0,14}:(\d{1,20}) [^\d:]{0,14}:(\d{1,20}) [^\d:]{0,14}:(\d{1,20}) [^\d:]{0,14}:(\d{1,20}) [^\d:]{0,14}:(\d{1,20})$/;
const BYTES =
  /^\s{2,20}(?:RX|TX|\S{3,12}[ -](?:RX|TX|reçus|transmis))[^\d:]{0,14}:\d{1,20} {1,2}\(.{1,20}\)(?:\s{1,4}(?:TX|\S{3,12})[^\d:]{0,14}:\d{1,20} {1,2}\(.{1,20}\))?$/;
const NEW_PACKETS = /^\s{2,12}(RX|TX) packets (\d{1,20}) {1,2}bytes (\d{1,20})(?: \(.{1,20}\))?$/;
const NEW_ERRORS = /^\s{2,12}(RX|TX) errors (\d{1,20}) {1,2}dropped (\d{1,20}) {1,2}\S.{0,80}$/;

export function readIfconfigCounters(name: string, row: Row, notes: Notes): boolean {
  const say = (counts: string, value: string | undefined) => {
    if (value !== undefined)
      notes.say('counter', `${name} ${counts}`, { of: name, counts, value: Number(value) }, row);
  };
  const [, direction = '', packets, bytes] = NEW_PACKETS.exec(row.text) ?? [];
  if (packets !== undefined) {
    say(`${direction.toLowerCase()}-packets`, packets);
    say(`${direction.toLowerCase()}-bytes`, bytes);
    return true;
  }
  const [, way = '', errors, dropped] = NEW_ERRORS.exec(row.text) ?? [];
  if (errors !== undefined) {
    say(`${way.toLowerCase()}-errors`, errors);
    say(`${way.toLowerCase()}-drops`, dropped);
    return true;
  }
  const old = OLD.exec(row.text);
  if (!old) return BYTES.test(row.text);
  const side = /\bTX|transmis/.test(row.text) ? 'tx' : 'rx';
  say(`${side}-packets`, old[1]);
  say(`${side}-errors`, old[2]);
  say(`${side}-drops`, old[3]);
  return true;
}
