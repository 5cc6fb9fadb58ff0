// Reads: ethtool's answers, several in one text: the settings of a NIC, -k, -K (also its refusals), -i, -l, -g and -S.
// Printed by: ethtool.c, netlink/*.c (6.1 captured; `Offload parameters` and rows without [fixed] by 2.6 and older).
// Fixtures: fixtures/outputs/linux-2.6/ethtool-*.txt, linux-6.1/ethtool-*.txt, linux-6.12/ethtool-*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { emptyFeatures, type Features, readFeature, sayFeatures } from './ethtool-features.ts';
import { emptyStatistics, readStatistic, type Statistics, sayStatistics } from './ethtool-statistics.ts';

const TITLE =
  /^(Features|Offload parameters|Settings|Ring parameters|Channel parameters|Coalesce parameters|Pause parameters|RX flow hash indirection table|Permanent address) (?:for|of) ([\w.@-]{1,15})(?:.{0,60}):?$/;
const DRIVER = /^driver: {0,2}(\S{0,30})$/;
const STATISTICS = /^(?:NIC statistics|Standard stats for [\w.@-]{1,15}|eth-(?:phy|mac|ctrl) stats):$/;
const CHANGES = /^Actual changes:$/;
const REFUSED =
  /^(?:Cannot (?:change|get|set) ([a-z][\w -]{2,60})|Could not change any device features|netlink error: .{1,200}|Cannot get .{1,80}|ethtool: .{1,120})$/;
const SPEED = /^\s{0,8}(?:Speed|Duplex|Link detected|Supported ports): /;
const ABOUT =
  /^(?:version|firmware-version|expansion-rom-version|bus-info|supports-(?:statistics|test|eeprom-access|register-dump|priv-flags)): {0,2}.{0,80}$/;
const SETTING = /^\s{0,8}[A-Z][A-Za-z0-9 /_-]{1,40}:(?:\s.{0,300})?$/;
const FEATURE =
  /^\s{0,8}[a-z][a-z0-9_-]{1,40}(?: [a-z-]{1,20}){0,3}: (?:on|off)(?: \[[a-z ]{1,30}\]| \(.{1,60}\))?$/;
const NUMBER = /^\s{1,12}[\w.[\]: -]{1,60}: -?\d{1,20}$/;
const MODES = /^\s{8,60}\d{2,6}base\S{1,30}(?: \d{2,6}base\S{1,30}){0,3}\s{0,3}$/;

export const ethtool: Parser = {
  kind: 'linux/ethtool',
  title: 'Linux ethtool',
  commands: /^(?:\/(?:usr\/)?s?bin\/)?ethtool\b/,
  begins: new RegExp([TITLE, DRIVER, STATISTICS, CHANGES, REFUSED].map(({ source }) => source).join('|')),
  continues: new RegExp(
    [ABOUT, SETTING, FEATURE, NUMBER, MODES, SPEED].map(({ source }) => source).join('|'),
  ),
  top: new RegExp([DRIVER, STATISTICS, /^Channel parameters for /].map(({ source }) => source).join('|')),
  read: readEthtool,
};

type Section = 'settings' | 'features' | 'channels' | 'about' | 'statistics' | 'changes' | 'other';

type Place = {
  section: Section;
  name: string;
  driver?: string;
  isCurrent: boolean;
  features: Features;
  statistics: Statistics;
};

function readEthtool(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const name = nameIn(command);
  let place = placeAt('other', name);
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  let isHost = false;
  for (const row of rows) {
    const opened = openSection(row, place, name, notes);
    if (opened) {
      finish(place, notes);
      place = opened;
    } else if (!readRow(row, place, notes)) notes.missed(row);
    isHost ||= /^(?:tap\d|vnet\d|vmbr\d|virbr\d|fw(?:br|ln|pr)\d)/.test(place.name) || place.driver === 'tun';
  }
  finish(place, notes);
  return notes.done(isHost ? 'host' : place.driver === 'virtio_net' ? 'guest' : undefined);
}

function placeAt(section: Section, name: string): Place {
  return { section, name, isCurrent: false, features: emptyFeatures(), statistics: emptyStatistics() };
}

const SECTIONS: Readonly<Record<string, Section>> = {
  Features: 'features',
  'Offload parameters': 'features',
  Settings: 'settings',
  'Channel parameters': 'channels',
};

