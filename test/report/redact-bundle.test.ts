import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Section } from '../../src/model/bundle.ts';
import { bundleSection } from '../../src/model/bundle-text.ts';
import type { Capture } from '../../src/model/capture.ts';
import { formatNamed } from '../../src/report/formats.ts';
import { redact } from '../../src/report/redact.ts';
import { caseNames, knowledge, readCase } from '../cases.ts';

// A redacted bundle is given away: nothing of the original may be found in its bytes. What is looked for here is found by other
// expressions than those of src/report/redact*.ts.

/** Fixtures have addresses of documentation, which name nobody and stay: here they become somebody's. */
function somebodys({ name, text, ...capture }: Capture): Capture {
  const change = (given: string) =>
    given
      .replace(/(?<![\d.])192\.0\.2\.(?=\d)/g, '95.163.182.')
      .replace(/(?<![\d.])198\.51\.100\.(?=\d)/g, '95.163.183.')
      .replace(/(?<![\d.])203\.0\.113\.(?=\d)/g, '95.164.7.')
      .replace(/2001:0?db8:/gi, '2a02:810d:');
  return { ...capture, name: change(name), text: change(text) };
}

const IPV4 = /(?<![\w.-])(\d{1,3}(?:\.\d{1,3}){3})(?=[/\s,:>)\]'"]|$)(?!:\d*\.\d)/g;
const IPV6 = /(?<![\w:.])(2a02(?::[0-9a-f]{0,4}){2,7})(?![\w:])/gi;
const MAC = /(?<![\w:-])([0-9a-f]{2}(?:[:-][0-9a-f]{2}){5})(?![\w]|[:-][0-9a-f]{2}(?![\w]))/gi;
const HOSTS = [
  /^(?:[\w-]{1,30})@([\w-]{2,40}):[~/]\S{0,40}[#$] /gm,
  /^\[[\w-]{1,30}@([\w-]{2,40}) [^\]]{1,40}\][#$] /gm,
  /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) ([\w-]{2,40}) (?:kernel|\/bsd|dhclient|systemd)\b/gm,
  /^name: ([\w.-]{2,60})$/gm,
];

/** Groups, nobody's and everybody's: they tell nothing of anybody. */
function isCommonMac(mac: string): boolean {
  const first = Number.parseInt(mac.slice(0, 2), 16);
  return (first & 1) === 1 || /^(?:00[:-]){5}00$|^00[:-]00[:-]5e[:-]00[:-]0[12]/i.test(mac);
}

function isCommonIpv4(address: string): boolean {
  const parts = address.split('.').map(Number);
  const [first = 0, second = 0] = parts;
  if (parts.some((part) => part > 255)) return true;
  return (
    first === 0 || first === 127 || first >= 224 || address.endsWith('.0.0') || (first < 10 && second < 20)
  );
}

function realValues(captures: readonly Capture[]): string[] {
  const found = new Set<string>();
  const note = (text: string, pattern: RegExp, isCommon: (value: string) => boolean = () => false) => {
    for (const [, value = ''] of text.matchAll(pattern)) if (!isCommon(value)) found.add(value.toLowerCase());
  };
  for (const { name, text } of captures) {
    for (const given of [name, text]) {
      note(given, MAC, isCommonMac);
      note(given, IPV4, isCommonIpv4);
      note(given, IPV6);
    }
    for (const pattern of HOSTS) note(text, pattern, (value) => COMMON_NAMES.test(value));
  }
  return [...found];
}

const COMMON_NAMES =
  /^(?:localhost|openbsd|freebsd|netbsd|linux|debian|ubuntu|proxmox|pve|host|guest|vm|lab|kernel|router|firewall|fw|gw|server|client|test|node|hv|web|mail|dns|db|dhcp|gateway|switch|bridge|user|root)\d{0,2}$/i;

