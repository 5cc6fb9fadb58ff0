import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import { readCaptures } from '../../src/machine/files.ts';
import { type Entry, folderOf, hasProgram, scratch, tarOf, written } from '../archives.ts';
import { knowledge, readCase } from '../cases.ts';

// Synthetic, after _mangle_command and archive.py of sos: the outputs are those of the lab's case.
const CASE = readCase('lab-interface-down');
const textOf = (name: string) =>
  CASE.captures.find((capture) => capture.name === `guest/${name}`)?.text ?? '';
const ROOT = 'sosreport-guest7-2026-11-27-abcdefg';
const SOS: Entry[] = [
  { name: `${ROOT}/version.txt`, text: 'sosreport: 4.8.0\n' },
  { name: `${ROOT}/sos_reports/manifest.json`, text: '{}' },
  { name: `${ROOT}/sos_commands/networking/ip_-s_-d_link`, text: textOf('b-ip-link.txt') },
  { name: `${ROOT}/sos_commands/networking/ip_netns_exec_x_ip_-d_address_show`, text: 'no' },
  { name: `${ROOT}/sos_commands/pci/lspci_-nnvv`, text: textOf('b-lspci.txt') },
  { name: `${ROOT}/proc/interrupts`, text: textOf('b-interrupts.txt') },
  { name: `${ROOT}/etc/passwd`, text: 'root:x:0:0' },
  { name: `${ROOT}/sos_commands/logs/journalctl_--list-boots`, text: 'no' },
  { name: `${ROOT}/ip_addr`, type: 'symlink', linkname: 'sos_commands/networking/ip_-o_addr' },
];
const dmesg = 'vio0 at virtio2: address bc:24:11:0e:51:07\n';

describe('a sosreport', () => {
  const loose = doctor(
    CASE.captures.filter(({ side }) => side === 'guest'),
    null,
    knowledge,
  );
  const gist = (captures: Parameters<typeof doctor>[0]) =>
    doctor(captures, null, knowledge).findings.map(({ fault, nic, standing }) => ({ fault, nic, standing }));
  const expected = loose.findings.map(({ fault, nic, standing }) => ({ fault, nic, standing }));

  test('the loose files show the fault', () => {
    expect(expected[0]).toMatchObject({ fault: 'interface-down', standing: 'certain' });
  });

  describe.each([
    { ending: 'tar' },
    { ending: 'tar.gz' },
    { ending: 'tar.xz', program: 'xz' },
    { ending: 'tar.bz2', program: 'bzip2' },
    { ending: 'tar.zst', program: 'zstd' },
  ])('as .$ending', ({ ending, program }) => {
    test.skipIf(program && !hasProgram(program))('gives what the loose files give', async () => {
      const captures = await readCaptures([written(`sosreport-guest7.${ending}`, await tarOf(SOS))]);
      expect(captures.map(({ name, argv }) => [name, argv?.join(' ')])).toEqual([
        ['proc/interrupts', 'cat /proc/interrupts'],
        ['sos_commands/networking/ip_-s_-d_link', 'ip -s -d link'],
        ['sos_commands/pci/lspci_-nnvv', 'lspci -nnvv'],
      ]);
      expect(gist(captures)).toEqual(expected);
    });
  });

  test('unpacked, or in a folder of its own, gives the same', async () => {
    const files = SOS.filter(({ type }) => type === undefined);
    const folder = folderOf(files);
    expect(gist(await readCaptures([folder]))).toEqual(expected);
    expect(gist(await readCaptures([join(folder, ROOT)]))).toEqual(expected);
  });

  test('two at once keep their names apart, and their side', async () => {
    const guest = written('guest-sos.tar', await tarOf(SOS));
    const host = written('host-sos.tar', await tarOf(SOS));
    const captures = await readCaptures([guest, host]);
    expect(new Set(captures.map(({ name }) => name)).size).toBe(captures.length);
    expect(captures[0]).toMatchObject({ name: 'guest-sos.tar/proc/interrupts', side: 'guest' });
    expect(captures.at(-1)).toMatchObject({ side: 'host' });
  });

  test('a large log keeps the lines that tell of the network', async () => {
    const log = `${'Nov 27 10:00:01 x app: nothing of interest\n'.repeat(120_000)}Nov 27 10:00:02 x kernel: NETDEV WATCHDOG: eth0\n`;
    const tar = await tarOf([...SOS, { name: `${ROOT}/var/log/messages`, text: log }]);
    const captures = await readCaptures([written('s.tar.gz', tar)]);
    const read = captures.find(({ name }) => name === 'var/log/messages');
    expect(read).toMatchObject({ numbers: [120_001], passedOver: 120_000 });
  });

  test("of a host: its VMs, and what libvirt's log says of them", async () => {
    const host = `${ROOT}/sos_commands/virsh`;
    const tar = await tarOf([
      { name: `${host}/virsh_-r_dumpxml_fw`, text: '<domain></domain>' },
      { name: `${host}/virsh_-r_dominfo_fw`, text: 'no' },
      { name: `${ROOT}/var/log/libvirt/qemu/fw.log`, text: '2026-11-27 10:00:00.000+0000: starting up' },
      { name: `${ROOT}/etc/libvirt/qemu/fw.xml`, text: '<domain></domain>' },
    ]);
    const captures = await readCaptures([written('host.tar', tar)]);
    expect(captures.map(({ argv }) => argv?.join(' '))).toEqual([
      'cat /etc/libvirt/qemu/fw.xml',
      'virsh -r dumpxml fw',
      'cat /var/log/libvirt/qemu/fw.log',
    ]);
  });

  test('insights: the same names in other folders', async () => {
    const at = 'insights-guest7-20261127/data';
    const tar = await tarOf([
      { name: `${at}/insights_commands/ip_-s_-d_link`, text: textOf('b-ip-link.txt') },
      { name: `${at}/insights_commands/lspci_-k`, text: textOf('b-lspci.txt') },
      { name: `${at}/proc/interrupts`, text: textOf('b-interrupts.txt') },
    ]);
    expect(gist(await readCaptures([written('insights.tar.gz', tar)]))).toEqual(expected);
  });
});

