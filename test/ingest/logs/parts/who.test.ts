import { describe, expect, it } from 'vitest';
import { parseWho } from '../../../../src/ingest/logs/parts/who.js';

/** Prefixes as servers write them between the time and the message. */
const PREFIXES = [
  [' [19783] puma srv tp 003: ', { pid: 19783, thread: 'puma srv tp 003', identity: 'numbered' }],
  [' INFO [15990 ThreadPoolExecutor-0_3] shop.views: ', { pid: 15990, thread: 'ThreadPoolExecutor-0_3' }],
  [' INFO [11] MainThread request ', { pid: 11, thread: 'MainThread', identity: 'numbered' }],
  [' INFO [11] waitress-3 request ', { pid: 11, thread: 'waitress-3', identity: 'numbered' }],
  [' INFO [15990 MainThread] shop.views: ', { pid: 15990, thread: 'MainThread' }],
  [' INFO [pool 7 thread-2] Sleeper : ', { thread: 'pool 7 thread-2' }],
  ['] [96648] [INFO] ', { pid: 96648, identity: 'process' }],
  [
    '  INFO ThreadId(02) request{method=GET uri=/?id=1 version=HTTP/1.1}: tower_http::trace: ',
    { thread: 'ThreadId(02)' },
  ],
  ['  INFO ThreadId(02) request{method=GET uri=/?id=', { thread: 'ThreadId(02)' }],
  [' [info] <0.308.0>@req_handler:init:47 ', { thread: '<0.308.0>', identity: 'numbered' }],
  [' [4711] shop.views: ', { pid: 4711, identity: 'process' }],
  [' - 7095-AnyIO worker thread: ', { pid: 7095, thread: 'AnyIO worker thread', identity: 'shared-name' }],
  [
    ' level=info process.pid=7 process.thread.name="Worker 2" msg="',
    { pid: 7, thread: 'Worker 2', identity: 'numbered' },
  ],
  [' - 7|AnyIO worker thread|', { pid: 7, thread: 'AnyIO worker thread', identity: 'shared-name' }],
  [' shop.views 11 140511011799744 ', { pid: 11, thread: '140511011799744', identity: 'recycled-ident' }],
  [' - 7095-7f3a2c5d9740: ', { pid: 7095, thread: '7f3a2c5d9740', identity: 'recycled-ident' }],
  ['] <MainThread@20833> ', { pid: 20833, thread: 'MainThread', identity: 'numbered' }],
  [' - worker-1/4711: ', { pid: 4711, thread: 'worker-1' }],
  [' ThreadPoolExecutor-0_1(4711) ', { pid: 4711, thread: 'ThreadPoolExecutor-0_1' }],
  [' | 6142 | worker-0 | ', { pid: 6142, thread: 'worker-0' }],
  [' [worker-0] (4711) ', { pid: 4711, thread: 'worker-0' }],
  [' - Thread-1 (process_request_thread): #12 ', { thread: 'Thread-1 (process_request_thread)' }],
  [' - MainThread#4711: ', { pid: 4711, thread: 'MainThread' }],
  [' 24866 MainThread INFO ', { pid: 24866, thread: 'MainThread', identity: 'numbered' }],
  [' 24866 INFO MainThread ', { pid: 24866, thread: 'MainThread' }],
  [' INFO 24866 Thread-3 (handle) shop.views ', { pid: 24866, thread: 'Thread-3 (handle)' }],
  [' INFO 24866 MainThread root ', { pid: 24866, thread: 'MainThread' }],
  [' - INFO - 24866 - worker-1 - ', { pid: 24866, thread: 'worker-1' }],
  [' | WARNING | 24866 | worker-1 | ', { pid: 24866, thread: 'worker-1' }],
  [' I 24866 MainThread ', { pid: 24866, thread: 'MainThread' }],
  [' DEBUG:app:[waitress-2] ', { thread: 'waitress-2' }],
  [': INFO/PoolProc-13] Task ', { thread: 'PoolProc-13' }],
  [' 4711 INFO] ', { pid: 4711 }],
  [' #7]  INFO -- : ', { pid: 7, identity: 'process' }],
  ['] [INFO/Process-3] ', { thread: 'Process-3' }],
  ['] [24866 MainThread INFO] ', { pid: 24866, thread: 'MainThread' }],
] as const;

describe('the worker in a prefix', () => {
  it.each(PREFIXES)('of %j', (prefix, who) => {
    expect(parseWho(prefix)).toMatchObject(who);
  });

  it('has no thread where a logger or a level stands', () => {
    expect(parseWho(' [4711] shop.views: ').thread).toBeUndefined();
    expect(parseWho('] [96648] [INFO] ').thread).toBeUndefined();
  });

  it('is called a process or a thread, or not', () => {
    expect(parseWho(' [pid 4711:tid 4712] ')).toMatchObject({ pidCalled: true, threadCalled: true });
    expect(parseWho(' pid=4711 worker=3 ')).toMatchObject({ pid: 4711, pidCalled: true, thread: 'worker 3' });
    expect(parseWho(' pid=4711 worker=3 ').threadCalled).toBeUndefined();
    expect(parseWho(' [4711] ').pidCalled).toBeUndefined();
  });
});
