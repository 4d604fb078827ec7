import { describe, expect, it } from 'vitest';
import { serverLog } from '../../../src/ingest/formats/server-log.js';
import { EVENT } from '../../../src/model/events.js';
import { contextOf, readWith } from '../../support/context.js';

/** What a log tells, if the client waited so long for each request. */
async function read(lines: readonly string[], elapsedMs = 1_010, answered = ids.length) {
  const context = contextOf({});
  const elapsed = new Map(ids.map((id) => [context.ids.encode(String(id)), elapsedMs]));
  const known = {
    ...context,
    clientIds: () => new Set(elapsed.keys()),
    clientElapsed: () => elapsed,
    clientWaits: () => [...elapsed.values()].slice(0, answered),
    clientSent: () => elapsed.size,
  };
  const { events } = await readWith(serverLog, `${lines.join('\n')}\n`, { context: known });
  const rows = Array.from(events?.kind ?? [], (kind, i) => ({
    side: kind === EVENT.begin ? 'begin' : 'end',
    id: events!.id[i]!,
    time: events!.time[i]!,
    worker: events!.workers[events!.worker[i]!],
  }));
  return {
    rows,
    count: rows.length,
    lengths: new Set(
      rows
        .filter(({ side }) => side === 'begin')
        .map(({ id, time }) => (rows.find((row) => row.side === 'end' && row.id === id)?.time ?? Number.NaN) - time),
    ),
    workers: new Set(rows.map(({ worker }) => worker?.thread ?? worker?.pid)),
  };
}

const ids = Array.from({ length: 24 }, (_, n) => n + 1);
const stampOf = (ms: number) => new Date(Date.UTC(2026, 0, 5, 10, 30) + ms).toISOString().slice(0, -1);
/** The server's own name of a request. */
const token = (id: number) => ((id * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '7');
type Line = (stamp: string, id: number, worker: number) => string;

/** Four workers, each of which serves for 1 s and begins again 2 ms later. */
const log = (begin: Line, end: Line) =>
  ids
    .flatMap((id) => {
      const worker = id % 4;
      const at = Math.floor((id - 1) / 4) * 1_002 + worker;
      return [
        { at, line: begin(stampOf(at), id, worker) },
        { at: at + 1_000, line: end(stampOf(at + 1_000), id, worker) },
      ];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ line }) => line);

describe('lines of which one names the request', () => {
  it('are joined by an id of the server', async () => {
    const { count, lengths } = await read(
      log(
        (stamp, id) => `${stamp} rid=0x${token(id)} [info] GET /?id=${id}`,
        (stamp, id) => `${stamp} rid=0x${token(id)} [info] Sent 200`,
      ),
    );
    expect(count).toBe(48);
    expect([...lengths]).toEqual([1_000]);
  });

  it('are joined by the worker, and not from an end to the next begin', async () => {
    const { count, lengths, workers } = await read(
      log(
        (stamp, id, worker) => `${stamp} [pool-1-thread-${worker}] 收到请求 /?id=${id}`,
        (stamp, _, worker) => `${stamp} [pool-1-thread-${worker}] 请求结束`,
      ),
    );
    expect(count).toBe(48);
    expect([...lengths]).toEqual([1_000]);
    expect(workers.size).toBe(4);
  });

  it('are not joined where the lines stand far nearer than clients waited', async () => {
    const lines = ids.flatMap((id) => [
      `${stampOf(id * 1_000)} [pool-1-thread-${id % 4}] 收到请求 /?id=${id}`,
      `${stampOf(id * 1_000 + 1)} [pool-1-thread-${id % 4}] 请求`,
    ]);
    expect((await read(lines)).count).toBe(0);
  });

  it('are not joined where the server would have been at it for longer than the client', async () => {
    const lines = log(
      (stamp, id, worker) => `${stamp} [pool-1-thread-${worker}] 收到请求 /?id=${id}`,
      (stamp, _, worker) => `${stamp} [pool-1-thread-${worker}] 请求结束`,
    );
    expect((await read(lines, 300)).count).toBe(0);
  });
});

describe('lines that begin requests in known words', () => {
  // Of eight workers each begins three, and ends them in no words that are known.
  const begins = ids.map((id) => `${stampOf(500 * id)} INFO [pool-1-thread-${id % 8}] Request started`);
  const other = ids.map((id) => `${stampOf(500 * id + 300)} INFO that went well`);

  it('tell nothing where no line ends one though clients had answers', async () => {
    expect((await read([...begins, ...other].sort())).count).toBe(0);
  });

  it('are those of a server that died, where no client had one', async () => {
    expect((await read(begins, 1_010, 0)).count).toBe(24);
  });
});

