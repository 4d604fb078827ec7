import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import { PORT, queueLook } from '../../../support/looks.js';
import { timelineOf } from '../../../support/timeline.js';

/**
 * Room for 5 who take a second each; access lines in whole seconds are placed by the client's answers, which come at once but for two:
 *
 *     11   ▐██████████████████▌
 *     12   ▐██████████████████▌····| answered
 *     16                      ▐██████████████████▌
 */
function run(looks: boolean) {
  const list = Array.from({ length: 34 }, (_, id) => {
    const end = 2000 + 1000 * Math.floor(id / 5) + 50 * (id % 5);
    return { id, start: 60 * id, end: end + (id === 12 || id === 22 ? 170 : 0) };
  });
  const sent = list.map(({ id, start, end }) => ({ id, start, elapsed: end + 1 - start }));
  const log = list.map(({ id, end }) => ({ at: end, kind: 'span' as const, id, duration: 998, resolution: 28 }));
  const timeline = timelineOf(
    sent,
    log.sort((a, b) => a.at - b.at),
  );
  const served = { ...timeline.served!, resolutionMs: 28, steps: new Float32Array(list.length).fill(28) };
  const sockets = [3500, 4500, 5500, 6500].map((at, i) => {
    const queued = 34 - 5 * (i + 3);
    return queueLook(at, { queued, established: queued + 5, limit: 100 });
  });
  const port = { value: PORT, from: 'option' as const };
  return analyseRun({ ...timeline, served, port, ...(looks ? { sockets } : {}) }).findings.maxConcurrency;
}

describe('requests placed by the client’s answers, of which some came late', () => {
  it('do not overrule the count that held and the connections that look after look shows accepted', () => {
    expect(run(true)).toMatchObject({ bound: 'exact', value: 5, confidence: 'high' });
  });

  it('leave it open where no look shows it', () => {
    expect(run(false).bound).not.toBe('exact');
  });
});
