import type { Side } from '../model/capture.ts';

/** A case's own description and pictures are nothing to be read. */
export function isForeign(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    name === 'case.yaml' ||
    name === 'origin.yaml' ||
    isArchiveName(name) ||
    /\.(?:gz|xz|bz2|zst|png|jpe?g|svg|core|sha256|md5|sig|asc|gpg)$/.test(name)
  );
}

export function isArchiveName(name: string): boolean {
  return /\.(?:tar|tgz|txz|tbz2?|tar\.\w{2,4}|zip|7z)$/.test(name);
}

/** An archive, or a single file that is packed. */
export function isPacked(path: string): boolean {
  return isArchiveName(path) || /\.(?:gz|xz|bz2|zst)$/.test(path);
}

/** `messages.1.gz` holds `messages.1`. */
export function withoutPacking(name: string): string {
  return name.replace(/\.(?:gz|xz|bz2|zst)$/, '');
}

/** The folder it lies in (`host/qm-config.txt`), or the beginning of its name (`guest-dmesg.txt`). */
export function sideByName(path: string): Side {
  const match = /(?:^|\/)(guest|host|peer)\/[^/]*$|(?:^|\/)(guest|host|peer)[-_.][^/]*$/.exec(
    path.replaceAll('\\', '/'),
  );
  return (match?.[1] ?? match?.[2] ?? 'unknown') as Side;
}

/** The file name where that is unique in the run, else the path as given. */
export function shortNames(files: readonly { path: string; name: string }[]): string[] {
  const count = new Map<string, number>();
  for (const { name } of files) count.set(name, (count.get(name) ?? 0) + 1);
  return files.map(({ path, name }) => (count.get(name) === 1 ? name : path));
}

/** The first of some names, and how many more there are. */
export function someOf(names: readonly string[]): string {
  const more = names.length > 5 ? `, and ${names.length - 5} more` : '';
  return `${names.slice(0, 5).join(', ')}${more}`;
}
