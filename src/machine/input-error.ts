/** An input that cannot be read: the message is one clear sentence; exit code 66. */
export class InputError extends Error {}

/** Why the system refused a file, as the end of a sentence. */
export function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'no such file or folder.';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied.';
  if (code === 'EISDIR') return 'is a folder.';
  return `cannot be read (${code ?? (error as Error).message}).`;
}
