/** What Windows calls the NICs that hypervisors emulate (the drivers' INF files) and which driver that is. */
const MODELS: readonly (readonly [RegExp, string])[] = [
  [/^Red Hat VirtIO Ethernet Adapter\b/, 'netkvm'],
  [/^vmxnet3 Ethernet Adapter\b/i, 'vmxnet3'],
  [/^Intel\(R\) (?:PRO\/1000 MT|82540EM|82545EM|82543GC)\b/, 'e1000'],
  [/^Intel\(R\) 82574L\b/, 'e1000e'],
  [/^Realtek RTL8139/, '8139cp'],
];

export function driverOfModel(model: string): string | undefined {
  return MODELS.find(([shape]) => shape.test(model))?.[1];
}

/** `52-54-00-12-34-56`, `525400123456` or with colons, as the tools of Windows print a MAC; undefined for anything longer. */
export function macOfWindows(text: string): string | undefined {
  const parts =
    /^([\da-f]{2})([-: ]?)([\da-f]{2})\2([\da-f]{2})\2([\da-f]{2})\2([\da-f]{2})\2([\da-f]{2})$/i.exec(
      text.trim(),
    );
  if (!parts) return undefined;
  const [, a, , b, c, d, e, f] = parts;
  return [a, b, c, d, e, f].join(':').toLowerCase();
}
