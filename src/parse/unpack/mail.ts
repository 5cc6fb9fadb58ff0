// Reads: a mail with several parts or an encoded one (RFC 2045, 2046): its text and its attachments, each a text of its own.
// Printed by: mail programs, list archives (raw or mbox form), GNATS.
// Fixtures: test/parse/unpack-mail.test.ts makes mails.

import type { Capture } from '../../model/capture.ts';
import { decodeBase64 } from '../base64.ts';
import { isPacketFile } from '../pcap/walk-frames.ts';
import { decoded, isBinary, quotedPrintableRows } from './decode-transfer.ts';
import { isMailHeader, type MailFields, mailHeader, parameterOf } from './mail-header.ts';
import { contentOf, type Numbered, numberedRows } from './numbered-rows.ts';

const DEEPEST = 4;
const MOST_PARTS = 100;

type Part = { readonly fields: MailFields; readonly rows: readonly Numbered[] };

/** Any other text, and a mail that is plain text, stays as it is. */
export function unpackMail(capture: Capture): Capture[] {
  if (!/^(?:content-type|content-transfer-encoding):/im.test(capture.text.slice(0, 20_000))) return [capture];
  const rows = numberedRows(capture);
  const { fields, next } = mailHeader(rows, 0);
  if (!isMailHeader(fields) || !isEncoded(fields)) return [capture];
  const parts = partsOf({ fields, rows: rows.slice(next) }, 0);
  return parts.slice(0, MOST_PARTS).map((part, index) => toCapture(capture, part, index));
}

function isEncoded(fields: MailFields): boolean {
  return typeOf(fields).startsWith('multipart/') || encodingOf(fields) !== 'none';
}

function typeOf(fields: MailFields): string {
  return (fields.get('content-type') ?? 'text/plain').split(';')[0]?.trim().toLowerCase() ?? '';
}

function encodingOf(fields: MailFields): 'base64' | 'quoted-printable' | 'none' {
  const word = fields.get('content-transfer-encoding')?.trim().toLowerCase();
  return word === 'base64' || word === 'quoted-printable' ? word : 'none';
}

/** The leaves, in order. Of the same text in several forms, the plain one. */
function partsOf(part: Part, depth: number): Part[] {
  const type = typeOf(part.fields);
  if (depth >= DEEPEST) return [part];
  if (type === 'message/rfc822') return partsOf(partAt(part.rows), depth + 1);
  const boundary = type.startsWith('multipart/')
    ? parameterOf(part.fields.get('content-type'), 'boundary')
    : undefined;
  if (boundary === undefined) return [part];
  const inside = split(part.rows, boundary).map(partAt);
  const plain = inside.find(({ fields }) => typeOf(fields) === 'text/plain');
  const chosen = type === 'multipart/alternative' && plain ? [plain] : inside;
  return chosen.flatMap((one) => partsOf(one, depth + 1));
}

function partAt(rows: readonly Numbered[]): Part {
  const { fields, next } = mailHeader(rows, 0);
  return { fields, rows: rows.slice(next) };
}

/** What stands between the boundaries; the last one may be cut. */
function split(rows: readonly Numbered[], boundary: string): Numbered[][] {
  const parts: Numbered[][] = [];
  let open: Numbered[] | undefined;
  for (const row of rows) {
    const text = row.text.trimEnd();
    if (text === `--${boundary}--`) break;
    if (text === `--${boundary}`) {
      open = [];
      parts.push(open);
    } else open?.push(row);
  }
  return parts;
}

function toCapture({ name, side, origin }: Capture, { fields, rows }: Part, index: number): Capture {
  const file =
    parameterOf(fields.get('content-disposition'), 'filename') ??
    parameterOf(fields.get('content-type'), 'name');
  const own = file ? `${name}/${file}` : index === 0 ? name : `${name} part ${index + 1}`;
  return { name: own, side, origin, ...contentOfPart(fields, rows) };
}

function contentOfPart(
  fields: MailFields,
  rows: readonly Numbered[],
): Pick<Capture, 'text' | 'bytes' | 'numbers' | 'failure'> {
  const charset = parameterOf(fields.get('content-type'), 'charset') ?? 'utf-8';
  if (encodingOf(fields) === 'quoted-printable') return contentOf(quotedPrintableRows(rows, charset));
  if (encodingOf(fields) === 'none') return contentOf(rows);
  // Line numbers are those of the attachment: in the mail nobody could look them up.
  const bytes = decodeBase64(rows.map(({ text }) => text).join(''));
  if (isPacketFile(bytes)) return { text: '', bytes: [bytes] };
  if (isBinary(bytes))
    return { text: '', failure: 'this attachment is no text: save it, and give it by itself.' };
  return { text: decoded(bytes, charset) };
}
