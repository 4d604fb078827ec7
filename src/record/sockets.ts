/** What one socket table says about one port. Counts rows whose local port it is: on loopback each connection has two. */
export interface PortView {
  readonly listening: boolean;
  readonly established: number;
  /** Connections that the server may still owe an answer: established, being set up, or closed by the client alone. */
  readonly open: number;
  /** Connections waiting to be accepted, where the command tells. */
  readonly queued?: number;
  /** The backlog in force, where the command tells. */
  readonly limit?: number;
  /** Processes that listen, where the command tells. */
  readonly pids: readonly number[];
  /** The first listener's program, where the command tells. */
  readonly program?: string;
}

const LISTEN = /^LISTEN(ING)?$/;
const ESTABLISHED = /^ESTAB(LISHED)?$/;
const OPEN = /^(ESTAB(LISHED)?|SYN[-_]RE?CV|SYN_RCVD|SYN_RECEIVED|CLOSE[-_]WAIT)$/;
const STATE = /^[A-Z]{3,}[A-Z0-9_-]*$/;
const ADDRESS = /^.*[.:](\d+|\*)$/;

/**
 * Reads `ss -tan`, `ss -lnt`, and `netstat` of Linux, macOS (also `-L`) and Windows as far as the recorder itself must know:
 * is the port taken, does the server listen, is anything left to wait for. The report reads the recorded text anew.
 *
 *     LISTEN 129    128        127.0.0.1:8080      0.0.0.0:*    users:(("python3",pid=7095,fd=3))
 *     tcp        0      0 127.0.0.1:8080          127.0.0.1:51234         ESTABLISHED
 *     tcp4  3/0/128        127.0.0.1.8080
 *       TCP    127.0.0.1:8080         0.0.0.0:0              LISTENING       4321
 */
export function viewPort(text: string, port: number): PortView {
  let established = 0;
  let open = 0;
  let listening = false;
  let queued: number | undefined;
  let limit: number | undefined;
  let program: string | undefined;
  const pids = new Set<number>();
  for (const line of text.split('\n')) {
    const cells = line.trim().split(/\s+/);
    const local = cells.find((cell) => ADDRESS.test(cell));
    if (local === undefined || ADDRESS.exec(local)?.[1] !== String(port)) continue;
    const queues = /^(\d+)\/\d+\/(\d+)$/.exec(cells[1] ?? '');
    if (queues) {
      queued = Math.max(queued ?? 0, Number(queues[1]));
      limit = Number(queues[2]);
      continue;
    }
    const state = cells.find((cell) => STATE.test(cell) && !/^(TCP|UDP)/.test(cell)) ?? '';
    if (LISTEN.test(state)) {
      listening = true;
      if (/^\d+$/.test(cells[1] ?? '')) queued = Math.max(queued ?? 0, Number(cells[1]));
      if (cells[0] === state && /^\d+$/.test(cells[2] ?? '')) limit = Number(cells[2]);
      for (const found of line.matchAll(/"([^"]*)",pid=(\d+)/g)) {
        program ??= found[1];
        pids.add(Number(found[2]));
      }
      if (state === 'LISTENING' && /^\d+$/.test(cells.at(-1) ?? '')) pids.add(Number(cells.at(-1)));
    }
    if (ESTABLISHED.test(state)) established++;
    if (OPEN.test(state)) open++;
  }
  return {
    listening,
    established,
    open,
    pids: [...pids].sort((a, b) => a - b),
    ...(queued === undefined ? {} : { queued }),
    ...(limit === undefined ? {} : { limit }),
    ...(program === undefined ? {} : { program }),
  };
}

/** Ports that the given processes listen on, where the command tells owners. */
export function portsHeldBy(text: string, pids: readonly number[]): readonly number[] {
  const ports = new Set<number>();
  for (const line of text.split('\n')) {
    const owners = [...line.matchAll(/pid=(\d+)/g)].map((found) => Number(found[1]));
    const local = line
      .trim()
      .split(/\s+/)
      .find((cell) => ADDRESS.test(cell));
    const port = Number(local && ADDRESS.exec(local)?.[1]);
    if (port > 0 && owners.some((pid) => pids.includes(pid))) ports.add(port);
  }
  return [...ports].sort((a, b) => a - b);
}
