import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Section } from '../../src/model/bundle.ts';
import { bundleEnd, bundleHead, bundleSection } from '../../src/model/bundle-text.ts';
import type { Capture } from '../../src/model/capture.ts';
import { unpackBundle } from '../../src/parse/unpack-bundle.ts';

// What is written as a bundle comes back as it was, also out of a mail, a cut copy or a console that breaks lines.
const LISTING = [
  'vio0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500',
  '\tlladdr bc:24:11:0e:51:07',
  '#== end 1 exit-0 lines 0 bytes 0',
  `\tdescription: ${'x'.repeat(200)}`,
  '',
].join('\n');

const sections: Section[] = [
  section({ probe: 'openbsd/ifconfig', argv: ['ifconfig', '-A'], text: LISTING }),
  section({ probe: 'openbsd/kstat', argv: ['kstat', "it's:::"], outcome: 'missing', text: '' }),
  section({
    probe: 'qemu/info-pci',
    argv: ['info', 'pci'],
    machine: 'host',
    through: ['qm', 'monitor', '107'],
  }),
  section({ probe: 'openbsd/ifconfig', argv: ['ifconfig', '-A'], text: 'no newline at its end' }),
];
const bundle = [
  bundleHead({ madeBy: 'a test', taken: '2026-11-26T20:00:00Z', isRedacted: false }),
  ...sections.map((one, index) => bundleSection(one, index + 1)),
  bundleEnd(sections.length),
].join('');

describe('a whole bundle', () => {
  const captures = unpackBundle(capture(bundle));

  test('gives each output with its command, machine and time', () => {
    expect(captures.map(({ name, side, argv }) => ({ name, side, argv }))).toEqual([
      { name: 'b.txt guest openbsd/ifconfig', side: 'guest', argv: ['ifconfig', '-A'] },
      { name: 'b.txt guest openbsd/kstat', side: 'guest', argv: ['kstat', "it's:::"] },
      { name: 'b.txt host qemu/info-pci', side: 'host', argv: ['info', 'pci'] },
      { name: 'b.txt guest openbsd/ifconfig (2)', side: 'guest', argv: ['ifconfig', '-A'] },
    ]);
    expect(captures.every(({ taken }) => taken === '2026-11-26T20:00:01Z')).toBe(true);
  });

  test('text and line numbers are those of the file', () => {
    expect(`${captures[0]?.text}\n`).toBe(LISTING);
    const lines = bundle.split('\n');
    expect(lines[(captures[0]?.numbers?.[0] ?? 0) - 1]).toBe(LISTING.split('\n')[0]);
    expect(captures[3]?.text).toBe('no newline at its end');
  });

  test('what failed says so', () => {
    expect(captures[1]?.failure).toContain('there is no such command');
    expect(captures[0]?.failure).toBeUndefined();
  });
});

test.each([80, 100, 132])('a console of %i columns that breaks lines is seen through', (width) => {
  const broken = bundle.replace(new RegExp(`[^\\n]{${width}}(?=[^\\n])`, 'g'), '$&\n');
  expect(broken).not.toBe(bundle);
  const captures = unpackBundle(capture(broken.replaceAll('\n', '\r\n')));
  expect(`${captures[0]?.text}\n`).toBe(LISTING);
  expect(captures[0]?.failure).toBeUndefined();
});

test('each beginning of it can be read; a section without its end says that it is cut', () => {
  for (let length = 0; length < bundle.length; length += 7) unpackBundle(capture(bundle.slice(0, length)));
  const cut = unpackBundle(capture(bundle.slice(0, bundle.indexOf('lladdr'))));
  expect(told(cut)).toEqual([expect.stringContaining('its end is missing')]);
  expect(cut[0]?.text).toContain('vio0: flags=8843');
});

test('a line that is missing in the middle is told', () => {
  const captures = unpackBundle(capture(bundle.replace('\tlladdr bc:24:11:0e:51:07\n', '')));
  expect(told(captures)).toEqual([expect.stringContaining('cut or re-wrapped')]);
});

test('one that is cut between two sections, or lost some, says so', () => {
  const at = (index: number) => bundle.indexOf(`#== begin ${index} `);
  expect(told(unpackBundle(capture(bundle.slice(0, at(3)))))).toEqual([
    expect.stringContaining('The last line of this bundle is missing'),
  ]);
  expect(told(unpackBundle(capture(bundle.slice(0, at(2)) + bundle.slice(at(4)))))).toEqual([
    expect.stringContaining('Sections 2 to 3 of this bundle are missing'),
  ]);
  expect(told(unpackBundle(capture(`${bundle.slice(0, at(4))}#== done 4\n`)))).toEqual([
    expect.stringContaining('Section 4 of this bundle is missing'),
  ]);
  expect(told(unpackBundle(capture(bundle + bundle.replaceAll(/(begin|end) (\d)/g, '$1 1$2'))))).toEqual([]);
  expect(told(unpackBundle(capture(bundle.slice(0, at(3)) + bundle)))).toHaveLength(1);
});

