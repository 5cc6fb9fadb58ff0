const IS_LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** Beyond these, the sum of 16-bit words would leave what is fast to add. */
const WORDS_AT_ONCE = 16_384;

let viewed: { buffer: ArrayBufferLike; words: Uint16Array } | undefined;

/** The one's complement sum of RFC 1071, folded to 16 bits; an odd last octet counts as the higher half of a word. */
export function sumOf(data: Uint8Array, from: number, to: number): number {
  const { buffer, byteOffset } = data;
  if (viewed?.buffer !== buffer)
    viewed = { buffer, words: new Uint16Array(buffer, 0, buffer.byteLength >> 1) };
  const { words } = viewed;
  const start = byteOffset + from;
  const end = byteOffset + to;
  let sum = 0;
  // Words are added as the machine has them, and the sum is turned at the end: RFC 1071, 2(B).
  if (from >= to) return 0;
  if (start & 1) sum += IS_LITTLE ? (data[from] as number) << 8 : (data[from] as number);
  if (end & 1) sum += IS_LITTLE ? (data[to - 1] as number) : (data[to - 1] as number) << 8;
  for (let word = (start + 1) >> 1, last = end >> 1; word < last; ) {
    const stop = Math.min(word + WORDS_AT_ONCE, last);
    let part = 0;
    for (; word < stop; word++) part += words[word] as number;
    sum = fold(sum + part);
  }
  const folded = fold(sum);
  return IS_LITTLE === ((start & 1) === 0) ? ((folded & 0xff) << 8) | (folded >> 8) : folded;
}

export function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return folded;
}
