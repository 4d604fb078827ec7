import { InvalidArgumentError } from 'commander';
import { LANGUAGE_IDS, OUTPUT_IDS, type OutputId, PAPERS } from '../model/report.js';
import { english } from '../words/en.js';
import { say } from '../words/ids.js';

const expected = (what: string): InvalidArgumentError => new InvalidArgumentError(what);

/** `html,pdf`: any of the outputs, each once. */
export function parseFormats(value: string): readonly OutputId[] {
  const names = [...new Set(value.split(',').map((name) => name.trim().toLowerCase()))].filter((name) => name !== '');
  const formats = OUTPUT_IDS.filter((id) => names.includes(id));
  if (formats.length === 0 || formats.length !== names.length) {
    throw expected(english(say('option.list', { values: OUTPUT_IDS })));
  }
  return formats;
}

const MAX_PORT = 65_535;

export function parsePort(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port < 1 || port > MAX_PORT) throw expected(english(say('option.port', {})));
  return port;
}

export const parseLanguage = oneOf(LANGUAGE_IDS);
export const parsePaper = oneOf(PAPERS);

/** One of some words, in any case. */
function oneOf<T extends string>(values: readonly T[]): (value: string) => T {
  return (value) => {
    const found = values.find((known) => known.toLowerCase() === value.toLowerCase());
    if (found === undefined) throw expected(english(say('option.oneOf', { values })));
    return found;
  };
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 };
/** The longest that a timer can wait. */
const MAX_MS = 2 ** 31 - 1;

/** `500ms`, `1.5s`, `2m`, `1h`; a bare number is seconds. */
export function parseDuration(value: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)?$/.exec(value.trim()) ?? [];
  const ms = amount === undefined ? Number.NaN : Math.round(Number(amount) * UNIT_MS[unit ?? 's']!);
  if (!(ms > 0 && ms <= MAX_MS)) throw expected(english(say('option.duration', {})));
  return ms;
}

const SOCKET_COMMANDS = ['ss', 'netstat'] as const;

/** `ss,netstat`: which commands are asked for the sockets. */
export function parseSockets(value: string): readonly (typeof SOCKET_COMMANDS)[number][] {
  const names = value.split(',').map((name) => name.trim());
  const found = SOCKET_COMMANDS.filter((command) => names.includes(command));
  if (found.length === 0 || found.length !== new Set(names).size) {
    throw expected(english(say('option.list', { values: SOCKET_COMMANDS })));
  }
  return found;
}
