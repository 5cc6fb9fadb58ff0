import { mkdtempSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { monitorAt } from '../../src/machine/monitor.ts';
import { knowledge } from '../cases.ts';

// QEMU's two monitors, stood in for on a unix socket: what they echo, what they refuse, and when they say nothing.
let server: Server | undefined;
afterEach(() => server?.close());

function listen(speak: (socket: Socket) => void): string {
  const path = join(mkdtempSync(join(tmpdir(), 'vio-doctor-test-')), 'monitor');
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    speak(socket);
  }).listen(path);
  return path;
}

const LIMITS = { seconds: 2, bytes: 4096 };

async function ask(path: string, line: string, limits = LIMITS) {
  const { outcome, output } = await monitorAt(path)(line.split(' '), limits);
  return { outcome, text: Buffer.from(output).toString() };
}

/** Answers each line with what `answer` makes of it, after QEMU's greeting. */
function human(answer: (line: string) => string): string {
  return listen((socket) => {
    socket.write("QEMU 8.2.2 monitor - type 'help' for more information\r\n(qemu) ");
    socket.on('data', (data) =>
      socket.write(`i\x1b[K${data.toString().trim()}\x1b[D\r\n${answer(String(data))}(qemu) `),
    );
  });
}

function qmp(answer: (command: string) => string): string {
  return listen((socket) => {
    socket.write(
      '{"QMP": {"version": {"qemu": {"micro": 2, "minor": 2, "major": 8}}, "capabilities": []}}\r\n',
    );
    socket.on('data', (data) => {
      const { execute, arguments: given } = JSON.parse(String(data));
      if (execute === 'qmp_capabilities') socket.write('{"return": {}}\r\n');
      else
        socket.write(
          `{"timestamp": {"seconds": 1}, "event": "RTC_CHANGE"}\r\n${answer(given['command-line'])}\r\n`,
        );
    });
  });
}

test('the human monitor: the answer without its echo and prompts', async () => {
  const path = human((line) => `VM status: ${line.trim()}\r\nsecond row\r\n`);
  expect(await ask(path, 'info status')).toEqual({
    outcome: 'exit 0',
    text: 'VM status: info status\nsecond row\n',
  });
});

test('QMP: the line goes through human-monitor-command, past events', async () => {
  const path = qmp((command) => JSON.stringify({ return: `answer to ${command}\r\n` }));
  expect(await ask(path, 'xp /1hx 0xfe003010')).toEqual({
    outcome: 'exit 0',
    text: 'answer to xp /1hx 0xfe003010\n',
  });
});

test('QMP: what it refuses is told', async () => {
  const path = qmp(() => JSON.stringify({ error: { class: 'GenericError', desc: 'not here' } }));
  expect(await ask(path, 'info pci')).toEqual({ outcome: 'exit 1', text: 'not here\n' });
});

test('no socket, a monitor that is taken, one that hangs up, one without end', async () => {
  expect(await ask('/nonexistent/monitor', 'info pci')).toEqual({
    outcome: 'exit 1',
    text: '/nonexistent/monitor: ENOENT\n',
  });
  const taken = listen(() => undefined);
  expect((await ask(taken, 'info pci', { seconds: 0.2, bytes: 4096 })).outcome).toBe('timed-out');
  const gone = listen((socket) => socket.end());
  expect((await ask(gone, 'info pci')).outcome).toBe('lost');
  const endless = human(() => 'x'.repeat(100_000));
  const { outcome, text } = await ask(endless, 'info pci');
  expect(outcome).toBe('too-large');
  expect(text.length).toBeLessThanOrEqual(4096);
});

test('a line with a line end in it stays one line', async () => {
  const path = human((line) => `${line.split('\n').length - 1}\r\n`);
  expect((await ask(path, 'info pci\nquit')).text).toBe('1\n');
});

test('what is run of the monitor without leave only reads', () => {
  const lines = knowledge.rulebook.probes.filter(
    ({ system, disturbs }) => system === 'qemu' && disturbs === undefined,
  );
  expect(lines.length).toBeGreaterThan(5);
  for (const { argv, otherwise } of lines)
    for (const words of [argv, otherwise ?? argv]) expect(words[0]).toMatch(/^(?:info|xp)$/);
});
