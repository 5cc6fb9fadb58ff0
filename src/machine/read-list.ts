/** The paths of a list, one a line, as they come; `find -print0` separates by NUL instead, and that is seen. */
export async function* readList(stream: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  let rest = '';
  let separator: string | undefined;
  const decoder = new TextDecoder();
  for await (const part of stream) {
    rest += typeof part === 'string' ? part : decoder.decode(part, { stream: true });
    separator ??= ['\0', '\n'].find((mark) => rest.includes(mark));
    if (separator === undefined) continue;
    const paths = rest.split(separator);
    rest = paths.pop() ?? '';
    for (const path of paths) if (bare(path) !== '') yield bare(path);
  }
  if (bare(rest) !== '') yield bare(rest);
}

function bare(path: string): string {
  return path.endsWith('\r') ? path.slice(0, -1) : path;
}
