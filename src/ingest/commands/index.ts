import type { CommandOutput } from './command-output.js';
import { counts } from './counts.js';
import { listenQueues } from './listen-queues.js';
import { lookAlikes } from './look-alikes.js';
import { lsof } from './lsof.js';
import { netstatBsd } from './netstat-bsd.js';
import { netstatLinux } from './netstat-linux.js';
import { netstatStatistics } from './netstat-statistics.js';
import { netstatWindows } from './netstat-windows.js';
import { nstat } from './nstat.js';
import { procNetstat } from './proc-netstat.js';
import { procSockstat } from './proc-sockstat.js';
import { procTcp } from './proc-tcp.js';
import { ps } from './ps.js';
import { ss } from './ss.js';
import { ssSummary } from './ss-summary.js';

/** Every command whose output is understood; the first that is certain takes a section, else the first that finds it likely. */
export const commands: readonly CommandOutput[] = [
  ss,
  netstatLinux,
  netstatBsd,
  netstatWindows,
  listenQueues,
  ssSummary,
  lsof,
  procTcp,
  procSockstat,
  nstat,
  procNetstat,
  netstatStatistics,
  ps,
  counts,
  lookAlikes,
];
