import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUNDLE, CASES, run, scratch } from './run.ts';

describe('what a person gets', () => {
  test('seed 002: interface-down is certain on the flags word, the config vector stays possible below it', async () => {
    const { code, out } = await run(['diagnose', '--json', join(CASES, 'no-carrier-vlan-40')]);
    const report = JSON.parse(out);
    expect(code).toBe(1);
    expect(report.findings[0]).toMatchObject({ fault: 'interface-down', nic: 'vio1', standing: 'certain' });
    expect(report.findings[0].because[0]).toMatchObject({ sample: 'guest/ifconfig.txt', line: 1 });
    const vector = report.findings.find(
      (finding: { fault: string }) => finding.fault === 'no-carrier-config-vector',
    );
    expect(vector.standing).toBe('possible');
    expect(vector.ask.length).toBeGreaterThan(0);
    const e1000 = report.findings[0].plans.find((plan: { fix: string }) => plan.fix === 'e1000-fallback');
    const set = e1000.steps.find(
      (step: { purpose: string; argv: string[] }) => step.purpose === 'do' && step.argv[1] === 'set',
    );
    expect(set.argv).toEqual(['qm', 'set', '107', '--net1', 'e1000=C2:8A:93:59:9A:0A,bridge=vmbr1,tag=40']);
  });

  test('a healthy case is healthy, and only then 0', async () => {
    const { code, out } = await run(['diagnose', join(CASES, 'healthy-openbsd-7.8')]);
    expect(code).toBe(0);
    expect(out).toMatch(/healthy|nothing is wrong/i);
  });

  test('without enough evidence it says so, asks, and exits 2', async () => {
    const { code, out } = await run(['diagnose', '-'], {
      input: '$ dmesg | grep vio0\nvio0 at virtio2: address c6:82:da:26:a6:5b\n',
    });
    expect(code).toBe(2);
    expect(out).toMatch(/ifconfig/);
  });

  test('a reader that stops reading is no error', async () => {
    const child = spawn(process.execPath, [BUNDLE, 'diagnose', '--json', CASES]);
    const err: Buffer[] = [];
    child.stderr.on('data', (bytes) => err.push(bytes));
    child.stdout.once('data', () => child.stdout.destroy());
    await new Promise((resolve) => child.on('close', resolve));
    expect(Buffer.concat(err).toString()).toBe('');
  });

  test('the complaint is evidence', async () => {
    const file = join(CASES, 'ring-stall-before/guest/dmesg.txt');
    const { out } = await run(['diagnose', '--json', '--complaint', 'stalls', file]);
    expect(JSON.parse(out).findings[0]).toMatchObject({
      fault: 'ring-event-idx-stall',
      standing: 'possible',
    });
  });

  test('a forum thread in one piece, line numbers as given', async () => {
    const thread = [
      'Hello all,',
      '',
      'my second NIC is dead since the upgrade, see below:',
      '> vm# ifconfig vio1',
      '> vio1: flags=2008802&lt;BROADCAST,SIMPLEX,MULTICAST,LRO&gt; mtu 1500',
      '> lladdr c2:8a:93:59:9a:0a',
      '> index 2 priority 0 llprio 3',
      '> media: Ethernet autoselect',
      '> status: no carrier',
      'and on the host \x1b[1mqm config 107\x1b[0m says',
      '```',
      'net1: virtio=C2:8A:93:59:9A:0A,bridge=vmbr1,tag=40\r',
      '```',
      'Any ideas? Thanks!',
    ].join('\n');
    const { out } = await run(['diagnose', '--json', '-'], { input: thread });
    const report = JSON.parse(out);
    expect(report.findings[0]).toMatchObject({ fault: 'interface-down', nic: 'vio1', standing: 'certain' });
    expect(report.findings[0].because[0]).toMatchObject({ sample: 'stdin', line: 5 });
    expect(report.nics[0]).toMatchObject({ name: 'vio1', bridge: 'vmbr1', vlan: 40 });
    expect(report.nics[0].joined[0].by).toBe('mac');
  });

  test.each(['text', 'markdown', 'sendbug', 'github', 'plain-text'])(
    '%s names fault, line and command',
    async (format) => {
      const { out } = await run(['diagnose', '--format', format, join(CASES, 'no-carrier-vlan-40')]);
      expect(out).toContain('guest/ifconfig.txt:1');
      expect(out).toContain('ifconfig vio1 up');
    },
  );

  test('redaction leaves nothing of the original', async () => {
    const { out } = await run([
      'diagnose',
      '--redact',
      '--format',
      'sendbug',
      join(CASES, 'no-carrier-vlan-40'),
    ]);
    expect(out.toLowerCase()).not.toContain('c2:8a:93:59:9a:0a');
    expect(out.toLowerCase()).not.toContain('7e:34:ff:40:b4:53');
  });

  test('explain and demo work without a terminal', async () => {
    expect((await run(['explain'])).out).toContain('interface-down');
    const one = await run(['explain', 'no-carrier-config-vector']);
    expect(one).toMatchObject({ code: 0 });
    expect(one.out).toContain('0xffff');
    const demo = await run(['demo']);
    expect(demo.code).toBe(1);
    expect(demo.out).toContain('vio1');
    expect(demo.out).not.toContain('\x1b');
  });

  test('without a terminal the app says what to do instead', async () => {
    const { code, err } = await run([]);
    expect(code).toBe(64);
    expect(err).toMatch(/diagnose/);
  });
});