/** All spellings of a MAC. */
function spellings(value: string): string[] {
  if (!/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/.test(value)) return [value];
  const bytes = value.split(/[:-]/);
  const bare = bytes.join('');
  return [
    bytes.join(':'),
    bytes.join('-'),
    bytes.map((byte) => byte.replace(/^0/, '')).join(':'),
    bare,
    `${bare.slice(0, 4)}.${bare.slice(4, 8)}.${bare.slice(8)}`,
    `ff:fe${bytes[3]}:${bytes[4]}${bytes[5]}`,
    bytes.map((byte) => `0x${byte}`).join(' '),
  ];
}

function isIn(text: string, value: string): boolean {
  const literal = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.:-])${literal}(?![\\w:]|\\.\\d)`).test(text);
}

function redactedBundle(captures: readonly Capture[]) {
  const report = doctor(captures, null, knowledge);
  return { report, bundle: formatNamed('bundle').render(redact(report).report) };
}

const tcpdump: Section = {
  machine: 'host',
  probe: 'linux-host/tcpdump-tap',
  argv: ['tcpdump', '-i', 'tap107i1', '-w', '-'],
  taken: '2026-11-27T00:00:00Z',
  outcome: 'exit 0',
  seconds: 1,
  text: '',
};

describe('a redacted bundle', () => {
  test.each(caseNames)('%s: no MAC, address or name of the original', (name) => {
    const captures = readCase(name).captures.map(somebodys);
    const { bundle } = redactedBundle(captures);
    const text = bundle.toLowerCase();
    const left = realValues(captures).filter((value) => spellings(value).some((one) => isIn(text, one)));
    expect(left).toEqual([]);
    expect(bundle).toMatch(/^# vio-doctor bundle 1\n(?:# .*\n)*# redacted yes\n/);
  });

  test('something is looked for', () => {
    const all = caseNames.flatMap((name) => realValues(readCase(name).captures.map(somebodys)));
    expect(all.length).toBeGreaterThan(200);
    const captures = readCase('no-carrier-vlan-40').captures.map(somebodys);
    const open = formatNamed('bundle')
      .render(doctor(captures, null, knowledge))
      .toLowerCase();
    expect(realValues(captures).every((value) => spellings(value).some((one) => isIn(open, one)))).toBe(true);
  });

  test('packets: their bytes are not in it, and it says so', () => {
    const folder = join(import.meta.dirname, '../../fixtures/outputs/pcap-2.4');
    const files = readdirSync(folder).filter((name) => name.endsWith('.pcap'));
    expect(files.length).toBeGreaterThan(3);
    for (const name of files) {
      const bytes = readFileSync(join(folder, name));
      const inBundle = bundleSection({ ...tcpdump, text: bytes.toString('base64'), isBinary: true }, 1);
      const given = { side: 'host', origin: 'file' } as const;
      for (const capture of [
        { ...given, name, text: '', bytes: [bytes] },
        { ...given, name: 'b.txt', text: `# vio-doctor bundle 1\n${inBundle}` },
      ]) {
        const { report, bundle } = redactedBundle([capture]);
        expect(bundle).not.toMatch(/^#== begin .* base64$/m);
        const left = realValues(report.captures).filter((value) =>
          spellings(value).some((one) => isIn(bundle.toLowerCase(), one)),
        );
        expect(left.filter((value) => !/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./.test(value))).toEqual([]);
        if (report.samples.length > 0)
          expect(bundle).toContain('# note: packet captures are here as the text');
      }
    }
  });

  test.each(caseNames)('%s: read again it gives the same findings', (name) => {
    const { report, bundle } = redactedBundle(readCase(name).captures);
    const again = doctor([{ name: 'b.txt', side: 'unknown', origin: 'file', text: bundle }], null, knowledge);
    const gist = ({ findings }: typeof again) =>
      findings.map(({ fault, standing }) => `${fault} ${standing}`);
    expect(gist(again)).toEqual(gist(report));
  });
});
