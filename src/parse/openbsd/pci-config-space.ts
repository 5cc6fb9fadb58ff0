// Reads: the bytes of a PCI function's configuration space, as `pcidump -xx` (or any other dump) holds them.
// Layout: PCI Local Bus 3.0 chapters 6.1, 6.7, 6.8; virtio 1.2 section 4.1.4 (the same in QEMU hw/virtio/virtio-pci.c).
// Fixtures: fixtures/outputs/openbsd-7.8/pcidump-xx.txt, fixtures/outputs/openbsd-7.3/pcidump-xxv.txt.

import type { Things } from '../../model/sighting.ts';

/** One thing the bytes say, and the offset of the bytes that say it. */
export type ConfigFinding = { readonly offset: number; readonly says: Partial<Things['pci']> };

/** Gives the 32-bit word at an offset that is a multiple of 4; undefined where the dump does not reach. */
export type ReadWord = (offset: number) => number | undefined;

const COMMAND_STATUS = 0x04;
const CLASS = 0x08;
const HEADER_TYPE = 0x0c;
const FIRST_BAR = 0x10;
const CAPABILITIES = 0x34;
const MSI = 0x05;
const VENDOR = 0x09;
const MSIX = 0x11;
/** 192 bytes behind the header hold at most 48 capabilities of 4 bytes: a longer walk is a circle. */
const MOST_CAPABILITIES = 48;

export function readConfigSpace(word: ReadWord): {
  baseClass: number | undefined;
  findings: ConfigFinding[];
} {
  const classWord = word(CLASS);
  return {
    baseClass: classWord === undefined ? undefined : classWord >>> 24,
    findings: [...readHeader(word), ...readBars(word), ...readCapabilities(word)],
  };
}

function readHeader(word: ReadWord): ConfigFinding[] {
  const id = word(0);
  const command = word(COMMAND_STATUS);
  return [
    ...(id === undefined ? [] : [{ offset: 0, says: { vendor: id & 0xffff, product: id >>> 16 } }]),
    ...(command === undefined
      ? []
      : [{ offset: COMMAND_STATUS, says: { busMaster: (command & 0x4) !== 0 } }]),
  ];
}

/** Base addresses in use. Zero is an absent BAR or one without an address: neither can be read. */
function readBars(word: ReadWord): ConfigFinding[] {
  const headerType = word(HEADER_TYPE);
  if (headerType === undefined || ((headerType >>> 16) & 0x7f) !== 0) return [];
  const findings: ConfigFinding[] = [];
  for (let index = 0; index < 6; index++) {
    const offset = FIRST_BAR + 4 * index;
    const low = word(offset);
    if (low === undefined) break;
    const isPort = (low & 1) === 1;
    const isWide = !isPort && ((low >>> 1) & 3) === 2;
    const high = isWide ? word(offset + 4) : 0;
    if (high === undefined) break;
    const base = (low & (isPort ? ~0x3 : ~0xf)) >>> 0;
    const says = sayBar(index, high * 2 ** 32 + base);
    if (says) findings.push({ offset, says });
    if (isWide) index++;
  }
  return findings;
}

/** The model keeps the BARs that hold virtio's registers: 0 (ports), 1 (MSI-X table) and 4 (virtio 1.x). */
export function sayBar(index: number, address: number): Partial<Things['pci']> | undefined {
  if (address === 0 || !Number.isSafeInteger(address)) return undefined;
  if (index === 0) return { bar0: address };
  if (index === 1) return { bar1: address };
  return index === 4 ? { bar4: address } : undefined;
}

function readCapabilities(word: ReadWord): ConfigFinding[] {
  const status = word(COMMAND_STATUS);
  if (status === undefined) return [];
  if (((status >>> 16) & 0x10) === 0) return [{ offset: COMMAND_STATUS, says: { msixVectors: 0 } }];
  const { places, isWhole } = walk(word);
  const common = places.find(({ id, head }) => id === VENDOR && head >>> 24 === 1);
  const commonBar = common && barOf(word, common.at);
  const findings = places.flatMap(({ at, id, head }) => {
    if (id === MSIX) return [{ offset: at, says: readMsix(head >>> 16) }];
    if (id === MSI) return [{ offset: at, says: { msiEnabled: ((head >>> 16) & 1) === 1 } }];
    return id === VENDOR && head >>> 24 === 5 ? readWindow(word, at, commonBar) : [];
  });
  const hasMsix = places.some(({ id }) => id === MSIX);
  // Only a list walked to its end proves that a capability is absent.
  if (isWhole && !hasMsix) findings.push({ offset: CAPABILITIES, says: { msixVectors: 0 } });
  return findings;
}

type Place = { at: number; id: number; head: number };

function walk(word: ReadWord): { places: Place[]; isWhole: boolean } {
  const places: Place[] = [];
  const first = word(CAPABILITIES);
  if (first === undefined) return { places, isWhole: false };
  let at = first & 0xfc;
  while (at >= 0x40 && places.length < MOST_CAPABILITIES) {
    const head = word(at);
    if (head === undefined) return { places, isWhole: false };
    places.push({ at, id: head & 0xff, head });
    at = (head >>> 8) & 0xfc;
  }
  return { places, isWhole: at === 0 };
}

function readMsix(control: number): Partial<Things['pci']> {
  return {
    msixVectors: (control & 0x7ff) + 1,
    msixEnabled: (control & 0x8000) !== 0,
    msixMasked: (control & 0x4000) !== 0,
  };
}

/**
 * VIRTIO_PCI_CAP_PCI_CFG: while its length is 1, 2 or 4, reading its data field reads the device register it points
 * at. Told only when it points into the BAR of the common configuration, the one whose offsets are compared.
 */
function readWindow(word: ReadWord, at: number, commonBar: number | undefined): ConfigFinding[] {
  const bar = barOf(word, at);
  const windowOffset = word(at + 8);
  const windowLength = word(at + 12);
  const data = word(at + 16);
  if (windowOffset === undefined || windowLength === undefined || data === undefined) return [];
  if (bar === undefined || bar !== commonBar || ![1, 2, 4].includes(windowLength)) return [];
  const windowValue = windowLength === 4 ? data : data & (2 ** (8 * windowLength) - 1);
  return [{ offset: at + 16, says: { windowOffset, windowLength, windowValue } }];
}

function barOf(word: ReadWord, at: number): number | undefined {
  const place = word(at + 4);
  return place === undefined ? undefined : place & 0xff;
}
