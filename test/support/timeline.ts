import { servedRequests } from '../../src/ingest/merge/served.js';
import { NONE_U32 } from '../../src/model/samples.js';
import type { Timeline } from '../../src/model/timeline.js';
import { eventsOf, type TestEvent } from './events.js';
import { samplesOf, type TestSample } from './samples.js';

/** A run on one clock from requests and log lines; both clocks agree to the millisecond. */
export function timelineOf(sent: readonly TestSample[] | undefined, log: readonly TestEvent[] | undefined): Timeline {
  const samples = sent && samplesOf(sent);
  const indexOf = new Map(sent?.map(({ id }, i) => [id, i]));
  const served = log && servedRequests(eventsOf(log), (id) => indexOf.get(id) ?? NONE_U32);
  const times = [
    ...(sent ?? []).flatMap(({ start, elapsed }) => [start, start + elapsed]),
    ...(log ?? []).map(({ at }) => at),
  ];
  return {
    id: 'test',
    runFile: {},
    sources: [],
    clock: { offsetMs: 0, uncertaintyMs: 1, method: 'causality', matched: sent?.length ?? 0, caveats: [] },
    ...(samples ? { samples } : {}),
    ...(served ? { served } : {}),
    notices: [],
    sockets: [],
    processes: [],
    counters: [],
    from: Math.min(...times),
    to: Math.max(...times),
    ...(log && log.length > 0 ? { logEnd: Math.max(...log.map(({ at }) => at)) } : {}),
    caveats: [],
  };
}

/** `n` requests of one server: a begin line and an end line each, by worker. */
export function handled(list: readonly { id: number; from: number; to: number; worker?: string }[]): TestEvent[] {
  return list
    .flatMap(({ id, from, to, worker }): TestEvent[] => [
      { at: from, kind: 'begin', id, ...(worker === undefined ? {} : { worker }) },
      { at: to, kind: 'end', id, ...(worker === undefined ? {} : { worker }) },
    ])
    .sort((a, b) => a.at - b.at);
}
