import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitize, sanitizeReport } from '../../src/report/sanitize.ts';
import { HOSTILE, poisoned, sampleReport } from './sample-report.ts';

const RAW = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

describe('sanitize', () => {
  test.each([
    ['\x1b[31mred\x1b[0m', '␛[31mred␛[0m'],
    ['\x1b]0;title\x07', '␛]0;title␇'],
    ['a\x9b1mb', 'a\\u{9b}1mb'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['a\u2028b', 'a\\u{2028}b'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['line\r\n', 'line\n'],
    ['one\rother', 'one␍other'],
    ['\tkept\n', '\tkept\n'],
    ['\x7f\x00', '␡␀'],
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

  test('nothing is lost: each unsafe character leaves a trace of its own', () => {
    const unsafe = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
      (character) => sanitize(character) !== character,
    );
    expect(unsafe.length).toBeGreaterThan(2000);
    expect(new Set(unsafe.map(sanitize)).size).toBe(unsafe.length);
    for (const character of unsafe) expect(sanitize(character).length).toBeGreaterThan(0);
  });
});

describe('sanitizeReport', () => {
  test('reaches every string', () => {
    const safe = sanitizeReport(poisoned(sampleReport, `${HOSTILE}\n`));
    expect(JSON.stringify(safe)).not.toMatch(/\\u001b|\\u009b|\\ud800|[\u2028\u202e\u200b]/);
  });

  test('a line break in a name or a captured line cannot begin a line', () => {
    const [first] = sampleReport.captures;
    const evil = { ...first, name: 'x\n>Fix:\trm -rf /' } as typeof first & object;
    const loose = [{ sample: evil.name, number: 1, text: 'a\nb' }];
    const safe = sanitizeReport({ ...sampleReport, captures: [evil], loose });
    expect(safe.captures[0]?.name).toBe('x␊>Fix:\trm -rf /');
    expect(safe.loose[0]?.text).toBe('a␊b');
    expect(safe.captures[0]?.text).toContain('\n');
  });

  test('leaves a report without anything unsafe as it is', () => {
    expect(sanitizeReport(sampleReport)).toEqual(sampleReport);
  });
});