describe('any other archive', () => {
  test('all its texts are read, the side as in a folder; what is no text is told', async () => {
    const tar = await tarOf([
      { name: './guest/dmesg.txt', text: dmesg },
      { name: './host/qm.txt', text: 'net1: virtio=BC:24:11:0E:51:07,bridge=vmbr1' },
      { name: './core', text: Buffer.from([127, 69, 76, 70, 0, 0]) },
      { name: './photo.png', text: 'x' },
      { name: './inner.tar.gz', text: 'x' },
    ]);
    const captures = await readCaptures([written('case.tgz', tar)]);
    expect(captures.map(({ name, side }) => [name, side])).toEqual([
      ['core', 'unknown'],
      ['guest/dmesg.txt', 'guest'],
      ['host/qm.txt', 'host'],
    ]);
    expect(captures[0]?.failure).toContain('binary');
    expect(captures[0]?.problems?.[0]?.says).toContain('archives in it were not opened: ./inner.tar.gz');
  });

  test('a text that is packed alone', async () => {
    const [capture] = await readCaptures([written('guest-dmesg.txt.gz', Buffer.from(dmesg))]);
    expect(capture).toMatchObject({ name: 'guest-dmesg.txt', side: 'guest', text: dmesg });
  });

  test('the same name twice: the later one, and it is told', async () => {
    const tar = await tarOf([
      { name: 'dmesg.txt', text: 'first' },
      { name: 'dmesg.txt', text: 'second' },
    ]);
    const captures = await readCaptures([written('twice.tar', tar)]);
    expect(captures.map(({ text }) => text)).toEqual(['second']);
    expect(captures[0]?.problems?.[0]?.says).toContain('twice');
  });

  test('names that are no UTF-8 are two files', async () => {
    const tar = await tarOf([
      { name: 'a0.txt', text: 'one' },
      { name: 'a1.txt', text: 'two' },
    ]);
    for (const [from, byte] of [
      ['a0.txt', 0xff],
      ['a1.txt', 0xfe],
    ] as const) {
      const at = tar.indexOf(from);
      tar[at + 1] = byte;
      tar.write('        ', at + 148, 'latin1');
      const sum = tar.subarray(at, at + 512).reduce((total, value) => total + value, 0);
      tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148, 'latin1');
    }
    const captures = await readCaptures([written('names.tar', tar)]);
    expect(captures.map(({ text }) => text).sort()).toEqual(['one', 'two']);
    expect(new Set(captures.map(({ name }) => name)).size).toBe(2);
  });
});

