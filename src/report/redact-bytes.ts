/**
 * Packets printed in hexadecimal (tcpdump -x, -X) hold addresses and payload that no stand-in can reach. The digits go, the rows
 * stay. Registers are not meant: pcidump has groups of eight digits, lspci of two, QEMU's monitor a 0x before each.
 */
export function blankPacketBytes(text: string): { text: string; rows: number } {
  if (!MAY_HOLD.test(text)) return { text, rows: 0 };
  let rows = 0;
  const lines = text.split('\n').map((line) => {
    const match = line.length < 200 ? (WITH_OFFSET.exec(line) ?? WITHOUT_OFFSET.exec(line)) : null;
    if (!match || (!match[1] && !isSurelyHex(match[2] ?? ''))) return line;
    rows++;
    const [whole, , bytes = ''] = match;
    const head = line.slice(0, whole.length - bytes.length);
    return head + bytes.replace(/[0-9a-f]/g, 'x') + line.slice(whole.length).replace(/\S/g, '.');
  });
  return { text: lines.join('\n'), rows };
}

const MAY_HOLD = /[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}/;
/** `\t0x0010:  4500 0054 ...  E..T`, OpenBSD's `  0010: 4500 0054 ...  E..T` */
const WITH_OFFSET = /^[>|\s]{0,20}((?:0x)?[0-9a-f]{4}:) {1,3}((?:[0-9a-f]{4} ){2,7}[0-9a-f]{2,4}(?![\w]))/;
/** OpenBSD's -x: groups alone, indented. */
const WITHOUT_OFFSET = /^(?:[>|] ?)?[ \t]{1,20}()?((?:[0-9a-f]{4} ){3,7}[0-9a-f]{2,4})(?=\s*$)/;

/** Five columns of decimal numbers look the same; eight do not stand anywhere else. */
function isSurelyHex(groups: string): boolean {
  return /[a-f]/.test(groups) || groups.length >= 39;
}