function openSection(row: Row, place: Place, named: string, notes: Notes): Place | undefined {
  const [, title = '', name] = TITLE.exec(row.text) ?? [];
  if (name !== undefined) return placeAt(SECTIONS[title] ?? 'other', name);
  const driver = DRIVER.exec(row.text)?.[1];
  // `-i` and `-S` do not print the name: it stands in the command, or in the answer above.
  const known = named || place.name;
  if (driver !== undefined) {
    if (known !== '') notes.say('interface', known, { driver }, row);
    return { ...placeAt('about', known), driver };
  }
  if (STATISTICS.test(row.text)) return placeAt('statistics', known);
  return CHANGES.test(row.text) ? placeAt('changes', known) : undefined;
}

function readRow(row: Row, place: Place, notes: Notes): boolean {
  if (REFUSED.test(row.text)) {
    refuse(row, place, notes);
    return true;
  }
  switch (place.section) {
    case 'features':
      return readFeature(row, place.features);
    case 'changes':
      if (/\[requested o(?:n|ff)\]/.test(row.text)) refuse(row, place, notes);
      return FEATURE.test(row.text);
    case 'statistics':
      return readStatistic(row, place.statistics);
    case 'channels':
      return readChannel(row, place, notes);
    case 'about':
      return readAbout(row, place, notes);
    case 'settings':
      return readSetting(row, place, notes);
    default:
      return SETTING.test(row.text) || NUMBER.test(row.text) || FEATURE.test(row.text);
  }
}

/** virtio_net cannot switch receive checksums off, and nothing at all that the host did not offer. */
function refuse(row: Row, place: Place, notes: Notes): void {
  if (!/change|requested/.test(row.text)) return;
  const says = { code: 'offload-fixed', device: place.name, text: row.text.trim() };
  notes.say('message', `offload-fixed ${place.name}`, says, row);
}

function readAbout(row: Row, place: Place, notes: Notes): boolean {
  const bus = /^bus-info: (?:[\da-f]{4}:)?([\da-f]{2}:[\da-f]{2}\.\d)$/.exec(row.text)?.[1];
  const mmio = /^bus-info: (virtio\d{1,4})$/.exec(row.text)?.[1];
  if (mmio && place.name !== '') notes.say('interface', place.name, { device: mmio }, row);
  // virtio_net sits on the virtio bus; the PCI function below it is virtio-pci's.
  if (bus && place.driver === 'virtio_net') notes.say('pci', bus, { driver: 'virtio-pci' }, row);
  return ABOUT.test(row.text);
}

function readChannel(row: Row, place: Place, notes: Notes): boolean {
  if (/^Current hardware settings/.test(row.text)) place.isCurrent = true;
  const combined = /^Combined:\s{1,12}(\d{1,5})$/.exec(row.text)?.[1];
  if (combined) {
    const says = place.isCurrent ? { queuesActive: Number(combined) } : { queuesPossible: Number(combined) };
    notes.say('interface', place.name, says, row);
    if (place.isCurrent && place.name !== '') {
      const counter = { of: place.name, counts: 'channels', value: Number(combined) };
      notes.say('counter', `${place.name} channels`, counter, row);
    }
  }
  return SETTING.test(row.text);
}

/** An interface that is down has no link to speak of: "no" says the same as "not up" then. */
function readSetting(row: Row, place: Place, notes: Notes): boolean {
  const link = /^\s{0,8}Link detected: (yes|no)\b/.exec(row.text)?.[1];
  if (link === 'yes') notes.say('interface', place.name, { link: 'active' }, row);
  if (link === 'no') notes.say('interface', place.name, { lowerUp: false }, row);
  return SETTING.test(row.text) || MODES.test(row.text);
}

function finish(place: Place, notes: Notes): void {
  if (place.name !== '') sayFeatures(place.name, place.features, notes);
  sayStatistics(place.name, place.statistics, notes);
}

/** `ethtool -S eth0`, `ethtool --offload eth0 rx off`. */
function nameIn(command: string): string {
  return /^\S{0,30}ethtool(?: {1,3}-\S{1,20})? {1,3}([a-zA-Z][\w.@]{1,14})(?: |$)/.exec(command)?.[1] ?? '';
}