describe('an archive that is cut', () => {
  test('gives what comes before the cut, and says that it is cut', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      name: `f${String(index).padStart(2, '0')}.txt`,
      text: `line ${index}\n`.repeat(400 + index),
    }));
    const tar = await tarOf(many);
    for (const length of [tar.length - 600, 20_000, 4096, 700]) {
      const captures = await readCaptures([written('cut.tar', tar.subarray(0, length))]);
      expect(captures[0]?.text).toMatch(/^line 0\n/);
      expect(captures[0]?.problems?.[0]).toMatchObject({ code: 'sample-cut-short' });
    }
    const path = join(scratch(), 'cut.tar.gz');
    const packed = gzipSync(tar);
    writeFileSync(path, packed.subarray(0, packed.length / 2));
    const captures = await readCaptures([path]);
    expect(captures.length).toBeGreaterThan(0);
    const { problems } = doctor(captures, null, knowledge);
    expect(problems.filter(({ code }) => code === 'sample-cut-short')).toHaveLength(1);
    if (hasProgram('xz')) {
      const xz = written('cut.tar.xz', tar);
      writeFileSync(xz, readFileSync(xz).subarray(0, -40));
      expect((await readCaptures([xz]))[0]?.problems?.[0]?.code).toBe('sample-cut-short');
    }
  });

  test('before its first file there is nothing to use', async () => {
    const tar = await tarOf(SOS);
    const path = written('cut.tar.gz', tar);
    writeFileSync(path, readFileSync(path).subarray(0, 12));
    await expect(readCaptures([path])).rejects.toThrow(/cut\.tar\.gz: is no whole archive/);
  });
});

describe('an archive that means harm', () => {
  test.each([['../../etc/passwd'], ['/etc/passwd'], ['a/../../b']])(
    'a path that leads out: %s',
    async (name) => {
      const tar = await tarOf([
        { name: 'dmesg.txt', text: dmesg },
        { name, text: 'x' },
      ]);
      await expect(readCaptures([written('evil.tar', tar)])).rejects.toThrow(/leads out of it/);
    },
  );

  test.each([
    ['symlink', '/etc/passwd'],
    ['symlink', '../../../etc/passwd'],
    ['link', '/etc/passwd'],
    ['character-device', undefined],
    ['block-device', undefined],
    ['fifo', undefined],
  ] as const)('a %s to %s is not followed, and told', async (type, linkname) => {
    const odd = { name: 'hosts.txt', type, ...(linkname && { linkname }) } as Entry;
    const captures = await readCaptures([
      written('odd.tar', await tarOf([{ name: 'dmesg.txt', text: dmesg }, odd])),
    ]);
    expect(captures.map(({ text }) => text)).toEqual([dmesg]);
    expect(captures[0]?.problems?.[0]?.says).toContain('not followed: hosts.txt');
  });

  test('a bomb is refused before it costs much', async () => {
    const path = join(scratch(), 'bomb.tar.gz');
    const header = (await tarOf([{ name: 'big.txt', text: '' }])).subarray(0, 512);
    const zeros = Buffer.alloc(1 << 20);
    // 10 GB of them would take too long to make: this is where reading ends either way.
    async function* bomb() {
      yield header;
      for (let index = 0; index < 600; index++) yield zeros;
    }
    await pipeline(Readable.from(bomb()), createGzip({ level: 1 }), createWriteStream(path));
    const before = process.memoryUsage().rss;
    await expect(readCaptures([path])).rejects.toThrow(/bomb\.tar\.gz: unpacks to more than \d+ MB/);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20);
  });

  test('a million files are refused', async () => {
    const path = join(scratch(), 'many.tar');
    const header = (await tarOf([{ name: 'x.txt', text: '' }])).subarray(0, 512);
    const thousand = Buffer.concat(Array.from({ length: 1000 }, () => header));
    async function* many() {
      for (let index = 0; index < 160; index++) yield thousand;
    }
    await pipeline(Readable.from(many()), createWriteStream(path));
    await expect(readCaptures([path])).rejects.toThrow(/more than 150000 files/);
  });

  test('what is packed otherwise is named', async () => {
    const zip = join(scratch(), 'a.zip');
    writeFileSync(zip, Buffer.from('504b0304140000000000', 'hex'));
    await expect(readCaptures([zip])).rejects.toThrow(/a\.zip: zip is not unpacked here/);
    const path = process.env.PATH;
    const xz = written('a.tar.gz', Buffer.from('x'));
    writeFileSync(xz, Buffer.from('fd377a585a000004', 'hex'));
    try {
      process.env.PATH = '/nonexistent';
      await expect(readCaptures([xz])).rejects.toThrow(/xz\(1\) is not installed/);
    } finally {
      process.env.PATH = path;
    }
  });

  test('an archive of archives names them', async () => {
    const tar = await tarOf([{ name: 'a/sosreport-x.tar.xz', text: 'x' }]);
    await expect(readCaptures([written('all.tar', tar)])).rejects.toThrow(
      /holds archives \(a\/sosreport-x\.tar\.xz\)/,
    );
  });
});

