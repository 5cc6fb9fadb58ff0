/** Compares `7.10` and `7.9`, `6.1.0-56-amd64` and `6.12.107`, `14.3-RELEASE-p2` by their numbers: negative when a is older. */
export function compareReleases(a: string, b: string): number {
  const left = numbersOf(a);
  const right = numbersOf(b);
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(release: string): number[] {
  return (/^\d{1,6}(?:\.\d{1,6}){0,5}/.exec(release)?.[0] ?? '').split('.').map(Number);
}
