import { commonStamp, ctimeStamp, isoStamp, serverTime, timeStamp, werkzeugStamp, zoneAt, zoneText } from './clock.js';
import { Random } from './random.js';
import type { Setup } from './setup.js';
import type { SimRequest, World } from './world.js';

interface Line {
  readonly at: number;
  readonly text: string;
}

/** The server's log as its form has it, with the damage that was asked for. */
export function logOf(setup: Setup, world: World): string {
  const lines = [...linesOf(setup, world), ...noticesOf(setup, world)].sort((a, b) => a.at - b.at);
  const dies = setup.server.diesAt;
  const random = new Random(setup.seed ^ 0xda3a6e);
  const { lostLines, mergedLines } = setup.damage;
  const kept = lines.filter(({ at }) => !(dies !== undefined && at > dies) && !random.chance(lostLines));
  const text = kept.map((line) => line.text + (random.chance(mergedLines) ? '' : '\n'));
  return headOf(setup) + text.join('');
}

const headOf = ({ server, recording }: Setup): string =>
  recording.log === 'uwsgi' && recording.runFile === 'none'
    ? `spawned uWSGI worker 1 (and the only) (pid: 4711, cores: ${Number.isFinite(server.capacity) ? server.capacity : 100})\n`
    : '';

function linesOf(setup: Setup, { requests }: World): Line[] {
  const { recording } = setup;
  const served = requests.filter(({ begunAt }) => !Number.isNaN(begunAt));
  const seen = new Map<number, number>();
  const byBegin = [...served].sort((a, b) => a.begunAt - b.begunAt);
  return byBegin.flatMap((request, k): Line[] => {
    const nth = (seen.get(request.worker!.pid) ?? 0) + 1;
    seen.set(request.worker!.pid, nth);
    const own = handlerLines(setup, request, k + 1, nth);
    const accessToo = recording.accessToo && recording.log !== 'access-ends';
    const access = accessToo && !request.cut ? [accessLine(setup, request)] : [];
    return [...own, ...access];
  });
}

function handlerLines(setup: Setup, request: SimRequest, k: number, nth: number): Line[] {
  const { recording, clock } = setup;
  const worker = request.worker!;
  const stamp = (t: number) => {
    const at = serverTime(clock, t);
    const zone = zoneAt(clock, t);
    if (recording.dateless) return timeStamp(at, zone, recording.resolution);
    return isoStamp(at, zone, recording.resolution) + (clock.zoneStated ? zoneText(zone) : '');
  };
  const pair = (begin: string, end: string): Line[] => [
    { at: request.begunAt, text: `${stamp(request.begunAt)}${begin}` },
    ...(request.cut ? [] : [{ at: request.endedAt, text: `${stamp(request.endedAt)}${end}` }]),
  ];
  const id = request.id;
  const who = recording.log === 'handler' ? worker.thread : `${worker.pid}-${worker.thread}`;
  switch (recording.log) {
    case 'handler':
    case 'handler-pid':
      return pair(` - ${who}: #${nth} processing request id[${id}], sleeping...`, ` - ${who}: done request id[${id}]`);
    case 'spring':
      return pair(
        `  INFO ${worker.pid} --- [${worker.thread.slice(-15).padStart(15)}] c.e.SleepController  : processing request id[${id}], sleeping...`,
        `  INFO ${worker.pid} --- [${worker.thread.slice(-15).padStart(15)}] c.e.SleepController  : done request id[${id}]`,
      );
    case 'unknown-form':
      return pair(
        ` ${worker.pid} ${worker.thread} | job ${id} accepted`,
        ` ${worker.pid} ${worker.thread} | job ${id} shipped`,
      );
    case 'uwsgi':
      return request.cut ? [] : [uwsgiLine(setup, request, k, nth)];
    case 'access-duration':
      return request.cut ? [] : [durationLine(setup, request)];
    case 'access-ends':
      return request.cut ? [] : [accessLine(setup, request)];
    default:
      return [];
  }
}

function accessLine({ clock }: Setup, { endedAt, id }: SimRequest): Line {
  const at = werkzeugStamp(serverTime(clock, endedAt), zoneAt(clock, endedAt));
  return { at: endedAt + 0.1, text: `127.0.0.1 - - [${at}] "GET /?id=${id} HTTP/1.1" 200 -` };
}

function durationLine({ clock }: Setup, { begunAt, endedAt, id }: SimRequest): Line {
  const at = commonStamp(serverTime(clock, endedAt), zoneAt(clock, endedAt));
  const seconds = ((endedAt - begunAt) / 1000).toFixed(3);
  return {
    at: endedAt,
    text: `127.0.0.1 - - [${at}] "GET /?id=${id} HTTP/1.1" 200 5 "-" "Apache-HttpClient/4.5" rt=${seconds}`,
  };
}

function uwsgiLine({ clock }: Setup, { begunAt, endedAt, id, worker }: SimRequest, k: number, nth: number): Line {
  const at = ctimeStamp(serverTime(clock, begunAt), zoneAt(clock, begunAt));
  const ms = Math.floor(endedAt - begunAt);
  return {
    at: endedAt,
    text: `[pid: ${worker!.pid}|app: 0|req: ${nth}/${k}] 127.0.0.1 () {28 vars in 344 bytes} [${at}] GET /?id=${id} => generated 5 bytes in ${ms} msecs (HTTP/1.1 200) 2 headers in 78 bytes (2 switches on core ${worker!.slot})`,
  };
}

/** What the server says of itself when it runs out of something, or a worker dies. */
function noticesOf({ server, recording, clock }: Setup, { requests, killed, parent }: World): Line[] {
  const lines: Line[] = [];
  const stamp = (t: number) => isoStamp(serverTime(clock, t), zoneAt(clock, t), 1000);
  if (killed && recording.accessToo) {
    const zone = zoneText(zoneAt(clock, killed.at + 5), '');
    const text = `[${stamp(killed.at + 5)} ${zone}] [${parent}] [ERROR] Worker (pid:${killed.pid}) was sent SIGKILL! Perhaps out of memory?`;
    lines.push({ at: killed.at + 5, text });
  }
  if (server.admission.kind === 'accept-all' && server.admission.beyond === 'server-error') {
    for (const { outcome, overAt } of requests) {
      if (outcome === 'server-error') lines.push({ at: overAt - 0.2, text: "RuntimeError: can't start new thread" });
    }
  }
  return lines;
}
