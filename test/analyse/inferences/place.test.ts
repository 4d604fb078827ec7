import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../src/analyse/inferences/backlog/place.js';
import { say } from '../../../src/words/ids.js';

const count = (value: number) => ({ value, source: 0, line: 1 });

/** A look that shows one about to be accepted and so many accepted, of whom none is for sure beyond those in service; clients count six who waited. */
function whereOf({
  accepted,
  most,
  by = 'max.method.sweep',
  ...log
}: {
  accepted: number;
  most: number;
  by?: string;
  lossy?: boolean;
  cut?: boolean;
}) {
  const look = { at: 1000, queued: count(1), owned: count(accepted), established: count(accepted + 1), limit: 50 };
  const looks = [0, 1000, 2000].map((at) => ({ ...look, at }));
  const top = { look, kernel: 1, server: 0, total: 1 };
  const view = {
    timeline: { notices: [] },
    looks,
    service: { lossy: log.lossy === true },
    ...(log.cut ? { coverage: {} } : {}),
  };
  const methods = [{ name: say(by as 'max.method.sweep', {}), value: most, agrees: true }];
  const found = { maxConcurrency: { bound: 'estimate', value: most, methods } };
  const connected = { value: 6, mayBeUnconnected: false };
  return partsOf({ found, view } as never, [top] as never, top as never, connected as never, false).where;
}

//   accepted   12 of whom 6 are served, the rest wait inside; one is about to be accepted
describe('the place of those whom only the clients count', () => {
  it('is the kernel’s queue where all that are accepted are served', () => {
    expect(whereOf({ accepted: 6, most: 6 })).toBe('kernel');
  });

  it('is not known where nothing but their number tells that all who are accepted are served', () => {
    expect(whereOf({ accepted: 6, most: 6, by: 'max.method.sockets' })).toBe('unknown');
  });

  it('is not known where lines are lost: who is accepted may wait as well', () => {
    expect(whereOf({ accepted: 12, most: 6, lossy: true })).toBe('unknown');
  });

  it('is not known of a log that is cut, where more are accepted than it ever shows in service', () => {
    expect(whereOf({ accepted: 12, most: 6, cut: true })).toBe('unknown');
  });
});
