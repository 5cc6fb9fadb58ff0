import { connect } from 'node:net';
import type { Outcome } from '../model/bundle.ts';
import type { Runner } from './runner.ts';

/** One turn of a talk: what the other side said since ours, and what comes of it. */
type Turn = { readonly say: string } | { readonly output: string; readonly isRefused: boolean } | undefined;

/**
 * QEMU's monitor over its unix socket, whichever of the two speaks there: the human one (`-monitor unix:PATH`), or QMP
 * (`-qmp unix:PATH`, also libvirt's and Proxmox VE's own, which serve one client at a time). Hanging up ends nothing.
 */
export function monitorAt(path: string): Runner {
  return (argv, limits) => {
    const from = performance.now();
    return new Promise((resolve) => {
      const socket = connect(path);
      const line = argv.join(' ').replace(/[\r\n]/g, ' ');
      let heard = '';
      let answer: ((said: string) => Turn) | undefined;
      const end = (outcome: Outcome, output = heard) => {
        clearTimeout(timer);
        limits.stop?.removeEventListener('abort', stopped);
        socket.destroy();
        const bytes = Buffer.from(output).subarray(0, limits.bytes);
        resolve({ outcome, output: bytes, seconds: (performance.now() - from) / 1000 });
      };
      const timer = setTimeout(() => end('timed-out'), limits.seconds * 1000);
      const stopped = () => end('stopped');
      limits.stop?.addEventListener('abort', stopped, { once: true });
      socket.setEncoding('utf8');
      socket.on('data', (data: string) => {
        heard += data;
        if (heard.length > limits.bytes) return end('too-large');
        answer ??= /^\s{0,4}\{"QMP"/.test(heard)
          ? speakQmp(line)
          : /\(qemu\) /.test(heard)
            ? speakHmp(line)
            : undefined;
        const turn = answer?.(heard);
        if (turn === undefined) return;
        heard = '';
        if ('say' in turn) socket.write(turn.say);
        else end(turn.isRefused ? 'exit 1' : 'exit 0', turn.output);
      });
      socket.on('error', (error: NodeJS.ErrnoException) =>
        end(error.code === 'EACCES' ? 'refused' : 'exit 1', `${path}: ${error.code ?? error.message}\n`),
      );
      socket.on('close', () => end('lost'));
    });
  };
}

const PROMPT = '(qemu) ';

/** The line comes back with cursor controls in it (util/readline.c), then the answer, then the prompt. */
function speakHmp(line: string): (said: string) => Turn {
  let isAsked = false;
  return (said) => {
    if (!said.endsWith(PROMPT)) return undefined;
    if (!isAsked) {
      isAsked = true;
      return { say: `${line}\n` };
    }
    const output = said.slice(said.indexOf('\n') + 1, -PROMPT.length).replaceAll('\r', '');
    return { output, isRefused: false };
  };
}

/** Events may come in between; each message is a line of its own. */
function speakQmp(line: string): (said: string) => Turn {
  const talk = [
    { execute: 'qmp_capabilities' },
    { execute: 'human-monitor-command', arguments: { 'command-line': line } },
  ];
  let asked = 0;
  return (said) => {
    if (!said.endsWith('\n')) return undefined;
    const messages = said.split('\n').flatMap((row) => messageIn(row));
    const reply = messages.find((message) => 'return' in message || 'error' in message);
    const isGreeting = messages.some((message) => 'QMP' in message);
    if (!isGreeting && !reply) return undefined;
    if (reply && 'error' in reply)
      return { output: `${(reply.error as { desc?: string }).desc ?? 'refused'}\n`, isRefused: true };
    const next = talk[asked++];
    if (next) return { say: `${JSON.stringify(next)}\n` };
    return { output: String(reply?.return ?? '').replaceAll('\r', ''), isRefused: false };
  };
}

function messageIn(row: string): Record<string, unknown>[] {
  try {
    const message: unknown = JSON.parse(row);
    return message !== null && typeof message === 'object' ? [message as Record<string, unknown>] : [];
  } catch {
    return [];
  }
}
