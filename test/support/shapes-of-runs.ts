import type { RunAnalysis } from '../../src/model/run-analysis.js';
import { OUTCOMES } from '../../src/model/samples.js';
import { simulate } from './simulate.js';

/** Runs of every shape that the charts must stand, by what is special. */
export const shapesOfRuns: Readonly<Record<string, () => RunAnalysis>> = {
  'thread-per-request': () =>
    simulate('thread-per-request', {
      requests: 1000,
      everyMs: 20,
      capacity: 251,
      serviceMs: 25_000,
      queue: { where: 'kernel', most: 129 },
      workers: 'per-request',
      giveUp: { afterMs: 15_000, outcome: 'connect-timeout' },
      late: [80_000, 80_400],
    }),
  'pool-of-10': () =>
    simulate('pool-of-10', {
      requests: 1000,
      everyMs: 15,
      capacity: 10,
      serviceMs: 500,
      queue: { where: 'server', most: 5000 },
      workers: 'pool',
      name: (n) => `uWSGIWorker1Core${n}`,
    }),
  single: () =>
    simulate('single', {
      requests: 60,
      everyMs: 400,
      capacity: 1,
      serviceMs: 1000,
      queue: { where: 'kernel', most: 129 },
      workers: 'pool',
      name: () => 'MainThread',
    }),
  'event-loop': () =>
    simulate('event-loop', {
      requests: 800,
      everyMs: 10,
      capacity: 100_000,
      serviceMs: 4000,
      queue: { where: 'kernel', most: 1 },
      workers: 'loop',
      name: () => 'MainThread',
    }),
  'refused-at-40': () =>
    simulate('refused-at-40', {
      requests: 400,
      everyMs: 25,
      capacity: 40,
      serviceMs: 3000,
      queue: { where: 'kernel', most: 6 },
      workers: 'pool',
      giveUp: { afterMs: 1, outcome: 'reset' },
      name: (n) => `http-nio-8080-exec-${n + 1}`,
    }),
  'client-only': () =>
    simulate('client-only', {
      requests: 300,
      everyMs: 30,
      capacity: 12,
      serviceMs: 900,
      queue: { where: 'server', most: 5000 },
      workers: 'pool',
      sources: ['client'],
    }),
  'log-only': () =>
    simulate('log-only', {
      requests: 200,
      everyMs: 50,
      capacity: 20,
      serviceMs: 2000,
      queue: { where: 'kernel', most: 129 },
      workers: 'pool',
      sources: ['log'],
      name: (n) => `waitress-${n}`,
    }),
  'sockets-only': () =>
    simulate('sockets-only', {
      requests: 400,
      everyMs: 40,
      capacity: 40,
      serviceMs: 6000,
      queue: { where: 'kernel', most: 129 },
      workers: 'pool',
      sources: ['sockets'],
    }),
  'many-workers': () =>
    simulate('many-workers', {
      requests: 2049,
      everyMs: 5,
      capacity: 2049,
      serviceMs: 12_000,
      queue: { where: 'kernel', most: 5 },
      workers: 'per-request',
      late: [30_000],
    }),
  'one-request': () =>
    simulate('one-request', {
      requests: 1,
      everyMs: 1,
      capacity: 1,
      serviceMs: 1,
      queue: { where: 'kernel', most: 1 },
      workers: 'pool',
      lookEveryMs: 100_000,
    }),
  'three-hours': () =>
    simulate('three-hours', {
      requests: 1600,
      everyMs: 6250,
      capacity: 40,
      serviceMs: 300_000,
      queue: { where: 'kernel', most: 129 },
      workers: 'pool',
      giveUp: { afterMs: 60_000, outcome: 'read-timeout' },
      lookEveryMs: 10_000,
    }),
  'every-mark-and-outcome': () => {
    const run = simulate('every-mark-and-outcome', {
      requests: 300,
      everyMs: 40,
      capacity: 12,
      serviceMs: 900,
      queue: { where: 'kernel', most: 40 },
      workers: 'pool',
      giveUp: { afterMs: 500, outcome: 'http-503' },
      name: (n) => `工作线程-${n + 1}-处理请求的非常长的名字`,
    });
    const { responses } = run;
    return {
      ...run,
      marks: [
        { id: 'saturated', at: 11_000, until: 11_900 },
        { id: 'overload-onset', at: 11_050 },
        { id: 'server-died', at: 11_100 },
        { id: 'log-ends', at: 11_100 },
      ],
      responses: { ...responses!, outcome: responses!.outcome.map((_, i) => OUTCOMES[i % OUTCOMES.length]!) },
      requests: { ...run.requests, abandoned: 1_234_567, failuresByKind: { refused: 1_000_000, other: 1 } },
    };
  },
  'all-equal': () =>
    simulate('all-equal', {
      requests: 50,
      everyMs: 0,
      capacity: 50,
      serviceMs: 1000,
      queue: { where: 'kernel', most: 1 },
      workers: 'per-request',
      sources: ['client', 'log'],
    }),
};
