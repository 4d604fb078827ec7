import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { commands } from '../../src/ingest/commands/index.js';
import { logPatterns } from '../../src/ingest/logs/index.js';

const runs = join(import.meta.dirname, '../../samples/runs');
/** So much of each file is used: damage at its begin counts most, and many small inputs find more than few large ones. */
const SEED_BYTES = 24_000;

/** The files that damage is done to: one of each kind that was recorded, and one of each form that the readers know. */
export function seeds(): readonly Buffer[] {
  return [...recorded(), ...specimens(), ...written()].map((bytes) => bytes.subarray(0, SEED_BYTES));
}

/** Of each run its own files and one of its snapshots. */
function recorded(): Buffer[] {
  return readdirSync(runs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const dir = join(runs, name);
      const files = readdirSync(dir, { withFileTypes: true });
      const own = files.filter((file) => file.isFile()).map((file) => join(dir, file.name));
      const below = files
        .filter((file) => file.isDirectory())
        .flatMap((folder) =>
          readdirSync(join(dir, folder.name))
            .slice(8, 9)
            .map((file) => join(dir, folder.name, file)),
        );
      return [...own, ...below].map(plain);
    });
}

function plain(path: string): Buffer {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

function specimens(): Buffer[] {
  const logs = logPatterns.map(({ specimens: lines }) => [...lines, ...lines, ...lines].join('\n'));
  const sections = commands.map(({ specimens: parts }) =>
    parts.map((part) => `2026-01-05 10:30:16\n${part}`).join('\n\n'),
  );
  return [...logs, logs.join('\n'), ...sections, sections.join('\n')].map((text) => Buffer.from(`${text}\n`));
}

function written(): Buffer[] {
  const header =
    'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,URL,Latency';
  const row = (n: number) =>
    `${1767609000000 + n},${n},"a ""b""\nc",200,OK,Group 1-${n},text,${n % 3 > 0},,18,http://h:8080/?id=${n},3`;
  const element = (n: number) =>
    `<httpSample t="${n}" ts="${1767609000000 + n}" s="true" lb="a &lt;b" rc="200" rm="OK" tn="G 1-${n}">\n` +
    `  <sample t="1" s="false" lb="part"/>\n  <java.net.URL>http://h/?id=${n}</java.net.URL>\n</httpSample>`;
  const numbers = Array.from({ length: 60 }, (_, n) => n);
  return [
    `${header}\n${numbers.map(row).join('\n')}\n`,
    `${numbers.map(row).join('\n')}\n`,
    `<?xml version="1.0"?>\n<testResults version="1.2">\n${numbers.map(element).join('\n')}\n</testResults>\n`,
    `2026-01-05T10:30:16Z\n$ curl -w '%{http_code} %{time_total}' http://h/?id=1\n200 1.5\ncurl: (56) Recv failure: reset\n`,
    'title: x\nport: 8080\nlog:\n  - pattern: (?P<time>\\S+) (?P<id>\\d+)\n    event: begin\nlimits: {nofile: 256}\n',
  ].map((text) => Buffer.from(text));
}
