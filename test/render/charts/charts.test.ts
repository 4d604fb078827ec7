import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { RunAnalysis } from '../../../src/model/run-analysis.js';
import { charts } from '../../../src/render/charts/index.js';
import { commonScales, multiple } from '../../../src/render/charts/multiple.js';
import { NARROW_PX, WIDE_PX } from '../../../src/render/charts/theme.js';
import { english } from '../../../src/words/en.js';
import { shapesOfRuns } from '../../support/shapes-of-runs.js';

const { resolve } = createRequire(import.meta.url);
const schema = JSON.parse(readFileSync(resolve('vega-lite/vega-lite-schema.json'), 'utf8')) as object;
const isVegaLite = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

const names = Object.keys(shapesOfRuns);
const cache = new Map<string, RunAnalysis>();
const runOf = (name: string): RunAnalysis => {
  const run = cache.get(name) ?? shapesOfRuns[name]!();
  cache.set(name, run);
  return run;
};

const plots = (run: RunAnalysis) => [
  ...charts.flatMap((chart) => chart.plot(run, english) ?? []),
  multiple(run, commonScales([run]), english),
];

/** All numbers of a field in a specification's data. */
function fieldOf(spec: unknown, field: string): readonly number[] {
  const found: number[] = [];
  JSON.stringify(spec, (key, value: unknown) => {
    if (key === field && typeof value === 'number') found.push(value);
    return value;
  });
  return found;
}

describe.each(names)('specifications of %s', (name) => {
  it('are valid Vega-Lite', { timeout: 120_000 }, () => {
    for (const plot of plots(runOf(name))) {
      for (const interactive of [false, true]) {
        const { spec } = plot.draw({ width: WIDE_PX, interactive });
        isVegaLite(JSON.parse(JSON.stringify(spec)));
        expect(isVegaLite.errors?.slice(0, 3) ?? [], plot.title.id).toEqual([]);
      }
    }
  });
});

describe.each(names.filter((name) => name !== 'one-request'))('the timeline of %s', (name) => {
  const run = runOf(name);
  const plot = charts[0].plot(run, english)!;

  it.each([WIDE_PX, NARROW_PX])('loses no maximum at %i px', (width) => {
    const drawn = new Set(fieldOf(plot.draw({ width, interactive: false }).spec, 'v'));
    const sums = new Set(fieldOf(plot.draw({ width, interactive: false }).spec, 'high'));
    for (const { id, v } of run.series) {
      const max = Math.max(...v);
      if (['in-service', 'waiting', 'established', 'not-connected'].includes(id) && max > 0)
        expect(drawn, id).toContain(max);
      if (id === 'waiting-kernel' && max > 0) expect(sums, id).toContain(max);
    }
  });

  it('has count axes from 0', () => {
    for (const { y } of scales(plot.draw({ width: WIDE_PX, interactive: false }).spec)) expect(y[0]).toBe(0);
  });
});

/** Domains of the vertical axes. */
function scales(spec: unknown): readonly { readonly y: readonly number[] }[] {
  const found: { y: readonly number[] }[] = [];
  JSON.stringify(spec, (key, value: { readonly scale?: { readonly domain?: readonly number[] } } | undefined) => {
    if (key === 'y' && value?.scale?.domain) found.push({ y: value.scale.domain });
    return value;
  });
  return found;
}

describe('panels of a stack', () => {
  it('have the same height and the same axis of time', () => {
    const { spec } = charts[0].plot(runOf('thread-per-request'), english)!.draw({ width: WIDE_PX, interactive: false });
    const { vconcat } = spec as unknown as {
      readonly vconcat: readonly { readonly height: number; readonly width: number }[];
    };
    const [, ...panels] = vconcat;
    expect(panels).toHaveLength(4);
    expect(new Set(panels.map(({ height }) => height)).size).toBe(1);
    expect(new Set(vconcat.map(({ width }) => width)).size).toBe(1);
  });
});

describe('small multiples', () => {
  it('share their scales, whatever each run shows', () => {
    const runs = ['thread-per-request', 'pool-of-10', 'client-only', 'sockets-only'].map(runOf);
    const drawn = runs.map((run) =>
      multiple(run, commonScales(runs), english).draw({ width: WIDE_PX, interactive: false }),
    );
    const domains = drawn.map(({ spec }) => JSON.stringify([...new Set(scales(spec).map(({ y }) => y.join()))]));
    expect(new Set(domains).size).toBe(1);
    expect(new Set(drawn.map(({ domain }) => domain.join())).size).toBe(1);
  });
});

describe('worker lanes', () => {
  const bars = (name: string) => {
    const run = runOf(name);
    return { run, lanes: run.lanes! };
  };

  it('keep every request of a run whose workers are all drawn, to the millisecond', () => {
    const { run, lanes } = bars('pool-of-10');
    const plot = charts[1].plot(run, english)!;
    expect(lanes.lanes).toHaveLength(10);
    expect(fieldOf(plot.draw({ width: WIDE_PX, interactive: false }).spec, 'u')).toHaveLength(1000);
    expect(plot.table.rows).toHaveLength(1000);
  });

  it('draw some of many workers at even distances, the first and the last among them, and say so', () => {
    const { run, lanes } = bars('many-workers');
    expect(lanes.workers).toBe(2050);
    expect(lanes.lanes).toHaveLength(300);
    expect(lanes.lanes[0]!.label).toContain('Thread-1 ');
    expect(lanes.lanes.at(-1)!.label).toContain('Thread-2050 ');
    expect(english(charts[1].plot(run, english)!.caption!)).toContain('Of 2,050 workers 300 are drawn');
  });

  it('give a worker with several requests at once several rows', () => {
    const { run } = bars('event-loop');
    const rows = new Set(
      fieldOf(charts[1].plot(run, english)!.draw({ width: WIDE_PX, interactive: false }).spec, 'row'),
    );
    expect(rows.size).toBe(Math.max(...run.series.find(({ id }) => id === 'in-service')!.v));
  });
});
