import type { Facts } from './facts.js';
import type { LoadEnd } from './load.js';
import type { RecordOptions } from './options.js';
import { toYaml } from './run-yaml.js';
import { joinCommand } from './split-command.js';
import { isoWithZone, zoneOf } from './time.js';

/** What is known when the run file is written. */
export interface Known {
  readonly options: RecordOptions;
  readonly facts: Facts | undefined;
  readonly began: Date;
  /** Missing as long as the recording goes on. */
  readonly end: Date | undefined;
  readonly everyMs: number;
  readonly snapshots: number;
  readonly loadEnd: LoadEnd | undefined;
  /** When the server ended, if it did so by itself. */
  readonly serverEndedAt: Date | undefined;
  readonly interrupted: boolean;
}

/**
 * `run.yaml`: what no other file tells. The environment that the server inherited is not in it. The zone is the machine's: whether
 * the server's log follows it is for the log to show, so `timezone` is not stated.
 */
export function runFileText({
  options,
  facts,
  began,
  end,
  everyMs,
  snapshots,
  loadEnd,
  serverEndedAt,
  interrupted,
}: Known): string {
  const { about, command, port, load, recorder } = options;
  return toYaml({
    title: about?.title,
    server: about?.server,
    version: about?.version,
    command: command.length > 0 ? joinCommand(command) : undefined,
    port,
    notes: about?.notes,
    limits: {
      nofile: facts?.nofile,
      nproc: facts?.nproc,
      somaxconn: facts?.somaxconn,
      tcpAbortOnOverflow: facts?.tcpAbortOnOverflow,
      os: facts?.os,
    },
    recorded: {
      by: recorder,
      start: isoWithZone(began),
      end: end && isoWithZone(end),
      zone: zoneOf(began),
      system: facts?.system,
      cpus: facts?.cpus,
      descriptorsAtStart: facts?.descriptorsAtStart,
      versions: facts?.versions,
      everyMs,
      snapshots: end && snapshots,
      load,
      loadEnded:
        loadEnd && (loadEnd.signal === undefined ? `status ${loadEnd.exitCode ?? 0}` : `signal ${loadEnd.signal}`),
      serverEnded: serverEndedAt && isoWithZone(serverEndedAt),
      interrupted: end && interrupted ? true : undefined,
    },
  });
}
