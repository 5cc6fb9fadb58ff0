import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readCaptures } from '../../src/machine/files.ts';
import { readLargeLog, readStream } from '../../src/machine/large-log.ts';
import { reopened } from '../../src/machine/packet-file.ts';
import { save } from '../../src/machine/save.ts';
import type { Capture } from '../../src/model/capture.ts';

const scratch = () => mkdtempSync(join(tmpdir(), 'vio-doctor-unit-'));

describe('readCaptures', () => {
  test('the side comes from the folder or the beginning of the name', async () => {
    const folder = scratch();
    mkdirSync(join(folder, 'host'));
    writeFileSync(join(folder, 'host/qm-config.txt'), 'a');
    writeFileSync(join(folder, 'guest-dmesg.txt'), 'b');
    writeFileSync(join(folder, 'notes.txt'), 'c');
    const found = await readCaptures([folder]);
    expect(found.map(({ name, side }) => [name, side])).toEqual([
      ['guest-dmesg.txt', 'guest'],
      ['host/qm-config.txt', 'host'],
      ['notes.txt', 'unknown'],
    ]);
  });

  test('names stay short while they are unique', async () => {
    const folder = scratch();
    for (const part of ['a', 'b']) {
      mkdirSync(join(folder, part));
      writeFileSync(join(folder, part, 'dmesg.txt'), 'x');
    }
    const paths = [join(folder, 'a/dmesg.txt'), join(folder, 'b/dmesg.txt')];
    expect((await readCaptures(paths)).map(({ name }) => name)).toEqual(paths);
    expect((await readCaptures([paths[0] as string])).map(({ name }) => name)).toEqual(['dmesg.txt']);
  });

  test('what cannot be read is one clear sentence', async () => {
    await expect(readCaptures(['/nonexistent'])).rejects.toThrow('/nonexistent: no such file or folder.');
    await expect(readCaptures([scratch()])).rejects.toThrow('holds no files');
  });

  test('a packet capture is handed on as bytes, packed or not, and can be walked through again', async () => {
    const folder = scratch();
    const bytes = Buffer.concat([Buffer.from('d4c3b2a102000400', 'hex'), Buffer.alloc(3 << 20, 7)]);
    writeFileSync(join(folder, 'tap.pcap'), bytes);
    writeFileSync(join(folder, 'packed.pcap.gz'), gzipSync(bytes));
    for (const name of ['tap.pcap', 'packed.pcap.gz']) {
      const [capture] = await readCaptures([join(folder, name)]);
      expect(capture?.failure).toBeUndefined();
      for (let walk = 0; walk < 2; walk++)
        expect(Buffer.concat([...(capture?.bytes ?? [])].map((piece) => Buffer.from(piece)))).toHaveLength(
          bytes.length,
        );
    }
    const cut = join(folder, 'cut.pcap.gz');
    writeFileSync(cut, gzipSync(bytes).subarray(0, -20));
    const [capture] = await readCaptures([cut]);
    expect([...(capture?.bytes ?? [])].length).toBeGreaterThan(0);
  });

  test('a packet capture is read in another thread too', async () => {
    const path = join(scratch(), 'tap.pcap');
    writeFileSync(path, Buffer.from('d4c3b2a1020004000000', 'hex'));
    const [given] = await readCaptures([path]);
    const capture = reopened(structuredClone(given as Capture));
    expect([...(capture.bytes ?? [])].map(({ length }) => length)).toEqual([10]);
  });

  test.each([1, 3, 5, 100])('packets on a stream are known when they come in pieces of %i', async (size) => {
    const parts = (all: Buffer) =>
      Readable.from(
        Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
          all.subarray(index * size, (index + 1) * size),
        ),
      );
    const bytes = Buffer.from('0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000', 'hex');
    const { bytes: pieces = [], failure } = await readStream(parts(bytes), 100);
    expect(Buffer.concat([...pieces])).toEqual(bytes);
    expect(failure).toBeUndefined();
    expect((await readStream(parts(Buffer.from('vio0: flags')), 100)).text).toBe('vio0: flags');
    expect(await readStream(parts(Buffer.concat(Array(200).fill(bytes))), 100)).toMatchObject({
      text: '',
      failure: expect.stringContaining('as a plain file'),
    });
  });
});

