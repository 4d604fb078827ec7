import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Figure } from '../../src/model/report.js';
import type { RunAnalysis } from '../../src/model/run-analysis.js';
import { COLOURS, ROLES } from '../../src/render/charts/theme.js';
import { comparisonFigures, runFigures } from '../../src/render/figures.js';
import { english } from '../../src/words/en.js';
import { shapesOfRuns } from '../support/shapes-of-runs.js';
import { drawnTexts, elements, overlapping } from '../support/svg.js';

const names = Object.keys(shapesOfRuns);
const runs = new Map<string, RunAnalysis>();
const figures = new Map<string, readonly Figure[]>();

const compared = (list: readonly RunAnalysis[]) => ({
  runs: list,
  comparison: { rows: [], scale: { durationMs: 0, count: 0 } },
});

beforeAll(async () => {
  for (const name of names) {
    const run = shapesOfRuns[name]!();
    runs.set(name, run);
    figures.set(name, await runFigures(run, english));
  }
  for (const [id, figure] of await comparisonFigures(compared([...runs.values()]), english)) {
    figures.set(id, [...figures.get(id)!, figure]);
  }
});

/** Both drawings of a figure. */
const drawings = ({ svg, svgNarrow }: Figure) => [svg, svgNarrow];

describe.each(names)('the charts of %s', (name) => {
  it('have no text on another and none outside the drawing', () => {
    for (const figure of figures.get(name)!) {
      for (const svg of drawings(figure)) {
        const texts = drawnTexts(svg);
        const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!;
        expect(overlapping(texts), `${figure.id}, ${width} px`).toEqual([]);
        for (const { text, left, right, top, bottom } of texts) {
          const where = `${text} in ${figure.id}, ${width} px`;
          expect(left, where).toBeGreaterThanOrEqual(-0.5);
          expect(right, where).toBeLessThanOrEqual(Number(width) + 0.5);
          expect(top, where).toBeGreaterThanOrEqual(-0.5);
          expect(bottom, where).toBeLessThanOrEqual(Number(height) + 0.5);
        }
      }
    }
  });

  it('have no text below 12 px', () => {
    for (const svg of figures.get(name)!.flatMap(drawings)) {
      for (const { size } of drawnTexts(svg)) expect(size).toBeGreaterThanOrEqual(12);
    }
  });

  it('hold nothing but drawing: no style, script, handler or link', () => {
    for (const svg of figures.get(name)!.flatMap(drawings)) {
      for (const { name: tag, attrs } of elements(svg)) {
        expect(['svg', 'title', 'desc', 'g', 'path', 'text', 'line', 'rect', 'defs', 'clipPath', 'pattern']).toContain(
          tag,
        );
        for (const attribute of Object.keys(attrs)) expect(attribute).not.toMatch(/^(?:style|on.*|.*href)$/i);
      }
    }
  });

  it('have colours of the theme only, each with the class of its role', () => {
    const roles = new Map<string, string>(ROLES.map((role) => [COLOURS[role].light, role]));
    for (const svg of figures.get(name)!.flatMap(drawings)) {
      for (const { attrs } of elements(svg)) {
        for (const what of ['fill', 'stroke']) {
          const colour = attrs[what];
          if (colour === undefined || colour === 'none' || colour.startsWith('url(')) continue;
          expect(roles.has(colour), colour).toBe(true);
          expect(attrs.class?.split(' ')).toContain(`${what[0]}-${roles.get(colour)}`);
        }
      }
    }
  });

  it('have ids that are unique on a page, and refer to no others', () => {
    const all = figures.get(name)!.flatMap(drawings).flatMap(elements);
    const ids = all.flatMap(({ attrs }) => (attrs.id === undefined ? [] : [attrs.id]));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attrs } of all) {
      for (const value of Object.values(attrs)) {
        const [, referred] = /^url\(#(.*)\)$/.exec(value) ?? [];
        if (referred !== undefined) expect(ids).toContain(referred);
      }
    }
  });

  it('say in words what they show, and hold their data', () => {
    for (const { title, summary, table } of figures.get(name)!) {
      expect(title).not.toMatch(/undefined|NaN|^chart\./);
      expect(summary).not.toMatch(/undefined|NaN|^chart\./);
      expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
      expect(table.rows.flat().every((cell) => typeof cell === 'string' || Number.isFinite(cell))).toBe(true);
    }
  });
});

describe('the same run', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('is the same bytes in another time zone, drawn again', async () => {
    const run = shapesOfRuns['refused-at-40']!();
    process.env.TZ = 'Asia/Kathmandu';
    const again = await runFigures(run, english);
    process.env.TZ = 'America/St_Johns';
    expect(JSON.stringify(await runFigures(run, english))).toBe(JSON.stringify(again));
  });
});

describe('hostile names', () => {
  const hostile = '</text><script>alert(1)</script>"\' onload=x & <b>\u202Eevil\u0000';

  it('are text', async () => {
    const run = runs.get('pool-of-10')!;
    const lanes = { ...run.lanes!, lanes: run.lanes!.lanes.map((lane) => ({ ...lane, label: hostile })) };
    const drawn = await runFigures({ ...run, title: hostile, lanes }, english);
    const multiple = await comparisonFigures(compared([{ ...run, title: hostile }]), english);
    for (const svg of [...drawn, ...multiple.values()].flatMap(drawings)) {
      expect(svg).not.toMatch(/<script|<b>|\u202e|\u0000/);
      // Well-formed, and nothing but the known elements.
      expect(elements(svg).every(({ name }) => name !== 'script' && name !== 'b')).toBe(true);
    }
  });
});

describe('an empty run', () => {
  it('has no charts, and a small multiple that says so', async () => {
    const { responses, activity, lanes, distribution, latency, from, to, ...rest } = runs.get('one-request')!;
    const empty: RunAnalysis = { ...rest, series: [], marks: [], requests: {} };
    expect([responses, activity, lanes, distribution, latency, from, to].every((part) => part !== undefined)).toBe(
      true,
    );
    expect(await runFigures(empty, english)).toEqual([]);
    const [multiple] = (await comparisonFigures(compared([empty]), english)).values();
    expect(drawnTexts(multiple!.svg).filter(({ text }) => text.includes('not recorded'))).toHaveLength(3);
  });
});

describe('size', () => {
  /** Bytes that the charts of one run of 1,000 requests may take of a report of ten: drawings, data and the reader's own. */
  const RAW = 420_000;
  const PACKED = 75_000;

  it.each(['thread-per-request', 'pool-of-10', 'event-loop'])('of %s stays within its part of the budget', (name) => {
    const texts = figures
      .get(name)!
      .flatMap((figure) => [
        ...drawings(figure),
        JSON.stringify(figure.interactive ?? ''),
        JSON.stringify(figure.table.rows),
      ]);
    expect(texts.reduce((sum, text) => sum + text.length, 0)).toBeLessThan(RAW);
    expect(texts.reduce((sum, text) => sum + gzipSync(text).length, 0)).toBeLessThan(PACKED);
  });
});
