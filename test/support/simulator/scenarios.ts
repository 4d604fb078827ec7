import { Random } from './random.js';
import type {
  Admission,
  ClockSetup,
  DamageSetup,
  LoadSetup,
  LogForm,
  RecordingSetup,
  ServerSetup,
  Setup,
  Workers,
} from './setup.js';

/** What a caller may fix; everything else is drawn. */
export interface Wanted {
  readonly server?: Partial<ServerSetup>;
  readonly load?: Partial<LoadSetup>;
  readonly recording?: Partial<RecordingSetup>;
  readonly clock?: Partial<ClockSetup>;
  readonly damage?: Partial<DamageSetup>;
}

/** Clock and damage of a clean recording: what remains is the server's and the load's variety. */
export const CLEAN: Wanted = { damage: { lostLines: 0, mergedLines: 0 } };

/** One source taken away. */
export const ABLATIONS = {
  jtl: { jtl: 'none' },
  log: { log: 'none', accessToo: false },
  snapshots: { snapshots: 'none' },
  owners: { owners: false },
  counters: { counters: false },
  connections: { snapshots: 'ss-listen' },
} as const satisfies Record<string, Partial<RecordingSetup>>;

/** Draws a run: server, load, recording and its faults, all from one seed. */
export function scenarioOf(seed: number, wanted: Wanted = {}): Setup {
  const random = new Random(seed);
  const server = { ...drawServer(random), ...wanted.server };
  const load = { ...drawLoad(random, server), ...wanted.load };
  const mishap = drawMishap(random, server, load);
  const clock = { ...drawClock(random), ...wanted.clock };
  const recording = fitting({ ...drawRecording(random, server, load), ...wanted.recording }, load, clock);
  const damage = { ...drawDamage(random), ...wanted.damage };
  const drawn = {
    seed,
    server: { ...server, ...mishap.server },
    load: { ...load, ...mishap.load },
    recording,
    clock,
    damage,
  };
  const calm = mishap.server === undefined && mishap.load === undefined;
  return withTurns(new Random(seed ^ 0x7a11), drawn, calm, wanted);
}

/** Rarer turns of a run, drawn apart from the rest: XML, kept connections, midnight, summer time's begin or end. */
function withTurns(random: Random, drawn: Setup, calm: boolean, wanted: Wanted): Setup {
  const { server, recording, clock } = drawn;
  const xml = random.chance(0.15) && recording.jtl === 'csv';
  const keeps = random.chance(0.3) && calm && server.admission.kind === 'accept-all' && drawn.load.rounds === 1;
  const load = keeps && wanted.load === undefined ? keptAlive(random, drawn) : drawn.load;
  const turn = random.weighted({ none: 80, midnight: 14, change: 6 });
  const atOnce = Math.min(load.keepAlive, server.capacity);
  const length = load.requests * (load.keepAlive > 0 ? load.serviceMs / atOnce : load.every);
  const middle = random.between(0.25, 0.75) * length;
  const stamped = { ...recording, ...(xml ? { jtl: 'xml' as const } : {}) };
  if (turn === 'midnight') {
    const dateless = recording.dateless || (random.chance(0.4) && !clock.zoneStated && load.keepAlive === 0);
    const ahead = clock.zoneMinutes * 60_000 + clock.offsetMs;
    const startsAt = Math.round(Math.ceil((clock.startsAt + ahead) / DAY_MS) * DAY_MS - ahead - middle);
    return { ...drawn, load, recording: { ...stamped, dateless }, clock: { ...clock, startsAt, ...wanted.clock } };
  }
  if (turn === 'change' && !clock.zoneStated)
    return {
      ...drawn,
      load,
      recording: stamped,
      clock: { ...clock, change: { at: middle, byMinutes: random.pick([60, -60]) }, ...wanted.clock },
    };
  return { ...drawn, load, recording: stamped };
}

const DAY_MS = 86_400_000;

/** Fewer clients, each of which sends its next request on the same connection when it has its answer. */
function keptAlive(random: Random, { server, load }: Setup): LoadSetup {
  const { capacity } = server;
  const share = random.chance(0.5) ? random.between(0.3, 0.75) : random.between(1.3, 2.5);
  const keepAlive = Number.isFinite(capacity) ? Math.max(1, Math.ceil(share * capacity)) : random.int(2, 40);
  const requests = Math.min(MOST_REQUESTS, keepAlive * random.int(4, 10));
  const span = random.between(20_000, 60_000);
  const serviceMs = Math.round(Math.max(80, (span * Math.min(capacity, keepAlive)) / requests));
  return { ...load, keepAlive, requests, serviceMs, every: 30, late: 0, readTimeoutMs: 600_000 };
}

