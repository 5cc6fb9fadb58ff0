/** OSC 52 carries at most this much (xterm's limit on base64, less its frame). */
const MOST = 74_994;

/**
 * The sequence that asks the terminal to put a text on its clipboard; wrapped where tmux or screen would swallow it.
 * No terminal confirms it, so a file must always be offered too.
 */
export function clipboardSequence(text: string, env: NodeJS.ProcessEnv): string {
  const base64 = Buffer.from(text).subarray(0, MOST).toString('base64');
  const sequence = `\x1b]52;c;${base64}\x07`;
  if (env.TMUX) return `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
  if (env.TERM?.startsWith('screen')) {
    return sequence.replace(/[\s\S]{1,700}/g, (piece) => `\x1bP${piece}\x1b\\`);
  }
  return sequence;
}
