import { describe, expect, it } from 'vitest';
import { serverLog } from '../../../src/ingest/formats/server-log.js';
import { EVENT } from '../../../src/model/events.js';
import { contextOf, readWith } from '../../support/context.js';
import { LEARNED_IDS as ids, fourAtOnce as log, stampOf as stamp } from '../../support/learned-lines.js';

/** Requests with the workers and kinds of line that a log of no known form tells of. */
async function read(lines: readonly string[], clientIds: readonly number[] = []) {
  const context = { ...contextOf({}), clientIds: () => new Set(clientIds) };
  const { source, events } = await readWith(serverLog, `${lines.join('\n')}\n`, { context });
  const begins = Array.from(events?.kind ?? []).filter((kind) => kind === EVENT.begin).length;
  const workers = Array.from(events?.worker ?? [], (code) => events!.workers[code]);
  return { source, workers, begins, count: events?.count ?? 0 };
}

const worker = (id: number) => id % 4;
/** Threads by Ruby's object numbers in base 36. */
const TIDS = ['sc', 'sw', 'u0', 'tug'];

describe('the worker of a line of no known form', () => {
  it.each([
    [
      'before the message',
      (id: number) => `- ${4711 + worker(id)}-main: GET /?id=${id}`,
      { pid: 4711, thread: 'main' },
    ],
    [
      'before a number that counts',
      (id: number) => `${4711 + worker(id)}-conn take n${id} ticket ${id}`,
      { pid: 4711, thread: 'conn' },
    ],
    [
      'in the bracket of the time',
      (id: number) => `INFO/ForkPoolWorker-${worker(id)}] Task job[${id}]`,
      { thread: 'ForkPoolWorker-0' },
    ],
    ['without a process', (id: number) => `- pool-${worker(id)}: started id ${id}`, { thread: 'pool-0' }],
    ['with blanks in its name', (id: number) => `[Worker ${worker(id)}] -> ${id} in`, { thread: '0' }],
    [
      'before words in small letters',
      (id: number) => `pool-1-thread-${worker(id)} is at job ${id}`,
      { thread: 'pool-1-thread-0' },
    ],
    ['as one word', (id: number) => `w${worker(id)} has ${id}`, { thread: 'w0' }],
    ['without a digit', (id: number) => `pid=7 tid=${TIDS[worker(id)]} job id=${id}`, { pid: 7, thread: 'tid sc' }],
    [
      'in a field, one of another name than the rest',
      (id: number) => `"thread":"${worker(id) === 0 ? 'Dispatcher' : `http-${worker(id)}`}","job":"${id}"`,
      { thread: 'Dispatcher' },
    ],
    [
      'behind the id',
      (id: number) => `job ${id} on ${4711 + worker(id)}/MainThread`,
      { pid: 4711, thread: 'MainThread' },
    ],
  ])('is found %s', async (_, text, first) => {
    const lines = log(
      (id) => `${text(id)} accepted`,
      (id) => `${text(id).replace(/ n\d+/, '').replace('take', 'give')} done`,
    );
    const { workers, count } = await read(lines, ids);
    expect(count).toBe(48);
    expect(workers).toContainEqual(expect.objectContaining(first));
    expect(new Set(workers).size).toBe(4);
  });

  it.each([
    ['port', (id: number) => `192.0.2.7:${50_001 + worker(id)}`],
    ['address', (id: number) => `from 192.0.2.${10 + worker(id)}`],
    ['connection', (id: number) => `conn=${worker(id) + 7}`],
  ])('is no client’s %s that comes again', async (_, client) => {
    const lines = log(
      (id) => `${client(id)} take id=${id}`,
      (id) => `${client(id)} give id=${id}`,
    );
    const { workers, count } = await read(lines, ids);
    expect([count, new Set(workers)]).toEqual([48, new Set([undefined])]);
  });

  it('is found in a log that was begun when most were in service', async () => {
    // 16 of 24 were begun before; each that ends makes room for one more
    const lines = ids.flatMap((id) => [
      `${stamp(id)} - ${4711 + worker(id)}-main: GET /?id=${id} done`,
      ...(id <= 8 ? [`${stamp(id)} - ${4711 + worker(id)}-main: GET /?id=${id + 16} accepted`] : []),
    ]);
    const { begins, count } = await read(lines, ids);
    expect([begins, count]).toEqual([8, 32]);
  });

  it('is found where its name is cut on the left', async () => {
    const name = (id: number) => `http-nio-127.0.0.1-8080-exec-${worker(id) + 8}`.slice(-15);
    const text = (id: number) => ` INFO 8 --- [${name(id)}] o.e.shop.OrderController : Order ${id}`;
    const { workers, count } = await read(
      log(
        (id) => `${text(id)} looked up`,
        (id) => `${text(id)} delivered`,
      ),
      ids,
    );
    expect(count).toBe(48);
    expect(workers.map((who) => who?.thread)).toEqual(expect.arrayContaining(['0.1-8080-exec-9', '.1-8080-exec-10']));
  });

  it.each([
    ['module', (id: number) => `INFO in shop7: report ${id}:`],
    ['logger', (id: number) => `INFO - shop7 - report ${id}`],
  ])('is no %s, which is the same for all', async (_, text) => {
    const { workers, count } = await read(
      log(
        (id) => `${text(id)} querying`,
        (id) => `${text(id)} sent`,
      ),
      ids,
    );
    expect([count, new Set(workers)]).toEqual([48, new Set([undefined])]);
  });

  it('is found before the time', async () => {
    const line = (id: number, at: number, word: string) => `worker-${worker(id)} (4711) ${stamp(at)} ${word} req ${id}`;
    const { workers } = await read(
      ids.flatMap((id) => [line(id, id, 'got'), line(id, id + 1, 'sent')]),
      ids,
    );
    expect(workers).toContainEqual(expect.objectContaining({ pid: 4711, thread: 'worker-3' }));
    expect(new Set(workers).size).toBe(4);
  });

  it.each([
    ['behind the message', (id: number) => `[app] pid=${4711 + worker(id)} request_id=${id} thread=MainThread`],
    ['quoted', (id: number) => `request_id=${id} [app] pid=${4711 + worker(id)} thread='MainThread'`],
    ['round the message', (id: number) => `id=${id} on host pid=${4711 + worker(id)} thread=MainThread`],
  ])('is found by its keys, %s', async (_, text) => {
    const lines = log(
      (id) => `[info     ] enter                 ${text(id)}`,
      (id) => `[info     ] leave                 ${text(id)}`,
    );
    const { workers } = await read(lines, ids);
    expect(workers).toContainEqual(expect.objectContaining({ pid: 4711, thread: 'MainThread' }));
    expect(new Set(workers).size).toBe(4);
  });

  it('is found by its keys and before the message', async () => {
    const lines = log(
      (id) => `[4711] enter id=${id} thread=w-${worker(id)}`,
      (id) => `[4711] leave id=${id} thread=w-${worker(id)}`,
    );
    expect((await read(lines, ids)).workers).toContainEqual(expect.objectContaining({ pid: 4711, thread: 'w-3' }));
  });

  it('is none where nothing but the request differs', async () => {
    for (const text of [
      (id: number) => `GET /?id=${id}`,
      (id: number) => `order ${id}`,
      (id: number) => `n${id * 7} id ${id}`,
    ]) {
      const { workers, count } = await read(
        log(
          (id) => `${text(id)} accepted`,
          (id) => `${text(id)} done`,
        ),
        ids,
      );
      expect([count, new Set(workers)]).toEqual([48, new Set([undefined])]);
    }
  });

  it('is one of its own for each request where it is so', async () => {
    const text = (id: number) => `- Thread-${id} (process_request_thread): GET /?id=${id}`;
    const { workers } = await read(
      log(
        (id) => `${text(id)} accepted`,
        (id) => `${text(id)} done`,
      ),
      ids,
    );
    expect(workers).toContainEqual(expect.objectContaining({ thread: 'Thread-7 (process_request_thread)' }));
    expect(new Set(workers).size).toBe(24);
  });

  it('keeps its number where logfmt quotes it', async () => {
    const text = (id: number) => `level=info pid=7 thread="Worker ${worker(id)}"`;
    const lines = log(
      (id) => `${text(id)} event=begin id=${id}`,
      (id) => `${text(id)} event=end id=${id}`,
    );
    const { workers } = await read(
      lines.map((line) => line.replace(/^(\S+) (\S+)/, 'time="$1T$2Z"')),
      ids,
    );
    expect(workers[0]).toMatchObject({ pid: 7, thread: 'Worker 1', identity: 'numbered' });
  });
});