describe('lines that name no request', () => {
  it('are none of requests where workers accept a connection while they serve another', async () => {
    const line = (stamp: string, id: number, does: string) =>
      `${stamp} [${(id % 4) + 7}] 127.0.0.1:${40_000 + id} ${does}`;
    // Served in turn for 1 s each; each worker accepts its next one half a second before it is done with this one.
    const accepting = ids
      .flatMap((id) => {
        const end = 1_000 * Math.ceil(id / 4) + id;
        const early = id > 4 ? 1_500 : 1_000;
        return [
          { at: end - early, text: line(stampOf(end - early), id, 'Accepted') },
          { at: end, text: line(stampOf(end), id, 'Closing') },
        ];
      })
      .sort((a, b) => a.at - b.at)
      .map(({ text }) => text);
    expect((await read(accepting, 1_510)).count).toBe(0);
    const inTurn = log(
      (stamp, id) => line(stamp, id, 'Accepted'),
      (stamp, id) => line(stamp, id, 'Closing'),
    );
    expect((await read(inTurn)).count).toBe(48);
  });

  it('are joined by the worker', async () => {
    const { rows, workers } = await read(
      log(
        (stamp, _, worker) => `${stamp} [pool-1-thread-${worker}] Bearbeitung begonnen`,
        (stamp, _, worker) => `${stamp} [pool-1-thread-${worker}] Bearbeitung abgeschlossen`,
      ),
    );
    expect(rows.filter(({ side }) => side === 'begin')).toHaveLength(24);
    expect(rows.filter(({ side }) => side === 'end')).toHaveLength(24);
    expect(workers.size).toBe(4);
  });
});

describe('lines that name no request, of some of which the client did not wait for the answer', () => {
  it('are joined by the worker, too, if it sent as many', async () => {
    const lines = log(
      (stamp, _, worker) => `${stamp} [pool-1-thread-${worker}] Bearbeitung begonnen`,
      (stamp, _, worker) => `${stamp} [pool-1-thread-${worker}] Bearbeitung abgeschlossen`,
    );
    expect((await read(lines, 1_010, 16)).count).toBe(48);
  });
});

describe('the worker of joined lines', () => {
  it('is what both lines agree in, and not the logger before it', async () => {
    const { rows, workers } = await read(
      log(
        (stamp, _, worker) => `${stamp} INFO  [com.acme.Svc] (default task-${worker}) ENTRY`,
        (stamp, _, worker) => `${stamp} INFO  [com.acme.Svc] (default task-${worker}) EXIT`,
      ),
    );
    expect(rows).toHaveLength(48);
    expect([...workers].sort()).toEqual([0, 1, 2, 3].map((worker) => `default task-${worker}`));
  });
});

describe('lines whose time stands elsewhere', () => {
  it('have that of the lines above', async () => {
    const { count, lengths, workers } = await read(
      log(
        (stamp, id, worker) => `== ${stamp} thread=waitress-${worker} pid=4711\n   event: in\n   number: ${id}`,
        (stamp, id, worker) => `== ${stamp} thread=waitress-${worker} pid=4711\n   event: out\n   number: ${id}`,
      ),
    );
    expect(count).toBe(48);
    expect([...lengths]).toEqual([1_000]);
    expect(workers.size).toBe(4);
  });

  it.each([
    ["Docker's", (stamp: string, text: string) => JSON.stringify({ log: `${text}\n`, time: `${stamp}000001Z` })],
    ["Kubernetes'", (stamp: string, text: string) => `${stamp}000001Z stdout F ${text}`],
  ])('have that of %s wrapper', async (_, wrap) => {
    const { count, workers } = await read(
      log(
        (stamp, id, worker) => wrap(stamp, `INFO [4711:waitress-${worker}] in ${id}`),
        (stamp, id, worker) => wrap(stamp, `INFO [4711:waitress-${worker}] out ${id}`),
      ),
    );
    expect(count).toBe(48);
    expect(workers.size).toBe(4);
  });

  it('have the process of syslog', async () => {
    const { count, workers } = await read(
      log(
        (stamp, id, worker) => `Jan  5 ${stamp.slice(11)} web1 shop[${4711 + worker}]: GET /?id=${id} in`,
        (stamp, id, worker) => `Jan  5 ${stamp.slice(11)} web1 shop[${4711 + worker}]: GET /?id=${id} out 200`,
      ),
    );
    expect(count).toBe(48);
    expect([...workers].sort()).toEqual([4711, 4712, 4713, 4714]);
  });
});