describe('readLargeLog', () => {
  const log = ['a', 'vio0: device needs reset', 'b', '', 'NETDEV WATCHDOG: eth0', 'last vio1 line'];

  test('keeps the lines that name a network thing, with their numbers, however the stream is cut', async () => {
    const bytes = Buffer.from(log.join('\n'));
    for (let size = 1; size < 20; size++) {
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      const { text, numbers, passedOver } = await readStream(Readable.from(parts), 0);
      expect(text.split('\n')).toEqual([log[1], log[4], log[5]]);
      expect(numbers).toEqual([2, 5, 6]);
      expect(passedOver).toBe(3);
    }
  });

  test.each([
    'kernel: Kernel panic - not syncing: Fatal exception',
    'kernel: watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [kworker/1:1:42]',
    'kernel: rcu: INFO: rcu_sched detected stalls on CPUs/tasks:',
    'kernel: INFO: task ip:812 blocked for more than 120 seconds.',
    'kernel: BUG: kernel NULL pointer dereference, address: 0000000000000008',
    'kernel: Oops: 0000 [#1] SMP PTI',
    'kernel: #1 0xffffffff80bbea9d at vpanic+0x17d',
    'kernel: Fatal trap 12: page fault while in kernel mode',
    'kernel: br0: received packet on eno1 with own address as source address (addr:52:54:00:00:00:01, vlan:0)',
    'kernel: e1000e 0000:00:1f.6 eno1: Detected Hardware Unit Hang:',
    'kernel: e1000e 0000:00:1f.6 eno1: Reset adapter unexpectedly',
    'kernel: igb 0000:03:00.0 eno1: igb: eno1 NIC Link is Down',
    'kernel: br0: BPDU received on blocked port 3(eno1)',
    'kernel: IPv6: eth0: IPv6 duplicate address fe80::1 detected!',
    'kernel: eth0: hw csum failure',
    'kernel: em0: Watchdog timeout -- resetting',
    'dhclient[512]: DHCPDISCOVER on eth0 to 255.255.255.255 port 67 interval 8',
    'vmd[5123]: vm_priv_brconfig: interface em0 add tap0: Invalid argument',
  ])('keeps %j', async (line) => {
    const { text } = await readStream(Readable.from([Buffer.from(`a\n${line}\nb\n`)]), 0);
    expect(text).toBe(line);
  });

  test('a file gives the same as a stream', async () => {
    const file = join(scratch(), 'log');
    const long = `${'x'.repeat(3 << 20)} vio0`;
    writeFileSync(file, [...log, long, 'vio2: the end'].join('\n'));
    const { numbers, passedOver } = readLargeLog(file);
    expect(numbers).toEqual([2, 5, 6, 7, 8]);
    expect(passedOver).toBe(3);
  });

  test('a text that is not large is kept whole', async () => {
    expect(await readStream(Readable.from([Buffer.from('a\nb')]), 100)).toEqual({ text: 'a\nb' });
  });
});

describe('save', () => {
  test('writes whole or not at all', () => {
    const folder = scratch();
    const path = save(join(folder, 'report.txt'), 'text');
    expect(readFileSync(path, 'utf8')).toBe('text');
    expect(() => save(join(folder, 'no/such/folder/report.txt'), 'x')).toThrow(
      /not written: no such file or folder/,
    );
    expect(readdirSync(folder)).toEqual(['report.txt']);
  });
});

describe('a folder that is odd', () => {
  test('links, loops, pipes and devices are passed by; nothing hangs', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'dmesg.txt'), 'a');
    symlinkSync('.', join(folder, 'loop'));
    symlinkSync('/etc', join(folder, 'etc'));
    symlinkSync('/etc/passwd', join(folder, 'passwd.txt'));
    symlinkSync('/dev/zero', join(folder, 'zero'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect((await readCaptures([folder])).map(({ name }) => name)).toEqual(['dmesg.txt']);
    const report = scratch();
    mkdirSync(join(report, 'sos_commands/networking'), { recursive: true });
    symlinkSync('/dev/zero', join(report, 'sos_commands/networking/ip_-s_-d_link'));
    execFileSync('mkfifo', [join(report, 'sos_commands/networking/ip_-d_address')]);
    writeFileSync(join(report, 'sos_commands/networking/ethtool_-i_eth0'), 'driver: virtio_net');
    expect((await readCaptures([report])).map(({ argv }) => argv)).toEqual([['ethtool', '-i', 'eth0']]);
  });

  test('a device has no end, and a pipe has one', async () => {
    await expect(readCaptures(['/dev/zero'])).rejects.toThrow('/dev/zero: is a device');
    const pipe = join(scratch(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [captures] = await Promise.all([
      readCaptures([pipe]),
      promisify(execFile)('sh', ['-c', 'echo from a pipe > "$1"', 'sh', pipe]),
    ]);
    expect(captures[0]?.text).toBe('from a pipe\n');
  });

  test('archives in it are named, and not opened', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'sos.tar.xz'), 'x');
    await expect(readCaptures([folder])).rejects.toThrow('holds archives (sos.tar.xz): name those.');
    writeFileSync(join(folder, 'dmesg.txt'), 'a');
    const [capture, ...others] = await readCaptures([folder]);
    expect(others).toEqual([]);
    expect(capture?.problems?.[0]?.says).toContain('not opened: sos.tar.xz');
  });

  test('what cannot be read in it is told, and the others are read', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'a.txt'), 'a');
    writeFileSync(Buffer.concat([Buffer.from(join(folder, 'b')), Buffer.from([0xff])]), 'b');
    const captures = await readCaptures([folder]);
    expect(captures.map(({ text, failure }) => failure ?? text)).toEqual(['a', 'no such file or folder.']);
    await expect(readCaptures([join(folder, 'c.txt')])).rejects.toThrow('no such file');
  });
});