describe('which lines begin and end requests', () => {
  const lines = log(
    (id) => `srv take ticket ${id}`,
    (id) => `srv give ticket ${id}`,
  );

  it('is learnt from two tests in one log', async () => {
    const { count, begins, source } = await read([...lines, ...lines.map((line) => line.replace(' 10:', ' 11:'))], ids);
    expect([count, begins, source.skipped]).toEqual([96, 48, 0]);
  });

  it('is learnt from few requests if the client sent no more', async () => {
    const few = lines.filter((line) => / [1-4]$/.test(line));
    expect((await read(few, ids.slice(0, 4))).count).toBe(8);
    expect((await read(few, ids)).count).toBe(0);
  });

  it('is learnt from a log that was cut while most requests were in service', async () => {
    const burst = ids.map((id) => `${stamp(id)} srv take ticket ${id}`);
    const cut = [...burst, ...ids.slice(0, 6).map((id) => `${stamp(id + 25)} srv give ticket ${id}`)];
    expect(await read(cut, ids)).toMatchObject({ count: 30, begins: 24 });
  });

  it('is learnt without the client’s ids where numbers count requests', async () => {
    expect((await read(lines)).count).toBe(48);
    expect((await read(lines.map((line) => line.replace('ticket', 'connection')))).count).toBe(0);
  });

  it('is learnt without a client where the words before the numbers differ', async () => {
    const differ = (begin: string, end: string) =>
      lines.map((line) => line.replace('take ticket', begin).replace('give ticket', end));
    expect(await read(differ('got', 'answering'))).toMatchObject({ count: 48, begins: 24 });
    expect((await read(differ('opened', 'closed'))).count).toBe(0);
    // Other numbers are no requests of these.
    const other = differ('got', 'wrote').map((line) =>
      line.replace(/wrote (\d+)/, (_, n) => `wrote ${Number(n) + 30}`),
    );
    expect((await read(other)).count).toBe(0);
  });

  it('is learnt by ids of the server’s own if the client’s stand nowhere', async () => {
    const own = (name: string) => lines.map((line) => line.replace(/ticket (\d+)/, `${name}=a7f$1`));
    for (const name of ['request_id', 'requestId', 'id']) expect((await read(own(name), ids)).count).toBe(48);
    for (const name of ['thread_id', 'threadId', 'span']) expect((await read(own(name), ids)).count).toBe(0);
  });

  it('is learnt without the client’s ids where they stand in brackets', async () => {
    const marked = lines.map((line) =>
      line.replace(/take ticket (\d+)/, 'received [$1]').replace(/give ticket (\d+)/, 'sent [$1]'),
    );
    expect((await read(marked)).count).toBe(48);
  });

  it.each([
    ['JSON', (id: number, word: string, more: string) => `{"pid":7,"message":"${word}","requestId":"${id}"${more}}`],
    [
      'logfmt',
      (id: number, word: string, more: string) =>
        `level=info msg=${word} request_id=${id} pid=7${more.replace(/,"(\w+)":/g, ' $1=')}`,
    ],
  ])('is learnt where the end tells status and duration, in %s', async (_, text) => {
    const took = log(
      (id) => text(id, 'enter', ''),
      (id) => text(id, 'leave', ',"status":200,"duration_ms":4000.5'),
    );
    const form = (line: string) =>
      line.replace(/^(\S+) (\S+) (\{?)/, (__, day, time, brace) =>
        brace ? `{"ts":"${day}T${time}Z",` : `time=${day}T${time}Z `,
      );
    for (const clientIds of [ids, []]) {
      const { count, begins, source } = await read(took.map(form), clientIds);
      expect([count, begins, source.counts.begins, source.counts.ends, source.used]).toEqual([48, 24, 24, 24, 48]);
    }
    const endsOnly = await read(took.map(form).filter((line) => line.includes('leave')));
    expect([endsOnly.count, endsOnly.begins, endsOnly.source.counts.begins]).toEqual([24, 0, 24]);
  });

  it('takes the last of several kinds for the end', async () => {
    const three = ids.flatMap((id) =>
      ['took', 'cooked', 'gave'].map((word, k) => `${stamp(id + k)} ${word} order ${id}`),
    );
    const { count, source } = await read(three, ids);
    expect([count, source.skipped]).toEqual([48, 24]);
    expect(source.problems.find(({ message }) => message.id === 'logs.learned')?.message.args.end).toContain('gave');
  });

  it('counts a line once that two loggers wrote', async () => {
    expect(
      (
        await read(
          lines.flatMap((line) => [line, line]),
          ids,
        )
      ).count,
    ).toBe(48);
  });

  it('is learnt from records on one line', async () => {
    const glued = lines.join('\n').replace(/(ticket 6)\n/g, '$1');
    const { count, source } = await read(glued.split('\n'), ids);
    expect([count, source.used]).toEqual([48, 46]);
  });
});

describe('words of which only half are known', () => {
  it.each([
    ['an end', (id: number) => `INFO app - request ${id} taken up`, (id: number) => `INFO app - request ${id} served`],
    [
      'a begin',
      (id: number) => `INFO app - request ${id} received`,
      (id: number) => `INFO app - request ${id} is over`,
    ],
  ])('are those of another line where they tell %s alone', async (_, begin, end) => {
    const { begins, count } = await read(log(begin, end), ids);
    expect([begins, count]).toEqual([24, 48]);
  });

  it('stay where no other line goes with them', async () => {
    const { count } = await read(
      ids.map((id) => `${stamp(id)} INFO app - request ${id} served`),
      ids,
    );
    expect(count).toBe(24);
  });

  it('are not paired with a line of the same instant', async () => {
    const lines = ids.flatMap((id) => [`${stamp(id)} id=${id} GET /`, `${stamp(id)} id=${id} params`]);
    expect((await read(lines, ids)).begins).toBe(0);
  });
});

it('begins and ends requests by their first and last lines, though the log was cut in the middle of one', async () => {
  const few = ids.slice(0, 8);
  const at = (id: number, s: number) => `2026/01/05 10:30:${String(2 * id + s).padStart(2, '0')}`;
  const lines = few.flatMap((id) => [
    `${at(id, 0)} [5] begin job ${id}`,
    `${at(id, 1)} [5] job ${id} finished, 0.4s`,
    `${at(id, 1)} [5] sent ${id}: 200 OK`,
  ]);
  const { begins, count } = await read(lines.slice(1), few);
  expect([begins, count]).toEqual([7, 15]);
});

it('takes no client’s address for who serves it', async () => {
  const address = (id: number) => `4.3.2.1:${33000 + 7 * id}`;
  const lines = log(
    (id) => `${address(id)} [web] GET /job/${id} came`,
    (id) => `${address(id)} [web] GET /job/${id} went`,
  );
  const { begins, workers } = await read(lines, ids);
  expect([begins, new Set(workers)]).toEqual([24, new Set([undefined])]);
});

describe('lines that name no request', () => {
  const turn = (n: number, text: string) => `[10:00:${String(n).padStart(2, '0')}.250] ${text}`;
  /** Three threads, each from one request to the next. */
  const turns = (name: (id: number) => string, [begin, end]: readonly [string, string]) =>
    ids.flatMap((_, n) => [...(n >= 3 ? [turn(n, `${name(n - 2)} ${end}`)] : []), turn(n, `${name(n + 1)} ${begin}`)]);

  it.each([
    [['start', 'end']],
    [['request accepted', 'response returned']],
    [['entering handler...', 'leaving handler']],
  ] as const)('are learnt where each worker takes turns between %j', async (words) => {
    const own = await read(turns((id) => `Thread-${id} (process_request_thread)`, words));
    expect([own.count, own.begins, new Set(own.workers).size]).toEqual([45, 24, 24]);
    const pool = await read(turns((id) => `4711 pool-1-thread-${id % 3}`, words));
    expect([pool.count, pool.begins, new Set(pool.workers).size]).toEqual([45, 24, 3]);
  });

  it('are not learnt where a worker begins again before it is done', async () => {
    expect((await read(turns(() => '4711 MainThread', ['start', 'end']))).count).toBe(0);
  });

  it('are not learnt where nobody takes turns', async () => {
    const lines = ids.flatMap((id) => [turn(id, `Thread-${id} start`), turn(id, `Thread-${id} cleanup end ${id}`)]);
    expect((await read(lines)).count).toBe(0);
  });
});

describe('records of two lines', () => {
  it('are learnt with the time of the first', async () => {
    const lines = log(
      (id) => `com.example.core.SlowHandler handle\nINFO: Handling id=${id}`,
      (id) => `com.example.core.SlowHandler handle\nINFO: Handled id=${id}`,
    ).map((line) => line.replace(/^\S+ (\S+)\.\d+/, 'Jan 05, 2026 $1 AM'));
    const { count, begins, source, workers } = await read(lines, ids);
    expect([count, begins, source.skipped, new Set(workers)]).toEqual([48, 24, 0, new Set([undefined])]);
    expect(source.problems.find(({ message }) => message.id === 'logs.learned')?.message.args.entries).toBe('');
  });
});

describe('a learned form', () => {
  it('tells of requests that the client’s record lacks as well', async () => {
    // The record was cut off after the sixteenth of twenty-four.
    const lines = log(
      (id) => `[w-${worker(id)}] -> ${id} enter`,
      (id) => `[w-${worker(id)}] <- ${id} leave`,
    );
    const { count, begins } = await read(lines, ids.slice(0, 16));
    expect([begins, count]).toEqual([24, 48]);
  });

  it.each([
    ['its begin', ids.slice(8)],
    ['some rows', ids.filter((id) => id % 3 > 0)],
    ['most rows', ids.filter((id) => id % 4 === 1)],
  ])('tells of them though the record lacks %s', async (_, known) => {
    const lines = log(
      (id) => `[w-${worker(id)}] -> ${id} enter`,
      (id) => `[w-${worker(id)}] <- ${id} leave`,
    );
    const { count, begins } = await read(lines, known);
    expect([begins, count]).toEqual([24, 48]);
  });
});
