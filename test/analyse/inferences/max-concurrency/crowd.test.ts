import { expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import { viewOf } from '../../../../src/analyse/view.js';
import type { TestSample } from '../../../support/samples.js';
import { timelineOf } from '../../../support/timeline.js';

/** So many clients, each of which sends again when it is answered, and so many of whom are served at a time. */
function closedLoop(clients: number, limit: number, requests: number, took: (i: number) => number): TestSample[] {
  const sent: TestSample[] = [];
  const free = Array.from({ length: limit }, () => 0);
  const ready = Array.from({ length: clients }, (_, k) => 20 * k);
  for (let i = 0; i < requests; i++) {
    const start = Math.min(...ready);
    const slot = free.indexOf(Math.min(...free));
    const end = Math.max(start, free[slot]!) + took(i);
    free[slot] = end;
    ready[ready.indexOf(start)] = end + 1;
    sent.push({ id: i, start, elapsed: end - start });
  }
  return sent;
}

/** 600 to 1400 ms, in no order. */
const various = (i: number): number => 600 + ((i * 7919) % 801);

it('clients that wait for their own answer tell of a limit by what the first of them take', () => {
  const list = closedLoop(12, 5, 120, various);
  const client = viewOf(timelineOf(list, undefined)).byClient()!;
  expect(client).toMatchObject({ kind: 'limited' });
  expect(client.low).toBeLessThanOrEqual(5);
  expect(analyseRun(timelineOf(list, undefined)).findings.overload).toMatchObject({
    outcome: 'queued',
    bound: 'estimate',
  });
});

it('… and of none, if these take as long as all', () => {
  const list = closedLoop(12, 12, 120, various);
  expect(viewOf(timelineOf(list, undefined)).byClient()).toMatchObject({ kind: 'unlimited', alike: true });
  const { overload } = analyseRun(timelineOf(list, undefined)).findings;
  expect(overload).toMatchObject({ outcome: 'none-observed', confidence: 'medium' });
});

it('… and of nothing where most had no answer when the test was stopped', () => {
  const list = closedLoop(60, 20, 80, various).map((one, i) =>
    i < 20 ? one : { ...one, elapsed: 1500, outcome: 'abandoned' as const },
  );
  expect(viewOf(timelineOf(list, undefined)).byClient()?.kind).toBe('open');
});
