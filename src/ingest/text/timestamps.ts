import type { Stamp } from '../../model/time.js';

/** A time stamp found in a line, with the place where it stands. */
export interface FoundStamp {
  readonly stamp: Stamp;
  readonly start: number;
  /** Just behind its last character. */
  readonly end: number;
}

const ISO =
  /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)?(?![\d])/;

/** The first time stamp in `line`, or `undefined`. */
export function findStamp(line: string): FoundStamp | undefined {
  const m = ISO.exec(line);
  if (!m) return undefined;
  const fraction = m[7] ?? '';
  const ms =
    Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6])) +
    (fraction === '' ? 0 : Number(`0.${fraction}`) * 1000);
  const zone = m[8];
  const offsetMinutes = zone === undefined ? undefined : zoneMinutes(zone);
  return {
    stamp: {
      ms: ms - (offsetMinutes ?? 0) * 60_000,
      zoned: offsetMinutes !== undefined,
      ...(offsetMinutes === undefined ? {} : { offsetMinutes }),
      resolutionMs: 1000 / 10 ** fraction.length,
    },
    start: m.index,
    end: m.index + m[0].length,
  };
}

/** The whole of `text` as a time stamp, or `undefined`. */
export function parseStamp(text: string): Stamp | undefined {
  const trimmed = text.trim();
  const found = findStamp(trimmed);
  return found && found.start === 0 && found.end === trimmed.length ? found.stamp : undefined;
}

function zoneMinutes(zone: string): number {
  if (zone === 'Z' || zone === 'UTC' || zone === 'GMT') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.replace(/\D/g, '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
}
