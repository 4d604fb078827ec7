import { clientTime, isoStamp, serverTime, zoneAt, zoneText } from './clock.js';
import type { Setup } from './setup.js';
import type { SimRequest, World } from './world.js';
import { PORT } from './write-jtl.js';

const INNER_PORT = 40_913;
const REQUEST_BYTES = 153;
/** How long one look takes, ms: rows are not all of one instant. */
const LOOK_TAKES_MS = 3;

interface Row {
  readonly state: string;
  readonly recvQ: number;
  readonly sendQ: number;
  readonly local: string;
  readonly peer: string;
  readonly pid?: number;
}

/** All snapshots of a run in one text, each behind a line with its time. */
export function snapshotsOf(setup: Setup, world: World): string {
  const { recording, clock } = setup;
  const parts: string[] = [];
  const phase = (setup.seed * 37) % Math.max(1, Math.floor(recording.everyMs / 2));
  for (let t = phase - recording.everyMs; t < world.endsAt + recording.everyMs + 500; t += recording.everyMs) {
    const at = recording.snapshotClock === 'client' ? clientTime(clock, t) : serverTime(clock, t);
    const zone = zoneAt(clock, t);
    parts.push(
      recording.snapshotZoned ? `${isoStamp(at, zone, 1).replace(' ', 'T')}${zoneText(zone)}` : isoStamp(at, zone, 1),
    );
    const rows = rowsAt(setup, world, t + LOOK_TAKES_MS);
    parts.push(recording.snapshots === 'netstat' ? netstat(rows, setup) : ss(rows, setup));
  }
  return `${parts.join('\n')}\n`;
}

/** The kernel's counters before and after. */
export function countersOf({ clock }: Setup, { overflows, endsAt }: World): string {
  const one = (t: number, n: number) =>
    `${isoStamp(clientTime(clock, t), 0, 1).replace(' ', 'T')}Z\n#kernel\nTcpExtListenOverflows          ${n}                 0.0\nTcpExtListenDrops               ${n}                 0.0\n`;
  return one(-1500, 17) + one(endsAt + 1500, 17 + overflows.length);
}

function rowsAt(setup: Setup, world: World, t: number): Row[] {
  const router = setup.server.admission.kind === 'router';
  const dead = setup.server.diesAt !== undefined && t >= setup.server.diesAt;
  const queued = world.requests.filter(
    (r) => t >= r.connectedAt && !r.reused && !(t >= first(r.acceptedAt, goneAt(setup, r))),
  ).length;
  const inner = world.requests.filter((r) => t >= r.handedOnAt && !(t >= first(r.begunAt, goneAt(setup, r)))).length;
  const rows: Row[] = [];
  const front = router ? world.router : world.parent;
  if (!dead)
    rows.push({
      state: 'LISTEN',
      recvQ: queued,
      sendQ: setup.server.backlog,
      local: `0.0.0.0:${PORT}`,
      peer: '0.0.0.0:*',
      pid: front,
    });
  if (router && setup.server.admission.kind === 'router') {
    rows.push({
      state: 'LISTEN',
      recvQ: inner,
      sendQ: setup.server.admission.innerBacklog,
      local: `127.0.0.1:${INNER_PORT}`,
      peer: '0.0.0.0:*',
      pid: world.parent,
    });
  }
  for (const request of world.requests) {
    rows.push(...clientRows(request, t), ...serverRows(setup, world, request, t, dead));
  }
  return rows;
}

const first = (at: number, otherwise: number): number => (Number.isNaN(at) ? otherwise : at);
/** Without a begin, a queued connection is there until the server dies. */
const goneAt = ({ server }: Setup, r: SimRequest): number =>
  r.outcome === 'reset' ? r.overAt : (server.diesAt ?? Number.POSITIVE_INFINITY);

