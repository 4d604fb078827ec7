import { describe, expect, it } from 'vitest';
import { codeBlock, codeSpan, escapeMarkdown, sentence, table } from '../../src/render/outputs/markdown.js';
import { md } from '../../src/render/outputs/md.js';
import { jobOf, pool } from '../support/report.js';

describe('text in Markdown', () => {
  it('shows just itself', () => {
    expect(escapeMarkdown('a|b *c* _d_ `e` [f](g) ~h~ #1')).toBe(
      'a\\|b \\*c\\* \\_d\\_ \\`e\\` \\[f\\](g) \\~h\\~ \\#1',
    );
  });

  it('holds no HTML and calls nobody', () => {
    expect(escapeMarkdown('<img src=x onerror=alert(1)> @everyone &amp;')).toBe(
      '&lt;img src=x onerror=alert(1)&gt; &#64;everyone &amp;amp;',
    );
  });

  it('begins no list, heading or rule, and becomes no link by itself', () => {
    expect(escapeMarkdown('- x')).toBe('\\- x');
    expect(escapeMarkdown('+ x')).toBe('\\+ x');
    expect(escapeMarkdown('1. x')).toBe('1\\. x');
    expect(escapeMarkdown('# x')).toBe('\\# x');
    expect(escapeMarkdown('---')).toMatch(/^\\-/);
    expect(escapeMarkdown('see https://example.org')).toBe('see https\\://example.org');
  });

  it('leaves plain words as they are', () => {
    expect(escapeMarkdown("10 threads (reused), p95: 3.5 s - it's fine.")).toBe(
      "10 threads (reused), p95: 3.5 s - it's fine.",
    );
  });

  it('stays on its line and shows what is hidden', () => {
    expect(escapeMarkdown('a\nb\u001b\u202e')).toBe('a b‹ESC›‹U+202E›');
  });
});

describe('code in Markdown', () => {
  it('is fenced by more backticks than it holds', () => {
    expect(codeSpan('plain')).toBe('`plain`');
    expect(codeSpan('a ``b`` c')).toBe('```a ``b`` c```');
    expect(codeSpan('`x')).toBe('`` `x ``');
    expect(codeBlock('```\nx', '  ')).toBe('  ````\n  ```\n  x\n  ````');
  });

  it('stands in a sentence as a command', () => {
    expect(
      sentence([
        { text: 'Record ', code: false },
        { text: 'ss -tanp | wc', code: true },
        { text: ' *too*', code: false },
      ]),
    ).toBe('Record `ss -tanp | wc` \\*too\\*');
  });
});

it('cells of a table keep to their columns', () => {
  const text = table(['run', 'n'], [false, true], [['a | b', '= 1']]);
  expect(text.split('\n')).toEqual(['| run | n |', '| --- | ---: |', '| a \\| b | = 1 |']);
});

describe('report.md', () => {
  it('gives the answer, the table and each finding with its lines', async () => {
    const job = await jobOf({ a: pool(2), 'b|c': pool(3) });
    const [file] = (await md.make(job)).files;
    expect(file?.path).toBe('report.md');
    const text = String(file?.content);
    expect(text).toContain('- **a**: Serves exactly 2 requests at once');
    expect(text).toMatch(/^\| b\\\|c \| = 3 \|/m);
    expect(text).toMatch(/^1\. `server\.log:\d+` with this begin, 2 are in service\n {3}```\n {3}2023-02-10 /m);
  });
});
