import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where the program keeps what must outlive it: `~/.local/state/vio-doctor`, or as the XDG base directories say. */
export function stateFolder(): string {
  const given = process.env.XDG_STATE_HOME ?? '';
  return join(isAbsolute(given) ? given : join(homedir(), '.local/state'), 'vio-doctor');
}
