import type { RunFile, StatedLimits, StatedLogPattern } from '../../model/run-file.js';
import { say } from '../../words/ids.js';
import type { InputFile } from '../text/input-file.js';
import { Ledger } from '../text/ledger.js';
import type { Format, Head } from './format.js';

/**
 * `run.yaml`: what no recording can tell. All keys of the contract; unknown keys are told and ignored; a value of the wrong
 * type is told and left out.
 */
export const runFile = {
  id: 'run-yaml',
  kind: 'run-file',
  recognise(head: Head) {
    if (!/\.ya?ml$/i.test(head.name)) return { certainty: 'no' };
    const known = head.lines.some((line) => KEY_LINE.test(line));
    return { certainty: known ? 'certain' : 'no' };
  },
  async read(file: InputFile) {
    const ledger = new Ledger();
    let text = '';
    let tooLong = false;
    await file.eachLine((line, number) => {
      if (text.length < MAX_TEXT) text += `${line}\n`;
      else tooLong = true;
      if (/^\s*(#.*)?$/.test(line)) ledger.ignore();
      else if (tooLong) ledger.skip(number, say('problem.notUnderstood', {}), line);
      else ledger.use();
    });
    const stated = await parse(text, ledger);
    return {
      source: {
        path: file.path,
        sha256: file.sha256,
        kind: 'run-file',
        format: 'run-yaml',
        variant: {},
        lines: file.lines,
        used: ledger.used,
        ignored: ledger.ignored,
        skipped: ledger.skipped,
        records: Object.keys(stated).length,
        counts: {},
        problems: ledger.problems,
        problemCount: ledger.problemCount,
      },
      runFile: stated,
    };
  },
} satisfies Format;

const KEYS = [
  'title',
  'server',
  'version',
  'command',
  'port',
  'host',
  'timezone',
  'requestId',
  'log',
  'limits',
  'notes',
  'recorded',
];
const KEY_LINE = new RegExp(`^(?:${KEYS.join('|')})\\s*:`);
const LIMIT_KEYS = [
  'nofile',
  'nproc',
  'somaxconn',
  'tcpAbortOnOverflow',
  'listenBacklog',
  'workers',
  'threads',
] as const;
/** A run.yaml is written by hand: beyond this it is something else. */
const MAX_TEXT = 262_144;

async function parse(text: string, ledger: Ledger): Promise<RunFile> {
  const { parseDocument } = await import('yaml');
  let value: unknown;
  try {
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
    for (const error of document.errors) {
      // What is missing at the end is missing on the last line.
      const line = text.slice(0, Math.min(error.pos[0], text.length - 1)).split('\n').length;
      ledger.note(say('problem.yaml', { reason: error.message.split('\n')[0] ?? '' }), line);
    }
    value = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    ledger.note(say('problem.yaml', { reason: (error as Error).message }));
  }
  if (!isRecord(value)) return {};
  const lineOf = (key: string) => text.split('\n').findIndex((line) => line.trimStart().startsWith(`${key}:`)) + 1;
  const wrong = (key: string, expected: string) =>
    ledger.note(say('problem.runFileValue', { key, expected }), lineOf(key));
  for (const key of Object.keys(value)) {
    if (!KEYS.includes(key)) ledger.note(say('problem.runFileKey', { key }), lineOf(key));
  }
  return checked(value, wrong);
}

type Wrong = (key: string, expected: string) => void;

function checked(value: Record<string, unknown>, wrong: Wrong): RunFile {
  const out: Record<string, unknown> = {};
  for (const key of ['title', 'server', 'version', 'command', 'host', 'timezone', 'requestId', 'notes']) {
    const text = asText(value[key]);
    if (text !== undefined) out[key] = text;
    else if (value[key] !== undefined && value[key] !== null) wrong(key, 'text');
  }
  const port = value.port;
  if (isWhole(port) && port > 0 && port < 65_536) out.port = port;
  else if (port !== undefined && port !== null) wrong('port', '1 … 65535');
  if (isRecord(value.limits)) out.limits = limitsOf(value.limits, wrong);
  else if (value.limits !== undefined && value.limits !== null) wrong('limits', 'a mapping');
  if (value.log !== undefined && value.log !== null) out.log = patternsOf(value.log, wrong);
  if (isRecord(value.recorded)) out.recorded = value.recorded;
  return out;
}

function limitsOf(value: Record<string, unknown>, wrong: Wrong): StatedLimits {
  const out: Record<string, unknown> = {};
  for (const key of LIMIT_KEYS) {
    const limit = value[key];
    if (isWhole(limit)) out[key] = limit;
    else if (limit !== undefined && limit !== null && limit !== 'unlimited') wrong(key, 'a whole number');
  }
  const os = asText(value.os);
  if (os !== undefined) out.os = os;
  for (const key of Object.keys(value)) {
    if (key !== 'os' && !LIMIT_KEYS.includes(key as never)) wrong(key, LIMIT_KEYS.join(', '));
  }
  return out;
}

/** `log` may be one pattern as text, one mapping, or a list of either. */
function patternsOf(value: unknown, wrong: Wrong): readonly StatedLogPattern[] {
  const patterns: StatedLogPattern[] = [];
  for (const item of Array.isArray(value) ? value : [value]) {
    const entry = typeof item === 'string' ? { pattern: item } : item;
    if (!isRecord(entry) || typeof entry.pattern !== 'string') {
      wrong('log', 'a pattern with named groups');
      continue;
    }
    const event = entry.event;
    const unit = entry.durationUnit;
    patterns.push({
      pattern: entry.pattern,
      ...(event === 'begin' || event === 'end' ? { event } : {}),
      ...(unit === 's' || unit === 'ms' || unit === 'us' || unit === 'ns' ? { durationUnit: unit } : {}),
    });
  }
  return patterns;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** YAML reads `2.0` and `1` as numbers where text was meant. */
function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}