describe('other reports', () => {
  const gist = (captures: Parameters<typeof doctor>[0]) =>
    doctor(captures, null, knowledge).findings.map(({ fault, nic, standing }) => ({ fault, nic, standing }));
  const section = (kind: string, head: string, text: string) =>
    `#==[ ${kind} ]======================================#\n# ${head}\n${text}\n\n`;

  // Synthetic, after bin/supportconfig and supportconfig.rc of supportutils 3.1; the outputs are those of the lab's case.
  describe.each([
    { ending: 'txz', program: 'xz' },
    { ending: 'tbz', program: 'bzip2' },
    { ending: 'tgz', program: 'gzip' },
  ])('a supportconfig as .$ending', ({ ending, program }) => {
    test.skipIf(!hasProgram(program))('gives what it holds', async () => {
      const at = 'scc_guest7_261127_1000';
      const tar = await tarOf([
        {
          name: `${at}/basic-environment.txt`,
          text: section('Command', '/bin/uname -a', 'Linux guest7 6.4.0'),
        },
        {
          name: `${at}/network.txt`,
          text:
            section('Command', '/usr/bin/systemctl status network.service', 'x') +
            section('Command', '/sbin/ip -stats link', textOf('b-ip-link.txt')),
        },
        { name: `${at}/hardware.txt`, text: section('Command', '/sbin/lspci -vvv', textOf('b-lspci.txt')) },
        {
          name: `${at}/proc.txt`,
          text: section('Configuration File', '/proc/interrupts', textOf('b-interrupts.txt')),
        },
        { name: `${at}/y2log.txt`, text: 'of no interest' },
      ]);
      const captures = await readCaptures([written(`scc.${ending}`, tar)]);
      expect(captures.map((capture) => capture.name)).toEqual([
        'basic-environment.txt',
        'hardware.txt',
        'network.txt',
        'proc.txt',
      ]);
      const loose = CASE.captures.filter(({ side }) => side === 'guest');
      expect(gist(captures)[0]).toEqual(gist(loose)[0]);
      expect(gist(captures)[0]).toMatchObject({ fault: 'interface-down', standing: 'certain' });
    });
  });

  // Synthetic, after status.php of pfSense (doCmdT: a file for each heading).
  test("pfSense's status archive", async () => {
    const bsd = readCase('freebsd-link-down').captures;
    const loose = bsd.filter(({ side }) => side === 'guest');
    const text = (file: string) => loose.find(({ name }) => name === `guest/${file}`)?.text ?? '';
    const files = [
      { name: 'status_output/Network-Interfaces.txt', text: text('ifconfig.txt') },
      { name: 'status_output/OS-Message Buffer (Boot).txt', text: text('dmesg.txt') },
      { name: 'status_output/Process-List.txt', text: 'of no interest' },
      { name: 'status_output/config-sanitized.xml', text: '<?xml version="1.0"?>\n<pfsense>\n</pfsense>\n' },
    ];
    const path = written('status_output.tgz', await tarOf(files));
    const captures = await readCaptures([path]);
    expect(captures.map(({ argv, side }) => [argv?.join(' '), side])).toEqual([
      ['ifconfig -vvvvvam', 'guest'],
      ['cat /var/log/dmesg.boot', 'guest'],
      ['cat /conf/config.xml', 'guest'],
    ]);
    const host = bsd.filter(({ side }) => side === 'host');
    expect(gist([...captures, ...host])[0]).toEqual(gist(bsd)[0]);
    expect(gist(bsd)[0]?.fault).toBe('link-down-by-host');
    expect(gist([...(await readCaptures([folderOf(files)])), ...host])[0]).toEqual(gist(bsd)[0]);
  });
});
