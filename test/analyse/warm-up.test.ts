import { expect, it } from 'vitest';
import { warmingUp } from '../../src/analyse/warm-up.js';
import { samplesOf } from '../support/samples.js';

it('a client warms up at the beginning of each test', () => {
  //  |xx─────|        |xx──────|     a pause of three seconds is none between tests
  const starts = [0, 400, 600, 3900, 20_000, 20_300, 20_700];
  const isWarm = warmingUp(samplesOf(starts.map((start) => ({ start, elapsed: 300 }))));
  expect(starts.map((_, i) => isWarm(i))).toEqual([true, true, false, false, true, true, false]);
});
