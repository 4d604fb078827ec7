import { curlProbes } from './curl-probes.js';
import type { Format } from './format.js';
import { jtlCsv } from './jtl-csv.js';
import { jtlXml } from './jtl-xml.js';
import { runFile } from './run-file.js';
import { serverLog } from './server-log.js';
import { kernelCounters, processSnapshots, socketSnapshots } from './snapshots.js';

/** Every kind of input file, in the order in which ties are broken. */
export const formats: readonly Format[] = [
  runFile,
  jtlCsv,
  jtlXml,
  curlProbes,
  socketSnapshots,
  processSnapshots,
  kernelCounters,
  // Last: lines with a time in them are a log only if they are nothing that is known better.
  serverLog,
];
