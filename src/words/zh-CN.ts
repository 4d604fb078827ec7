import type { MessageValue } from '../model/message.js';
import { browser } from './en/browser.js';
import { program } from './en/program.js';
import { record } from './en/record.js';
import { groupedNumber } from './figures.js';
import type { Language, Speak, Wording } from './words.js';
import { charts } from './zh-CN/charts.js';
import { client } from './zh-CN/client.js';
import { findings } from './zh-CN/findings.js';
import { logs } from './zh-CN/logs.js';
import { page } from './zh-CN/page.js';
import { problems } from './zh-CN/problems.js';
import { script } from './zh-CN/script.js';
import { sockets } from './zh-CN/sockets.js';

/** Every sentence of the report in Simplified Chinese. What the command line says stays English. */
export const zhCN: Language = {
  ...problems,
  ...client,
  ...logs,
  ...sockets,
  ...findings,
  ...charts,
  ...page,
  ...script,
  ...program,
  ...record,
  ...browser,
};

const MINUTE_S = 60;
const HOUR_S = 3600;

/** Chinese numbers and units, written out here so that no machine's locale can change a byte. */
export function chineseWording(speak: Speak): Wording {
  const number = groupedNumber;
  return {
    number,
    text: (value: MessageValue): string => {
      if (value === undefined) return '';
      if (typeof value === 'object') return 'id' in value ? speak(value) : value.map(speak).join('');
      return typeof value === 'number' ? number(value, 3) : String(value);
    },
    duration: (ms) => {
      const size = Math.abs(ms);
      if (size < 1000) return `${number(ms, size < 1 ? 3 : size < 10 ? 1 : 0)} 毫秒`;
      if (size < 1000 * MINUTE_S) return `${number(ms / 1000, size < 10_000 ? 2 : 1)} 秒`;
      const seconds = Math.round(size / 1000);
      const sign = ms < 0 ? '−' : '';
      if (seconds < HOUR_S) return `${sign}${Math.floor(seconds / MINUTE_S)} 分 ${seconds % MINUTE_S} 秒`;
      return `${sign}${Math.floor(seconds / HOUR_S)} 小时 ${Math.floor((seconds % HOUR_S) / MINUTE_S)} 分`;
    },
    // Chinese nouns have no plural: the measure word and noun come once.
    count: (value, one) => `${number(value)} ${one}`,
    list: (items) => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join('、')}和${items.at(-1)}`),
  };
}
