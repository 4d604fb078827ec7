import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportJob } from '../../src/model/report.js';
import { decisiveSpans } from '../../src/render/compose/decisive.js';
import { csvOf } from '../../src/render/compose/figures.js';
import type { Form } from '../../src/render/compose/links.js';
import { trusted } from '../../src/render/compose/trusted.js';
import { visible, visibleLine } from '../../src/render/compose/visible.js';
import { composeReport } from '../../src/render/compose.js';
import { type PageName, pages } from '../../src/render/outputs/html/templates.js';
import { html, renderPrintHtml } from '../../src/render/outputs/html.js';
import { md } from '../../src/render/outputs/md.js';
import { page } from '../../src/words/en/page.js';
import { say } from '../../src/words/ids.js';
import { jobOf, pool } from '../support/report.js';

const BAD = '<script>alert(1)</script><style>*{display:none}</style>"\'{{x}}</title>\u001b[31m\u202egnp.exe\u0000';
const SHOWN = '‹ESC›[31m‹U+202E›gnp.exe‹NUL›';

let job: ReportJob;

beforeAll(async () => {
  job = await jobOf({
    one: pool(2, 1000, { 'run.yaml': 'server: waitress\nlimits:\n  threads: 2\n  os: Linux\nnotes: A note.\n' }),
    two: pool(3),
  });
});

/** An object that throws when a key is asked for that it does not have, and so do all objects within. */
function strict<T extends object>(object: T): T {
  return new Proxy(object, {
    get: (target, key) => {
      const value = Reflect.get(target, key);
      if (typeof key === 'string' && !(key in target)) throw new Error(`no such key: ${key}`);
      return typeof value === 'object' && value !== null && !('toHTML' in value) ? strict(value) : value;
    },
  });
}

describe('the view models', () => {
  const frame = {
    policy: '',
    icon: trusted(''),
    inlined: true,
    styles: trusted(''),
    scripts: [{ src: 'x.js' }],
    inlineScripts: [{ text: trusted('') }],
    words: '',
  };
  const rendered: readonly (readonly [Form, PageName])[] = [
    ['site', 'index'],
    ['site', 'run'],
    ['single', 'single'],
    ['print', 'print'],
  ];

  it.each(rendered)('have every key that the templates ask for: %s, %s', (form, page) => {
    const report = composeReport(job, form);
    const views = page === 'run' ? report.runs : [{ ...report.comparison, runs: report.runs }];
    for (const view of views)
      expect(pages()(page, strict({ ...view, frame }), report.voice.label)).toContain('</html>');
  });

  it('would not pass with a key less', () => {
    const { comparison, voice } = composeReport(job, 'site');
    const { description: _, ...less } = comparison;
    expect(() => pages()('index', strict({ ...less, frame }), voice.label)).toThrow(/description/);
  });

  it('decide by booleans alone', () => {
    const wrong: string[] = [];
    const look = (value: unknown, path: string): void => {
      if (Array.isArray(value)) for (const [i, item] of value.entries()) look(item, `${path}[${i}]`);
      else if (typeof value === 'object' && value !== null && !('toHTML' in value)) {
        for (const [key, item] of Object.entries(value)) {
          if (
            /^(has|is|some)[A-Z]|^(bad|low|unknown|code|marked|cited|folded|interactive|onPaper|several|agrees)$/.test(
              key,
            )
          ) {
            if (typeof item !== 'boolean') wrong.push(`${path}.${key}`);
          }
          if (item === undefined) wrong.push(`${path}.${key} is undefined`);
          look(item, `${path}.${key}`);
        }
      }
    };
    const { comparison, runs } = composeReport(job, 'site');
    look({ ...comparison, figures: [] }, 'comparison');
    for (const run of runs) look({ ...run, figures: [] }, run.title);
    expect(wrong).toEqual([]);
  });
});

