import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** Workers of the server that the samples pretend to come from, its service time and the pace of the load, ms. */
const WORKERS = 50;
const SERVICE_MS = 200;
const SPACING_MS = 3.9;
const START_MS = Date.UTC(2026, 0, 1);
/** Clients give up after waiting so long, ms. */
const GIVE_UP_MS = 20_000;

/** Writes a client-only JTL with `samples` rows, the same bytes every time. */
export async function makeJtl(path, samples) {
  const file = createWriteStream(path);
  file.write(
    'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n',
  );
  const free = new Float64Array(WORKERS);
  let text = '';
  for (let id = 1; id <= samples; id++) {
    const sent = Math.floor((id - 1) * SPACING_MS);
    const worker = id % WORKERS;
    const begin = Math.max(sent, free[worker]);
    const served = begin - sent < GIVE_UP_MS;
    if (served) free[worker] = begin + SERVICE_MS + ((id * 7919) % 40);
    const elapsed = served ? Math.round(free[worker] - sent) : GIVE_UP_MS;
    text += served
      ? `${START_MS + sent},${elapsed},GET /,200,OK,Thread Group 1-${id % 5000},text,true,,158,121,5000,5000,http://127.0.0.1:8080/?id=${id},${elapsed},0,1\n`
      : `${START_MS + sent},${elapsed},GET /,Non HTTP response code: java.net.SocketTimeoutException,Non HTTP response message: Read timed out,Thread Group 1-${id % 5000},text,false,,2000,0,5000,5000,http://127.0.0.1:8080/?id=${id},0,0,1\n`;
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, 'drain');
      text = '';
    }
  }
  file.end(text);
  await once(file, 'finish');
}
