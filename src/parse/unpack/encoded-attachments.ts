// Reads: files that were put into a text by uuencode(1) or b64encode(1): `begin 644 NAME`, `begin-base64 644 NAME`.
// Printed by: b64encode and uuencode of the BSDs (usr.bin/uuencode); sendbug uses it for acpidump, GNATS for attachments.
// Fixtures: test/parse/unpack-mail.test.ts makes them.

import type { Capture } from '../../model/capture.ts';
import type { Problem } from '../../model/problem.ts';
import { decodeBase64 } from '../base64.ts';
import { decoded, isBinary, uuBytes } from './decode-transfer.ts';
import { contentOf, type Numbered, numberedRows } from './numbered-rows.ts';

const BEGIN = /^(?:> ?){0,4}begin(-base64)? [0-7]{3,4} (\S.{0,199})$/;
const BASE64 = /^[A-Za-z0-9+/]{1,120}={0,2}$/;
const UU = /^[\x20-\x60]{1,120}$/;

type File = { readonly name: string; readonly bytes: Uint8Array; readonly rows: number };

/** The text without them, and each that is a text; the others are named. */
export function unpackEncoded(capture: Capture): Capture[] {
  if (!/^(?:> ?){0,4}begin(?:-base64)? [0-7]{3,4} \S/m.test(capture.text)) return [capture];
  const rows = numberedRows(capture);
  const rest: Numbered[] = [];
  const files: File[] = [];
  for (let index = 0; index < rows.length; index++) {
    const file = fileAt(rows, index);
    if (file) {
      files.push(file);
      index += file.rows - 1;
    } else rest.push(rows[index] as Numbered);
  }
  if (files.length === 0) return [capture];
  const texts = files.filter(({ bytes }) => !isBinary(bytes));
  const others = files.filter(({ bytes }) => isBinary(bytes));
  const passedOver = (capture.passedOver ?? 0) + others.reduce((sum, file) => sum + file.rows, 0);
  const { side, origin } = capture;
  return [
    { ...capture, ...contentOf(rest), passedOver, problems: problemsOf(capture, others) },
    ...texts.map(({ name, bytes }) => ({
      name: `${capture.name}/${name}`,
      side,
      origin,
      text: decoded(bytes),
    })),
  ];
}

function fileAt(rows: readonly Numbered[], from: number): File | undefined {
  const [, base64, name = ''] = BEGIN.exec(rows[from]?.text ?? '') ?? [];
  if (name === '') return undefined;
  const isBase64 = base64 !== undefined;
  const body: string[] = [];
  for (let index = from + 1; index < rows.length; index++) {
    const text = rows[index]?.text.replace(/^(?:> ?){1,4}/, '') ?? '';
    if (text === (isBase64 ? '====' : 'end'))
      return { name, bytes: bytesOf(body, isBase64), rows: index - from + 1 };
    if (!(isBase64 ? BASE64 : UU).test(text)) return undefined;
    body.push(text);
  }
  return undefined;
}

function bytesOf(body: readonly string[], isBase64: boolean): Uint8Array {
  return isBase64 ? decodeBase64(body.join('')) : Uint8Array.from(body.flatMap(uuBytes));
}

function problemsOf({ name, problems = [] }: Capture, others: readonly File[]): Problem[] {
  if (others.length === 0) return [...problems];
  const names = others.slice(0, 5).map((file) => file.name);
  const more = others.length > 5 ? ` and ${others.length - 5} more` : '';
  const says = `${name}: attachments that are no texts were passed over: ${names.join(', ')}${more}.`;
  return [...problems, { code: 'note', says, at: [] }];
}