function clientRows(r: SimRequest, t: number): Row[] {
  const local = `127.0.0.1:${r.clientPort}`;
  const row = (state: string): Row[] => [
    { state, recvQ: 0, sendQ: state === 'SYN-SENT' ? 1 : 0, local, peer: `127.0.0.1:${PORT}`, pid: 1999 },
  ];
  const over = first(r.overAt, Number.POSITIVE_INFINITY);
  if (!(t >= r.sentAt)) return [];
  if (!(t >= r.clientConnectedAt)) return t < over ? row('SYN-SENT') : [];
  if (t >= first(r.serverClosedAt, Number.POSITIVE_INFINITY)) return [];
  return t >= r.closedAt ? [{ ...row('FIN-WAIT-2')[0]!, pid: undefined as never }] : row('ESTAB');
}

function serverRows(setup: Setup, world: World, r: SimRequest, t: number, dead: boolean): Row[] {
  if (dead || !(t >= r.connectedAt) || t >= first(r.serverClosedAt, goneAt(setup, r))) return [];
  const accepted = t >= r.acceptedAt;
  const state = t >= r.closedAt ? 'CLOSE-WAIT' : 'ESTAB';
  const router = setup.server.admission.kind === 'router';
  const pid = router
    ? world.router
    : setup.server.admission.kind === 'accept-all' || r.worker === undefined
      ? world.parent
      : r.worker.pid;
  const rows: Row[] = [
    {
      state,
      recvQ: accepted && (router || t >= r.begunAt) ? 0 : REQUEST_BYTES,
      sendQ: 0,
      local: `127.0.0.1:${PORT}`,
      peer: `127.0.0.1:${r.clientPort}`,
      ...(accepted ? { pid } : {}),
    },
  ];
  if (router && t >= r.handedOnAt) {
    const port = 40_000 + (r.clientPort % 20_000);
    rows.push({
      state: 'ESTAB',
      recvQ: 0,
      sendQ: 0,
      local: `127.0.0.1:${port}`,
      peer: `127.0.0.1:${INNER_PORT}`,
      pid: world.router,
    });
    rows.push({
      state: 'ESTAB',
      recvQ: t >= r.begunAt ? 0 : REQUEST_BYTES,
      sendQ: 0,
      local: `127.0.0.1:${INNER_PORT}`,
      peer: `127.0.0.1:${port}`,
      ...(t >= r.begunAt ? { pid: world.parent } : {}),
    });
  }
  return rows;
}

function ss(rows: readonly Row[], { recording }: Setup): string {
  const users = ({ pid }: Row) => (recording.owners && pid !== undefined ? ` users:(("server",pid=${pid},fd=7))` : '');
  const text = (row: Row) =>
    `${row.state.padEnd(10)} ${String(row.recvQ).padEnd(6)} ${String(row.sendQ).padEnd(6)} ${row.local.padStart(22)} ${row.peer.padStart(22)}${users(row)}`;
  const head = 'State      Recv-Q Send-Q      Local Address:Port          Peer Address:Port Process';
  const wanted = recording.snapshots === 'ss-listen' ? rows.filter(({ state }) => state === 'LISTEN') : rows;
  const command = recording.snapshots === 'ss-listen' ? '$ ss -lnt' : '$ ss -tanp';
  return [command, head, ...wanted.map(text)].join('\n');
}

const NETSTAT_STATES: Readonly<Record<string, string>> = {
  ESTAB: 'ESTABLISHED',
  'SYN-SENT': 'SYN_SENT',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  'FIN-WAIT-2': 'FIN_WAIT2',
};

function netstat(rows: readonly Row[], { recording }: Setup): string {
  const owner = ({ pid }: Row) => (recording.owners ? ` ${pid === undefined ? '-' : `${pid}/server`}` : '');
  const text = (row: Row) =>
    `tcp ${String(row.recvQ).padStart(8)} ${String(row.state === 'LISTEN' ? 0 : row.sendQ).padStart(6)} ${row.local.padEnd(23)} ${row.peer.padEnd(23)} ${(NETSTAT_STATES[row.state] ?? row.state).padEnd(11)}${owner(row)}`;
  const head =
    'Active Internet connections (servers and established)\nProto Recv-Q Send-Q Local Address           Foreign Address         State      ';
  return [
    `$ netstat -ant${recording.owners ? 'p' : ''}`,
    head + (recording.owners ? ' PID/Program name' : ''),
    ...rows.map(text),
  ].join('\n');
}