describe('bad input', () => {
  test.each([
    ['a wrong option', ['diagnose', '--nonsense'], 64],
    ['an unknown format', ['diagnose', '--format', 'pdf', '-'], 64],
    ['an unknown complaint', ['diagnose', '--complaint', 'sad', '-'], 64],
    ['an unknown command', ['diagnoze'], 64],
    ['a path that is not there', ['diagnose', '/nonexistent/file'], 66],
    ['an unknown NIC', ['diagnose', '--nic', 'vio9', join(CASES, 'no-carrier-vlan-40')], 66],
    ['an unknown fault', ['explain', 'gremlins'], 66],
  ] as const)('%s: one clear line, exit %3$s', async (_, args, code) => {
    const result = await run(args);
    expect(result.code).toBe(code);
    expect(result.err.trim().length).toBeGreaterThan(10);
    expect(result.err).not.toMatch(/\n\s+at /);
  });

  test('an empty file and a binary file are told, and nothing is claimed', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'empty.txt'), '');
    writeFileSync(join(folder, 'binary.txt'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1]));
    const { code, out } = await run(['diagnose', '--json', folder]);
    expect(code).toBe(2);
    const codes = JSON.parse(out).problems.map((problem: { code: string }) => problem.code);
    expect(codes).toEqual(expect.arrayContaining(['sample-empty', 'sample-failed']));
  });

  test('a single line of 10 MB is cut, told, and costs little', async () => {
    const file = join(scratch(), 'line.txt');
    writeFileSync(file, `vio0: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500 ${'x '.repeat(5_000_000)}`);
    const { code, peakMegabytes } = await run(['diagnose', '--json', file]);
    expect([1, 2]).toContain(code);
    expect(peakMegabytes).toBeLessThan(300);
  });

  test('200 MB of /var/log/messages are read as a stream, with true line numbers', async () => {
    const file = join(scratch(), 'messages');
    const line =
      'Nov 20 10:00:01 fw sshd[1234]: accepted publickey for operator from 192.0.2.7 port 51022 ssh2\n';
    const block = Buffer.from(line.repeat(10_000));
    const { openSync, writeSync, closeSync } = await import('node:fs');
    const handle = openSync(file, 'w');
    let size = 0;
    for (; size < 200_000_000; size += block.length) writeSync(handle, block);
    writeSync(handle, 'Nov 20 10:00:02 fw /bsd: vio0: device needs reset\n');
    writeSync(handle, 'Nov 20 10:00:02 fw /bsd: vio0 at virtio2: address c6:82:da:26:a6:5b\n');
    closeSync(handle);
    const lines = (size / block.length) * 10_000;
    const { code, out, peakMegabytes } = await run(['diagnose', '--json', file]);
    expect(peakMegabytes).toBeLessThan(300);
    expect(code).toBe(1);
    expect(out).toContain(`"line": ${lines + 1}`);
  });

  test('a broken rule file is named with its line; the others work', async () => {
    const folder = scratch();
    mkdirSync(join(folder, 'faults'));
    writeFileSync(
      join(folder, 'faults/mine.yaml'),
      'id: mine\ntitle: Mine\nseverity: fault\nsymptom: { nic.upp: no }\ncause: { nic.up: no }\nexplain: x\nsigns: {}\nmistaken-for: []\nfixes: []\nsources: [me]\n',
    );
    writeFileSync(join(folder, 'faults/not-yaml.yaml'), 'id: [unclosed\n');
    const { code, out } = await run([
      'diagnose',
      '--json',
      '--rules',
      folder,
      join(CASES, 'no-carrier-vlan-40'),
    ]);
    expect(code).toBe(1);
    const says = JSON.parse(out).problems.map((problem: { says: string }) => problem.says);
    expect(says).toContainEqual(expect.stringMatching(/mine\.yaml:4: .*nic\.upp.*did you mean nic\.up/));
    expect(says).toContainEqual(expect.stringMatching(/not-yaml\.yaml:\d+: /));
    expect(JSON.parse(out).findings[0].fault).toBe('interface-down');
  });
});

describe('hostile input', () => {
  const evil = [
    'vio1: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500',
    '\tlladdr c2:8a:93:59:9a:0a',
    '\tdescription: \x1b]0;owned\x07\x1b[2J\u202egnp.exe\u0007 `$(reboot)`',
    '\tmedia: Ethernet autoselect',
    '\tstatus: no carrier',
    '$ qm config 107',
    'name: $(reboot);`reboot`',
    'net1: virtio=C2:8A:93:59:9A:0A,bridge=$(reboot),tag=40',
    '\x1b[31mvio0 at virtio2: \x9b1mctrl queue\u2066 timeout',
  ].join('\n');

  test.each(['text', 'json', 'markdown', 'sendbug', 'github', 'plain-text'])(
    '%s holds nothing raw',
    async (format) => {
      const { out } = await run(['diagnose', '--format', format, '-'], { input: evil });
      expect(out).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/);
    },
  );

  test('no captured value that is not what it should be becomes part of a command', async () => {
    const { out } = await run(['diagnose', '--json', '-'], { input: evil });
    const report = JSON.parse(out);
    const commands = report.findings.flatMap(
      (finding: { ask: { command: string }[]; plans: { steps: { argv: string[] }[] }[] }) => [
        ...finding.ask.map(({ command }) => command),
        ...finding.plans.flatMap(({ steps }) => steps.map(({ argv }) => argv.join(' '))),
      ],
    );
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(command).not.toContain('reboot)');
  });
});
