import { alternativesIn } from './expression.ts';

/**
 * What any of them matches. Those that begin alike up to a colon (`^([\w.-]{1,16}): `) are asked for that once, not each in
 * turn: every row of a long text is asked. Of a match of it no group is to be read.
 */
export function anyOf(shapes: readonly RegExp[]): RegExp {
  const ends = new Map<string, string[]>();
  for (const { source } of shapes) {
    const head = headOf(source);
    ends.set(head, [...(ends.get(head) ?? []), source.slice(head.length)]);
  }
  return new RegExp([...ends].flatMap(([head, tails]) => withHead(head, tails)).join('|'));
}

function withHead(head: string, tails: readonly string[]): string[] {
  return head === '' ? tails.map((tail) => `(?:${tail})`) : [`(?:${head}(?:${tails.join('|')}))`];
}

/** Up to its first colon, if that stands in no group and no class, and there is no other alternative. */
function headOf(source: string): string {
  const [head = ''] = /^.*?: (?![{?*+])/.exec(source) ?? [];
  const isWhole = alternativesIn(`${head}|`).length === 2 && !/\[[^\]]*$/.test(head);
  return isWhole && alternativesIn(source).length === 1 ? head : '';
}