it('the words of the pages are those that the pages use', () => {
  const folders = ['../../templates/', '../../src/render/', '../../src/words/'].map(
    (path) => new URL(path, import.meta.url),
  );
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(hbs|ts)$/.test(name) && !/(^|[\\/])page\.ts$/.test(name))
      .map((name) => readFileSync(new URL(name.replaceAll('\\', '/'), folder), 'utf8')),
  );
  const used = new Set(
    files.flatMap((text) => [...text.matchAll(/["'](page\.(?!js\b)[\w.]+)["']/g)].map(([, id]) => id)),
  );
  expect([...used].sort()).toEqual(Object.keys(page).sort());
});

describe('the cells of the comparison', () => {
  const cellOf = (change: object): string => {
    const [run, ...others] = job.analysed.runs;
    const maxConcurrency = { ...run!.findings.maxConcurrency, range: undefined, ...change };
    const runs = [{ ...run!, findings: { ...run!.findings, maxConcurrency } }, ...others];
    const report = composeReport({ ...job, analysed: { ...job.analysed, runs } } as ReportJob, 'site');
    return report.comparison.comparison.rows[0]!.max.text;
  };

  it('show bound, value and range', () => {
    expect(cellOf({ bound: 'exact', value: 10 })).toBe('= 10');
    expect(cellOf({ bound: 'at-least', value: 1300 })).toBe('≥ 1,300');
    expect(cellOf({ bound: 'estimate', value: 12, range: { low: 11, high: 13 } })).toBe('≈ 12 (11–13)');
    expect(cellOf({ bound: 'unknown', value: undefined })).toBe('?');
  });
});

describe('text from a recording', () => {
  it('shows what would be hidden or would move other text', () => {
    expect(visible('a\u001b[0m\u0007\u007f\u0085')).toBe('a‹ESC›[0m‹BEL›‹DEL›‹U+0085›');
    expect(visible('\u202e\u2066\u200f\ufeff\u2028')).toBe('‹U+202E›‹U+2066›‹U+200F›‹U+FEFF›‹U+2028›');
    expect(visible('\ud800x')).toBe('‹U+D800›x');
    expect(visible('tab\tand\nline, 中文, 😀, עברית')).toBe('tab\tand\nline, 中文, 😀, עברית');
    expect(visibleLine('two\r\nlines\r')).toBe('two lines‹CR›');
  });

  it('stays text in every output, wherever it stands', async () => {
    const hostile = await jobOf(
      {
        one: pool(2, 1000, {
          'run.yaml': `title: ${JSON.stringify(BAD)}\nserver: ${JSON.stringify(BAD)}\ncommand: ${JSON.stringify(BAD)}\nnotes: ${JSON.stringify(BAD)}\nrecorded:\n  ${JSON.stringify(BAD)}: ${JSON.stringify(BAD)}\n`,
          [`odd ${BAD.replace(/[/\u0000]/g, '')}.txt`]: `${BAD}\n`,
          'notes.log': `2023-02-10 09:30:00.100 - ${BAD}: processing request id[1]\n`,
        }),
      },
      { title: BAD },
    );
    const site = (await html.make(hostile)).files.filter(({ path }) => path.endsWith('.html'));
    const single = (await html.make({ ...hostile, options: { ...hostile.options, singleFile: true } })).files;
    const paper = (await renderPrintHtml(hostile)).html;
    const pagesOf = [
      ...site.map(({ content }) => String(content)),
      ...single.map(({ content }) => String(content)),
      paper,
    ];
    for (const page of pagesOf) {
      expect(page).toContain(SHOWN);
      expect(page).toContain('&lt;script&gt;alert(1)');
      expect(page).not.toContain('<script>alert(1)');
      expect(page).not.toContain('<style>*{');
      expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
    }
    const text = String((await md.make(hostile)).files[0]?.content);
    // What stands between fences is text, and they are longer than any in it.
    const prose = text.replace(/^( *)(`{3,})\n[\s\S]*?^\1\2$/gm, '');
    expect(prose.length).toBeLessThan(text.length);
    expect(prose).not.toMatch(/<script>(?![^`\n]*`)/m);
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
  });
});

describe('what decides in a line', () => {
  const marked = (text: string, message: Parameters<typeof decisiveSpans>[1]): string[] =>
    decisiveSpans(text, message).map(([from, to]) => text.slice(from, to));

  it('is found where it stands by itself', () => {
    expect(
      marked('LISTEN 129 128 127.0.0.1:8080', say('backlog.says.recvQ', { queued: 129, limit: 128, full: true })),
    ).toEqual(['129', '128']);
    expect(marked('x - Thread-10: y - Thread-1: z', say('reuse.says.first', { worker: 'Thread-1' }))).toEqual([
      'Thread-1',
    ]);
    expect(
      marked(
        '1,2,Non HTTP response code: java.net.ConnectException,Connection refused',
        say('overload.says.first', { outcome: 'refused' }),
      ),
    ).toEqual(['Connection refused']);
  });

  it('is nothing where no part can be told', () => {
    expect(marked('whatever', say('max.says.firstEnd', {}))).toEqual([]);
  });
});

it('cells of a CSV are no formulas', () => {
  const csv = csvOf({
    id: 'x',
    title: '',
    summary: '',
    svg: '',
    svgNarrow: '',
    table: {
      columns: [
        { title: 'label', numeric: false },
        { title: 'at', unit: 'ms', numeric: true },
      ],
      rows: [
        ['=cmd|x', -1],
        ['+1', 2],
        ['@a, "b"', 3],
        ['plain', 4.5],
      ],
    },
  });
  expect(csv.split('\r\n')).toEqual(['label,at (ms)', "'=cmd|x,-1", "'+1,2", `"'@a, ""b""",3`, 'plain,4.5', '']);
});
