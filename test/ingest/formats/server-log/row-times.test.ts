import { describe, expect, it } from 'vitest';
import { serverLog } from '../../../../src/ingest/formats/server-log.js';
import { contextOf, readWith } from '../../../support/context.js';

const stampOf = (ms: number) => new Date(Date.UTC(2026, 0, 5, 10, 30) + ms).toISOString();
/** Requests of different length, whose lines stand in the order in which they ended. */
const spans = Array.from({ length: 40 }, (_, i) => ({
  id: i,
  from: 150 * i,
  to: 150 * i + 400 + ((i * 7) % 5) * 200,
})).sort((a, b) => a.to - b.to);

/** Ends in ms since the first, and whether the file left open which instant its lines stamp. */
async function read(stamp: (span: (typeof spans)[number], place: number) => number) {
  const lines = spans.map((span, place) => {
    return `${stampOf(stamp(span, place))} "GET /?id=${span.id} HTTP/1.1" 200 5 ${span.to - span.from} ms`;
  });
  const { events } = await readWith(serverLog, `${lines.join('\n')}\n`, { context: contextOf({}) });
  return {
    ends: Array.from(events!.time, (t) => t - Date.UTC(2026, 0, 5, 10, 30)),
    untold: events!.untold?.length ?? 0,
  };
}

describe('the stamp of an access line', () => {
  const ends = spans.map(({ to }) => to);

  it('is the end where these hardly run backwards', async () => {
    expect(await read(({ to }) => to)).toEqual({ ends, untold: 0 });
  });

  it('is the end though one line waited to be written', async () => {
    const late = (place: number) => (place === 9 ? -250 : 0);
    const told = await read(({ to }, place) => to + late(place));
    expect(told).toEqual({ ends: ends.map((to, place) => to + late(place)), untold: 0 });
  });

  it('is the begin where the lines are in order only with the duration added', async () => {
    expect(await read(({ from }) => from)).toEqual({ ends, untold: 0 });
  });

  /** How many of the lines leave it open. */
  async function open(lines: readonly string[]) {
    const { events } = await readWith(serverLog, `${lines.join('\n')}\n`, { context: contextOf({}) });
    return events!.untold?.length;
  }
  const alike = spans.map((_, i) => `${stampOf(150 * i)} "GET /?id=${i} HTTP/1.1" 200 5 400 ms`);

  it('is left open where all take equally long', async () => {
    expect(await open(alike)).toBe(40);
  });

  it('is left open where no duration is told', async () => {
    const common = spans.map((_, i) => `192.0.2.7 - - [05/Jan/2026:13:55:36 +0000] "GET /?id=${i} HTTP/1.1" 200 3`);
    expect(await open(common)).toBe(40);
  });

  it('is the end where the server shows by its other lines that it stamps ends', async () => {
    const says = '[2026-01-05 10:29:59 +0000] [9664] [INFO] Starting gunicorn 21.2.0';
    expect(await open([says, ...alike])).toBeUndefined();
    expect(await open([says, ...alike.map((line) => line.replace(' 400 ms', ''))])).toBeUndefined();
  });
});