function drawServer(random: Random): ServerSetup {
  const workers = random.weighted<Workers>({
    'thread-per-request': 20,
    'process-per-request': 12,
    'thread-pool': 26,
    'process-pool': 14,
    single: 7,
    'event-loop': 12,
    'shared-name': 5,
    'recycled-ident': 4,
  });
  const unlimited = (workers === 'event-loop' || workers === 'thread-per-request') && random.chance(0.4);
  const processes =
    workers === 'thread-pool'
      ? random.pick([1, 1, 1, 2, 3, 4])
      : workers === 'event-loop'
        ? random.pick([1, 1, 2, 3])
        : 1;
  const base =
    workers === 'single' ? 1 : random.pick([1, 2, 2, 3, 4, 5, 8, 10, 10, 16, 20, 25, 40, 50, 64, 100, 200, 251]);
  const capacity = unlimited
    ? Number.POSITIVE_INFINITY
    : workers === 'thread-pool'
      ? Math.max(1, Math.round(base / processes)) * processes
      : workers === 'event-loop' || workers === 'shared-name'
        ? Math.max(base, 4)
        : base;
  const pool = workers === 'process-pool';
  const admission = drawAdmission(random, workers, capacity);
  const grows =
    admission.kind === 'accept-all' &&
    Number.isFinite(admission.queue) &&
    admission.queue > 0 &&
    workers === 'thread-pool' &&
    processes === 1 &&
    capacity >= 6 &&
    random.chance(0.25);
  return {
    workers,
    capacity,
    processes: pool ? capacity : processes,
    ...(pool && random.chance(0.4) ? { recycleAfter: random.int(3, 9) } : {}),
    admission,
    backlog: random.pick([5, 10, 20, 50, 100, 128, 128, 511, 1024, 4096]),
    overflow: random.weighted({ drop: 80, reset: 10, refuse: 10 }),
    ...(grows ? { core: Math.ceil(capacity / 3) } : {}),
    picks: random.pick(['first', 'last', 'random', 'round-robin']),
  };
}

function drawAdmission(random: Random, workers: Workers, capacity: number): Admission {
  if (!Number.isFinite(capacity))
    return {
      kind: 'accept-all',
      connections: Number.POSITIVE_INFINITY,
      queue: Number.POSITIVE_INFINITY,
      beyond: 'wait',
    };
  const inProcesses = workers === 'process-per-request' || workers === 'process-pool' || workers === 'single';
  const kind = random.weighted({
    'accept-when-free': inProcesses ? 80 : 40,
    'accept-all': inProcesses ? 0 : 50,
    router: workers.endsWith('pool') ? 12 : 0,
  });
  if (kind === 'accept-when-free') return { kind };
  if (kind === 'router') return { kind, innerBacklog: random.pick([10, 50, 100, 100]) };
  const bounded = random.weighted({ none: 45, rejects: 40, connections: 15 });
  if (bounded === 'none')
    return {
      kind: 'accept-all',
      connections: Number.POSITIVE_INFINITY,
      queue: Number.POSITIVE_INFINITY,
      beyond: 'wait',
    };
  if (bounded === 'connections') {
    return {
      kind: 'accept-all',
      connections: capacity + random.pick([10, 30, 60, 100]),
      queue: Number.POSITIVE_INFINITY,
      beyond: 'wait',
    };
  }
  const beyond = random.pick(['http-503', 'http-503', 'http-429', 'server-error', 'reset'] as const);
  return { kind: 'accept-all', connections: Number.POSITIVE_INFINITY, queue: random.pick([0, 0, 10, 30, 100]), beyond };
}

/** How many the server holds before it turns away or stops accepting. */
function roomOf({ capacity, admission, backlog }: ServerSetup): number {
  if (admission.kind === 'accept-when-free') return capacity + backlog;
  if (admission.kind === 'router') return capacity + admission.innerBacklog;
  const inside = Math.min(capacity + admission.queue, admission.connections);
  return admission.beyond === 'wait' && Number.isFinite(admission.connections) ? inside + backlog : inside;
}

/** Requests that a run may have, so that thousands of runs take seconds. */
const MOST_REQUESTS = 600;

function drawLoad(random: Random, server: ServerSetup): LoadSetup {
  const { capacity } = server;
  const room = roomOf(server);
  const finite = Number.isFinite(capacity);
  const heavy = finite ? random.weighted({ under: capacity >= 2 ? 18 : 5, queued: 35, beyond: 47 }) : 'under';
  const most = Math.min(
    MOST_REQUESTS,
    heavy === 'beyond'
      ? Math.ceil((room + 10) * 1.5) + random.int(10, 60)
      : heavy === 'queued'
        ? Math.ceil(capacity * random.between(2, 4)) + 10
        : random.int(30, 200),
  );
  const requests = Math.max(30, most);
  const common = {
    requests,
    spread: random.pick([0.002, 0.002, 0.01, 0.05, 0.2, 0.4]),
    connectTimeoutMs: random.pick([2000, 5000, 10_000, 20_000]),
    readTimeoutMs: random.chance(0.12) ? random.int(4000, 12_000) : 600_000,
    warmUpMs: random.chance(0.6) ? random.int(150, 400) : 0,
    late: random.chance(0.5) ? random.int(3, 10) : 0,
    lateAfterMs: 0,
    rounds: random.chance(0.08) ? 2 : 1,
    keepAlive: 0,
  };
  const span = random.between(20_000, 70_000);
  const serviceMs = Math.round(
    Math.min(
      20_000,
      Math.max(80, finite ? (span * Math.min(capacity, requests)) / requests : random.between(500, 8000)),
    ),
  );
  if (heavy === 'under') {
    const atOnce = finite ? Math.max(0.5, random.between(0.3, 0.75) * capacity) : random.between(2, 60);
    const every = Math.max(1, serviceMs / atOnce);
    const n = Math.min(requests, Math.max(30, Math.floor(60_000 / every)));
    return { ...common, requests: n, every, serviceMs, lateAfterMs: 2 * serviceMs };
  }
  // The waiting pile up within the first quarter to two thirds of the run.
  const every = Math.max(1, (random.between(0.2, 0.6) * (requests * serviceMs)) / capacity / requests);
  const drain = (Math.min(requests, room) * serviceMs) / capacity;
  return { ...common, every, serviceMs, lateAfterMs: drain + 2000 };
}

