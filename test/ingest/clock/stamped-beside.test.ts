import { describe, expect, it } from 'vitest';
import { stampedBeside } from '../../../src/ingest/clock/stamped-beside.js';
import { eventsOf } from '../../support/events.js';

const HOUR_MS = 3_600_000;

/** Requests of 2 s: the handler tells begin and end to the millisecond, in local time; the access log one of them, in whole seconds and with its zone. */
function logs(stampIs: 'begin' | 'end', options: { durations?: boolean; tookMs?: number; aheadMs?: number } = {}) {
  const { durations = true, tookMs = 2000, aheadMs = 0 } = options;
  const list = Array.from({ length: 12 }, (_, id) => ({
    id,
    from: 1_000_000 + 403 * id,
    to: 1_000_000 + 403 * id + tookMs,
  }));
  const handler = eventsOf(
    list.flatMap(({ id, from, to }) => [
      { at: from + HOUR_MS, kind: 'begin' as const, id },
      { at: to + HOUR_MS, kind: 'end' as const, id },
    ]),
  );
  const access = eventsOf(
    list.map(({ id, from, to }) => ({
      at: Math.floor(((stampIs === 'begin' ? from : to) + aheadMs) / 1000) * 1000,
      kind: durations ? ('span' as const) : ('end' as const),
      id,
      resolution: 1000,
      ...(durations ? { duration: tookMs } : {}),
    })),
  );
  const untold = list.map((_, i) => i);
  return { access: { ...access, untold }, handler, untold };
}

const told = ({ access, handler, untold }: ReturnType<typeof logs>) => stampedBeside(access, untold, [access, handler]);

describe('access lines beside a handler that tells of the same requests', () => {
  it.each(['begin', 'end'] as const)(
    'stamp the %s where the handler has the same times, but for its zone',
    (stampIs) => {
      expect(told(logs(stampIs))).toBe(stampIs);
    },
  );

  it.each(['begin', 'end'] as const)('stamp the %s without durations as well', (stampIs) => {
    expect(told(logs(stampIs, { durations: false }))).toBe(stampIs);
  });

  it('tell neither where requests are far quicker than the clock steps', () => {
    expect(told(logs('end', { tookMs: 20 }))).toBeUndefined();
  });

  it('tell neither where another machine wrote them, whose clock is off', () => {
    expect(told(logs('end', { aheadMs: -700 }))).toBeUndefined();
  });
});
