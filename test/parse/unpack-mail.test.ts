import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import { unpack } from '../../src/parse/unpack/unpack.ts';
import { knowledge, readCase } from '../cases.ts';

const CASE = readCase('no-carrier-vlan-40');
const textOf = (name: string) => CASE.captures.find((one) => one.name === name)?.text ?? '';
const HEAD = 'From: jane@example.org\nTo: misc@example.org\nSubject: no link\nMIME-Version: 1.0\n';
const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/.{76}/g, '$&\n');

function capture(text: string): Capture {
  return { name: 'mail.eml', side: 'unknown', origin: 'file', text };
}

const multipart = `${HEAD}Content-Type: multipart/mixed;
\tboundary="=_abc+'(x)"

This is a multi-part message.
--=_abc+'(x)
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

vio1: flags=3D2008802<BROADCAST,SIMPLEX,MULTICAST,LRO> mtu=
 1500
caf=C3=A9

--inner
Content-Type: text/html

<p>vio1: flags</p>
--inner--
--=_abc+'(x)
Content-Type: text/plain; name="dmesg.txt"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="dmesg.txt"

${base64(Buffer.from(textOf('guest/dmesg.txt')))}
--=_abc+'(x)
Content-Type: application/octet-stream
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename*=UTF-8''tap%20107.pcap

${base64(Buffer.from('d4c3b2a1020004000000000000000000', 'hex'))}
--=_abc+'(x)
Content-Type: message/rfc822

Subject: the host
From: pve@example.org

net1: virtio=C2:8A:93:59:9A:0A,bridge=vmbr1,tag=40
--=_abc+'(x)--
`;

describe('a mail of several parts', () => {
  const captures = unpack(capture(multipart));

  test('is its text and its attachments', () => {
    expect(captures.map(({ name }) => name)).toEqual([
      'mail.eml',
      'mail.eml/dmesg.txt',
      'mail.eml/tap 107.pcap',
      'mail.eml part 4',
    ]);
    expect(captures[0]?.text).toBe(
      'vio1: flags=2008802<BROADCAST,SIMPLEX,MULTICAST,LRO> mtu 1500\ncaf\u00e9\n',
    );
    expect(captures[1]?.text).toBe(textOf('guest/dmesg.txt'));
    expect(Buffer.concat([...(captures[2]?.bytes ?? [])])).toHaveLength(16);
    expect(captures[3]?.text).toContain('net1: virtio=');
  });

  test('line numbers are those of the mail, but of an encoded attachment its own', () => {
    const lines = multipart.split('\n');
    expect(lines[(captures[0]?.numbers?.[0] ?? 0) - 1]).toMatch(/^vio1: flags=3D/);
    expect(lines[(captures[3]?.numbers?.[0] ?? 0) - 1]).toMatch(/^net1/);
    expect(captures[1]?.numbers).toBeUndefined();
  });

  test('shows the fault', () => {
    const [first] = doctor([capture(multipart)], null, knowledge).findings;
    expect(first).toMatchObject({ fault: 'interface-down', nic: 'vio1', standing: 'certain' });
  });

  test('cut anywhere it is read as far as it goes', () => {
    for (let length = 0; length < multipart.length; length += 101)
      unpack(capture(multipart.slice(0, length)));
    const cut = unpack(capture(multipart.slice(0, multipart.indexOf('caf='))));
    expect(cut[0]?.text).toContain('MULTICAST,LRO> mtu 1500');
  });
});

test('one part, encoded', () => {
  const quoted = `${HEAD}Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\na=E9=\nb\n`;
  expect(unpack(capture(quoted))[0]).toMatchObject({ text: 'a\u00e9b', numbers: [8] });
  const whole = `${HEAD}Content-Transfer-Encoding: base64\n\n${base64(Buffer.from('vio0: flags\n'))}\n`;
  expect(unpack(capture(whole))[0]?.text).toBe('vio0: flags\n');
});

test('a plain mail, and what only looks like one, stay as they are', () => {
  for (const text of [
    `${HEAD}Content-Type: text/plain\n\nhello\n`,
    'Content-Type: multipart/mixed; boundary=x\n\n--x\n',
    'a\nContent-Transfer-Encoding: base64\n\nAAAA\n',
  ])
    expect(unpack(capture(text))).toEqual([capture(text)]);
});

test('an attachment that is no text says so', () => {
  const zip = base64(Buffer.from('504b0304140000000000', 'hex'));
  const mail = `${HEAD}Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n${zip}`;
  expect(unpack(capture(mail))[0]).toMatchObject({ text: '', failure: expect.stringContaining('no text') });
});

test('files put in by uuencode and b64encode', () => {
  const uu = "begin 644 ifconfig.txt\n=*'9I;S$Z(&9L86=S/3@X,#(\\0E)/041#05-4/@H\n`\nend\n";
  const encoded = `Hello\nbegin-base64 644 dmesg.txt\n${base64(Buffer.from('vio0 at virtio2\n'))}\n====\nand\n${uu}Bye\n`;
  const captures = unpack(capture(encoded));
  expect(captures.map(({ name }) => name)).toEqual([
    'mail.eml',
    'mail.eml/dmesg.txt',
    'mail.eml/ifconfig.txt',
  ]);
  expect(captures[0]).toMatchObject({ text: 'Hello\nand\nBye', numbers: [1, 5, 10] });
  expect(captures[1]?.text).toBe('vio0 at virtio2\n');
  expect(captures[2]?.text).toMatch(/vio1: flags=8802<BROADCAST/);
  const cut = encoded.slice(0, encoded.indexOf('===='));
  expect(unpack(capture(cut))).toEqual([capture(cut)]);
});

test('any text is taken without a throw', () => {
  const part = fc.oneof(
    fc.constantFrom(...multipart.split('\n')),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('begin 644 x', 'end', '====', '--inner', '=E9', '='),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (lines) => {
      unpack(capture(HEAD + lines.join('\n')));
    }),
    { numRuns: 300 },
  );
});