/** Things that go wrong in a run, at most one. */
function drawMishap(
  random: Random,
  server: ServerSetup,
  load: LoadSetup,
): { server?: Partial<ServerSetup>; load?: Partial<LoadSetup> } {
  const length = load.requests * load.every;
  const what = random.weighted({ none: 84, killed: 5, dies: 5, stopped: 6 });
  const killable = server.workers === 'process-pool' || (server.workers === 'thread-pool' && server.processes > 1);
  if (what === 'killed' && killable && server.recycleAfter === undefined && load.rounds === 1)
    return { server: { killAt: Math.max(length * 0.4, load.serviceMs * 0.5) } };
  if (what === 'dies' && load.rounds === 1) return { server: { diesAt: Math.max(length * 0.6, load.serviceMs * 0.7) } };
  if (what === 'stopped' && load.rounds === 1)
    return { load: { stopAt: length * random.between(0.9, 1.1) + 500, late: 0 } };
  return {};
}

function drawRecording(random: Random, server: ServerSetup, load: LoadSetup): RecordingSetup {
  const named = server.workers === 'thread-pool' && server.admission.kind === 'router';
  const log = random.weighted<LogForm>({
    'handler-pid': 60,
    handler:
      server.workers === 'thread-per-request' || (server.workers === 'thread-pool' && server.processes === 1) ? 12 : 0,
    spring: server.workers === 'thread-pool' ? 12 : 0,
    uwsgi: named || server.workers === 'process-pool' ? 14 : 0,
    'access-duration': 4,
    'access-ends': 3,
    'unknown-form': 6,
  });
  const short = load.serviceMs < 1500;
  return {
    jtl: random.weighted({ csv: 85, 'csv-old': 15, none: 0 }),
    endStamped: random.chance(0.08),
    log,
    accessToo: random.chance(0.4) && log !== 'uwsgi',
    resolution:
      random.weighted({ a: 60, b: 35, c: short ? 0 : 5 }) === 'a' ? 0.001 : random.chance(0.88) || short ? 1 : 1000,
    dateless: random.chance(0.04),
    snapshots: random.weighted({ ss: 70, netstat: 30 }),
    everyMs: random.pick([1000, 1000, 1000, 500, 2000]),
    owners: random.chance(0.8),
    counters: random.chance(0.3),
    snapshotClock: random.weighted({ client: 60, server: 40 }),
    snapshotZoned: random.chance(0.7),
    runFile: random.weighted({ none: 45, port: 30, limits: 25 }),
  };
}

/** What can't be told apart by anybody is not asked for: a dateless log of many days, whole seconds without dates. */
function fitting(recording: RecordingSetup, load: LoadSetup, clock: ClockSetup): RecordingSetup {
  const dateless = recording.dateless && load.keepAlive === 0 && !clock.zoneStated;
  return { ...recording, dateless };
}

function drawClock(random: Random): ClockSetup {
  const zoneMinutes = random.pick([0, 0, 60, 60, 120, -300, -480, 330, 345, -210, 540, 570]);
  const offset = random.weighted({ none: 45, small: 30, seconds: 20, hour: 5 });
  const size = {
    none: 0,
    small: random.between(1, 400),
    seconds: random.between(400, 200_000),
    hour: 3_600_000 + random.between(-5000, 5000),
  }[offset];
  return {
    startsAt: Date.UTC(
      2026,
      random.int(0, 11),
      random.int(1, 28),
      random.int(0, 23),
      random.int(0, 59),
      random.int(0, 59),
      random.int(0, 999),
    ),
    zoneMinutes,
    zoneStated: random.chance(0.25),
    offsetMs: random.chance(0.5) ? size : -size,
    driftPpm: random.chance(0.15) ? random.between(-150, 150) : 0,
  };
}

function drawDamage(random: Random): DamageSetup {
  const what = random.weighted({ none: 80, lost: 12, merged: 8 });
  return { lostLines: what === 'lost' ? 0.05 : 0, mergedLines: what === 'merged' ? random.between(0.005, 0.03) : 0 };
}
