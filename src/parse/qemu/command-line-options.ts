// The value behind -netdev, -device, -nic, -net, -chardev, -name: `kind,key=value,flag`, or JSON (-device since QEMU 6.2, -netdev since 7.0).
// Grammar: QEMU util/keyval.c and util/qemu-option.c (`,,` stands for a comma, `noFLAG` for FLAG=off).

export type Options = Map<string, string>;

/** The options by name; what stands first without a name is called `implied`. */
export function optionsOf(value: string, implied: string): Options {
  if (value.startsWith('{')) return optionsOfJson(value, implied);
  const options = new Map<string, string>();
  const parts = value.replaceAll(',,', '\0').split(',').slice(0, 80);
  for (const [index, given] of parts.entries()) {
    const part = given.replaceAll('\0', ',');
    const [, key, text] = /^([\w.-]{1,60})=(.{0,600})$/.exec(part) ?? [];
    if (key !== undefined && text !== undefined) options.set(key, text);
    else if (index === 0) options.set(implied, part);
    else if (/^no[a-z]/.test(part)) options.set(part.slice(2), 'off');
    else if (part !== '') options.set(part, 'on');
  }
  return options;
}

function optionsOfJson(value: string, implied: string): Options {
  const options = new Map<string, string>();
  for (const [key, one] of Object.entries(parse(value) ?? {})) {
    const name = key === 'driver' || key === 'type' ? implied : key;
    if (typeof one === 'string' || typeof one === 'number') options.set(name, String(one));
    if (Array.isArray(one)) options.set(name, one.map(String).join(':'));
    if (typeof one === 'boolean') options.set(name, one ? 'on' : 'off');
  }
  return options;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

export function numberIn(options: Options, key: string): number | undefined {
  const text = options.get(key);
  if (text === undefined) return undefined;
  return /^(?:\d{1,9}|0x[\da-f]{1,8})$/i.test(text) ? Number(text) : undefined;
}

export function switchIn(options: Options, ...keys: readonly string[]): boolean | undefined {
  const text = keys.map((key) => options.get(key)).find((one) => one !== undefined);
  if (text === undefined) return undefined;
  if (/^(?:on|yes|true|y|1)$/.test(text)) return true;
  return /^(?:off|no|false|n|0)$/.test(text) ? false : undefined;
}

export function macIn(options: Options, key: string): string | undefined {
  const text = options.get(key);
  return text !== undefined && /^(?:[\da-f]{1,2}[:-]){5}[\da-f]{1,2}$/i.test(text)
    ? text
        .split(/[:-]/)
        .map((byte) => byte.padStart(2, '0').toLowerCase())
        .join(':')
    : undefined;
}
