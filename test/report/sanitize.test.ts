import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitize } from '../../src/report/sanitize.ts';

const RAW = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

describe('sanitize', () => {
  test.each([
    ['\x1b[31mred\x1b[0m', '␛[31mred␛[0m'],
    ['\x1b]0;title\x07', '␛]0;title␇'],
    ['a\x9b1mb', 'a\\u{9b}1mb'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['line\r\n', 'line\n'],
    ['\tkept\n', '\tkept\n'],
    ['\ud800lonely', '\\u{d800}lonely'],
    ['Grüße 中 🙂', 'Grüße 中 🙂'],
  ])('%j becomes %j', (given, safe) => {
    expect(sanitize(given)).toBe(safe);
  });

  test('whatever comes in, nothing raw comes out, and what is safe stays', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const safe = sanitize(text);
        expect(safe).not.toMatch(RAW);
        expect(sanitize(safe)).toBe(safe);
      }),
    );
  });
});