test('a redacted one says that its values are stand-ins', () => {
  const redacted = bundle.replace('# redacted no', '# redacted yes');
  expect(told(unpackBundle(capture(redacted)))).toEqual([expect.stringContaining('are stand-ins')]);
  expect(told(unpackBundle(capture(`${bundle}# redacted yes\n`)))).toEqual([]);
});

test('a section of very many lines that was re-wrapped costs little', () => {
  const wrapped = `#== begin 1 guest openbsd/dmesg\n${'x\n'.repeat(300_000)}#== end 1 exit-0 lines 3 bytes 6\n`;
  expect(told(unpackBundle(capture(wrapped)))).toHaveLength(1);
});

test('quoted in a mail, with words around it', () => {
  const mail = `Hello,\nhere is what it said:\n${bundle.replace(/^/gm, '> ')}\nBye\n`;
  const captures = unpackBundle(capture(mail));
  expect(captures.map(({ side }) => side)).toEqual(['guest', 'guest', 'host', 'guest', 'unknown']);
  expect(captures.map(({ failure }) => failure)).toEqual([
    undefined,
    expect.anything(),
    undefined,
    undefined,
    undefined,
  ]);
  expect(captures[4]?.text).toBe('Hello,\nhere is what it said:\nBye');
});

describe('a packet capture in a bundle', () => {
  const packets = Buffer.from(`d4c3b2a102000400${'00'.repeat(8)}0000040001000000${'5a'.repeat(200)}`, 'hex');
  const sha = createHash('sha256').update(packets).digest('hex');
  const text = packets.toString('base64').replace(/.{76}/g, '$&\n');
  const argv = ['tcpdump', '-i', 'tap107i1', '-w', '-'];
  const binary = section({ probe: 'linux-host/tcpdump-tap', argv, text, isBinary: true, sha256: sha });
  const whole = bundleSection(binary, 1);
  const bytesOf = (text: string) => {
    const [found] = unpackBundle(capture(text));
    return { ...found, bytes: Buffer.concat([...(found?.bytes ?? [])]) };
  };

  test('comes out as it was, with its command', () => {
    expect(bytesOf(whole)).toMatchObject({ argv, text: '', bytes: packets });
    expect(bytesOf(whole).failure).toBeUndefined();
    expect(bytesOf(whole.replace(/(?<=^[A-Za-z\d+/]{40})(?=[A-Za-z\d+/])/gm, '\n')).bytes).toEqual(packets);
    expect(bytesOf(whole.replace(/^/gm, '> ')).bytes).toEqual(packets);
  });

  test('one that was changed on the way is told, and tried', () => {
    const changed = bytesOf(whole.replace('Wlpa', 'WlpZ'));
    expect(changed.failure).toContain('is not what was written');
    expect(changed.bytes).toHaveLength(packets.length);
  });

  test('one that was cut is told, and tried', () => {
    const cut = bytesOf(whole.slice(0, whole.indexOf('#== end') - 10));
    expect(told([cut])).toEqual([expect.stringContaining('its end is missing')]);
    expect(cut.bytes.length).toBeGreaterThan(200);
  });
});

test('a bundle of a newer version is told, and read as any text is', () => {
  const newer = bundle.replace('bundle 1\n', 'bundle 2\n').replaceAll('#== begin', '#== start');
  for (const text of [newer, bundle.replace('bundle 1\n', 'bundle 2\n')]) {
    const captures = unpackBundle(capture(text));
    expect(captures).toHaveLength(1);
    expect(captures[0]?.text).toContain('vio0: flags=8843');
    expect(captures[0]?.problems?.[0]).toMatchObject({ code: 'not-supported', at: [{ number: 1 }] });
  }
  const captures = unpackBundle(capture(`${newer}${bundle}`));
  expect(captures).toHaveLength(1 + sections.length);
  expect(captures.flatMap(({ problems }) => problems ?? [])).toHaveLength(1);
});

test('any other text stays as it is', () => {
  const other = capture('#== this is no marker\nvio0: flags=8843<UP>\n');
  expect(unpackBundle(other)).toEqual([other]);
});

function told(captures: readonly Pick<Capture, 'problems'>[]): string[] {
  return captures.flatMap(({ problems = [] }) => problems.map(({ says }) => says));
}

function section(given: Partial<Section> & Pick<Section, 'probe' | 'argv'>): Section {
  return {
    machine: 'guest',
    taken: '2026-11-26T20:00:01Z',
    outcome: 'exit 0',
    seconds: 0.1,
    text: 'output\n',
    ...given,
  };
}

function capture(text: string): Capture {
  return { name: 'b.txt', side: 'unknown', origin: 'file', text };
}
