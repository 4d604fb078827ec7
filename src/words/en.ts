import type { MessageValue } from '../model/message.js';
import { browser } from './en/browser.js';
import { charts } from './en/charts.js';
import { client } from './en/client.js';
import { findings } from './en/findings.js';
import { logs } from './en/logs.js';
import { page } from './en/page.js';
import { problems } from './en/problems.js';
import { program } from './en/program.js';
import { record } from './en/record.js';
import { script } from './en/script.js';
import { sockets } from './en/sockets.js';
import { groupedNumber } from './figures.js';
import type { Language, Speak, Wording } from './words.js';

/** Every sentence of the program in English. */
export const en: Language = {
  ...problems,
  ...client,
  ...logs,
  ...sockets,
  ...findings,
  ...charts,
  ...page,
  ...program,
  ...record,
  ...browser,
  ...script,
};

/** Puts messages into words of `language`, with numbers written as `wording` does. */
export function speaker(language: Language, make: (speak: Speak) => Wording): Speak {
  const speak: Speak = (message) => {
    const sentence = (language as Record<string, ((args: never, w: Wording) => string) | undefined>)[message.id];
    return sentence ? sentence(message.args as never, wording) : message.id;
  };
  const wording = make(speak);
  return speak;
}

/** English numbers and units, written out here so that no machine's locale can change a byte. */
export function englishWording(speak: Speak): Wording {
  const number = groupedNumber;
  return {
    number,
    text: (value: MessageValue): string => {
      if (value === undefined) return '';
      if (typeof value === 'object') return 'id' in value ? speak(value) : value.map(speak).join(' ');
      return typeof value === 'number' ? number(value, 3) : String(value);
    },
    duration: (ms) => {
      const size = Math.abs(ms);
      if (size < 1) return `${number(ms, 3)} ms`;
      if (size < 1000) return `${number(ms, size < 10 ? 1 : 0)} ms`;
      if (size < 60_000) return `${number(ms / 1000, size < 10_000 ? 2 : 1)} s`;
      const seconds = Math.round(size / 1000);
      if (seconds < 3600) return `${ms < 0 ? '−' : ''}${Math.floor(seconds / 60)} min ${seconds % 60} s`;
      return `${ms < 0 ? '−' : ''}${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
    },
    count: (value, one, many) => `${number(value)} ${value === 1 ? one : many}`,
    list: (items) => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`),
  };
}

/** Speaks English. */
export const english: Speak = speaker(en, englishWording);
