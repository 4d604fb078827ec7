import type { RunAnalysis } from '../../model/run-analysis.js';
import { say } from '../../words/ids.js';
import { visible, visibleLine } from './visible.js';
import { spanOf, type Voice } from './voice.js';

/** A term and what it is. */
export interface TermView {
  readonly term: string;
  readonly value: string;
  /** Text as it was typed or printed, to be set in monospace. */
  readonly code: boolean;
}

/** How the server's clock was put on the client's. */
export function clockViews({ clock, from, to }: RunAnalysis, voice: Voice): readonly TermView[] {
  const term = (item: string): string => voice.say(say('page.clock.item', { item }));
  const { timezoneOffsetMinutes, offsetMs, uncertaintyMs, driftPpm, method, matched } = clock;
  const span = spanOf(from, to);
  const values = {
    span,
    zone: timezoneOffsetMinutes === undefined ? undefined : say('page.clock.zone', { minutes: timezoneOffsetMinutes }),
    offset: offsetMs === undefined ? undefined : say('page.clock.offset', { offsetMs, uncertaintyMs }),
    drift: driftPpm === undefined ? undefined : say('page.clock.drift', { ppm: driftPpm }),
    method: say('page.clock.method', { method, matched }),
  };
  return Object.entries(values).flatMap(([item, value]) =>
    value === undefined ? [] : [{ term: term(item), value: voice.say(value), code: false }],
  );
}

/** Server, command and port: what was run. */
export function serverViews({ setup, port }: RunAnalysis, voice: Voice): readonly TermView[] {
  const { server, version, command, host, timezone } = setup;
  const views = termsOf({ server, version, command, host, timezone }, voice);
  if (!port) return views;
  const value = voice.say(say('page.port', { port: port.value, from: port.from }));
  return [...views, { term: voice.say(say('page.setting', { key: 'port' })), value, code: false }];
}

export function limitViews({ setup }: RunAnalysis, voice: Voice): readonly TermView[] {
  return termsOf(setup.limits ?? {}, voice);
}

export function recordedViews({ setup }: RunAnalysis, voice: Voice): readonly TermView[] {
  return termsOf(setup.recorded ?? {}, voice);
}

/** How deep values of `recorded` are followed; the recorder writes two levels. */
const MAX_DEPTH = 4;

/** Keys and values of a run file, nested ones by their path: `versions.python`. */
function termsOf(values: object, voice: Voice, prefix = '', depth = 0): readonly TermView[] {
  return Object.entries(values).flatMap(([key, value]: [string, unknown]): readonly TermView[] => {
    const name = `${prefix}${key}`;
    if (value === undefined || value === null) return [];
    if (typeof value === 'object' && !Array.isArray(value) && depth < MAX_DEPTH) {
      return termsOf(value, voice, `${name}.`, depth + 1);
    }
    return [{ term: voice.say(say('page.setting', { key: name })), ...shownAs(value, voice) }];
  });
}

function shownAs(value: unknown, voice: Voice): Pick<TermView, 'value' | 'code'> {
  if (typeof value === 'boolean') return { value: voice.say(say('page.value', { value })), code: false };
  if (typeof value === 'number') return { value: voice.wording.number(value, 3), code: false };
  return { value: visibleLine(typeof value === 'string' ? value : JSON.stringify(value)), code: true };
}

/** Paragraphs of a text that somebody wrote about the run. */
export function remarksOf({ setup }: RunAnalysis): readonly string[] {
  return (setup.notes ?? '')
    .split(/\r?\n\s*\r?\n/)
    .map((paragraph) => visible(paragraph.trim()))
    .filter((paragraph) => paragraph !== '');
}
