import { describe, expect, it } from 'vitest';
import { corpusFound, corpusList, corpusPath, readAny } from '../../support/corpus.js';

interface SnapshotCounts {
  readonly lines: number;
  readonly kind: string;
  readonly tcp_states: Readonly<Record<string, number>>;
}

/** The collection counts states in the file's own spelling, and UNCONN, which is UDP's. */
const SPELLINGS: Readonly<Record<string, string | undefined>> = {
  ESTAB: 'ESTABLISHED',
  LISTENING: 'LISTEN',
  'TIME-WAIT': 'TIME_WAIT',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  'FIN-WAIT-1': 'FIN_WAIT1',
  'FIN-WAIT-2': 'FIN_WAIT2',
  'SYN-SENT': 'SYN_SENT',
  'SYN-RECV': 'SYN_RECV',
  'LAST-ACK': 'LAST_ACK',
  UNCONN: undefined,
  // `netstat -T` and `-x` print no states.
  'no-state': undefined,
};

/** What `kind` in the collection is here; `?` is what nobody counted: an error message, a table of another thing. */
const FORMATS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  netstat: ['socket-snapshots', undefined],
  ss: ['socket-snapshots'],
  'ss -s': ['socket-snapshots'],
  sockstat: ['socket-snapshots'],
  lsof: ['socket-snapshots'],
  'netstat -L': ['socket-snapshots'],
  '/proc/net/tcp': ['socket-snapshots'],
  '/proc/net/udp': ['socket-snapshots'],
  'netstat -s': ['kernel-counters'],
  '/proc/net/netstat': ['kernel-counters'],
  ps: ['process-snapshots'],
  '?': [undefined, 'kernel-counters'],
};

const files = corpusFound ? Object.entries(corpusList<Record<string, SnapshotCounts>>('tcp-snapshot-counts.json')) : [];

function inOurSpelling(states: Readonly<Record<string, number>>): Record<string, number> {
  const ours: Record<string, number> = {};
  for (const [word, n] of Object.entries(states)) {
    const state = word in SPELLINGS ? SPELLINGS[word] : word;
    if (state !== undefined) ours[state] = (ours[state] ?? 0) + n;
  }
  return ours;
}

describe.skipIf(!corpusFound)(
  'snapshots from the wild (skipped where the collection is not beside the project)',
  () => {
    it.each(files)('%s', async (name, { kind, tcp_states }) => {
      const { format, refusedAs, reading } = await readAny(corpusPath('netstat', name));
      expect(FORMATS[kind]).toContain(format);
      const expected = inOurSpelling(tcp_states);
      if (!reading) {
        expect(expected).toEqual({});
        // A file of one cut line has nothing to be known by.
        if (!name.endsWith('PsAuxcww_BAD_1.txt')) expect(refusedAs).toBeTypeOf('string');
        return;
      }
      const { source } = reading;
      expect(source.counts.states ?? {}).toEqual(expected);
      expect(source.used + source.ignored + source.skipped).toBe(source.lines);
    });
  },
);
