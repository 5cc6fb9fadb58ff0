import { describe, expect, test } from 'vitest';
import { formatNamed } from '../../src/report/formats.ts';
import { code, fence, prose } from '../../src/report/markdown-text.ts';
import { poisoned, sampleReport } from './sample-report.ts';

describe('what a captured value may do in Markdown: nothing', () => {
  test.each([
    ['a ```` b', '`````\na ```` b\n`````'],
    ['plain', '```\nplain\n```'],
  ])('a fence cannot be closed by what it holds: %s', (text, fenced) => {
    expect(fence([text])).toBe(fenced);
  });

  test.each([
    ['`', '`` ` ``'],
    ['a``b', '```a``b```'],
    ['', '(empty)'],
  ])('nor can a code span: %j', (text, span) => {
    expect(code(text)).toBe(span);
  });

  test.each([
    ['<img src=x onerror=y>', '&lt;img src=x onerror=y&gt;'],
    ['[a](b) *b* _c_ `d` |', '\\[a\\](b) \\*b\\* \\_c\\_ \\`d\\` \\|'],
    ['ask @everyone now', 'ask `@everyone` now'],
    ['see https://x.invalid/', 'see `https://x.invalid/`'],
    ['# no heading', '\\# no heading'],
    ['1. no list', '\\1. no list'],
    ['two\nlines', 'two lines'],
  ])('prose is prose: %j', (text, safe) => {
    expect(prose(text)).toBe(safe);
  });

  test.each(['markdown', 'github'])('%s: outside of code, nothing foreign is markup', (name) => {
    const text = formatNamed(name).render(poisoned(sampleReport, ' <img src=x> [a](b) @everyone'));
    const bare = text
      .replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, '')
      .replace(/(?<![\\`])(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, '')
      .replace(/<code>[^<]*<\/code>/g, '')
      .replace(/<!--.*?-->|<\/?(?:details|summary)>/g, '');
    expect(bare).not.toMatch(/<img|(?<!\\)\[a|@everyone/);
  });

  test('in a block of commands, everything that is no command is a comment', () => {
    const text = formatNamed('markdown').render({
      ...sampleReport,
      findings: sampleReport.findings.map((finding) => ({
        ...finding,
        plans: finding.plans.map((plan) => ({
          ...plan,
          steps: plan.steps.map((step) => ({ ...step, note: 'first\nreboot', expect: 'this\nreboot' })),
        })),
      })),
    });
    expect(text).not.toMatch(/^reboot/m);
    expect(text).toContain('# first reboot');
  });
});
