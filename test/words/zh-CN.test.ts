import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/model/message.js';
import { charts } from '../../src/words/en/charts.js';
import { client } from '../../src/words/en/client.js';
import { findings } from '../../src/words/en/findings.js';
import { logs } from '../../src/words/en/logs.js';
import { page } from '../../src/words/en/page.js';
import { problems } from '../../src/words/en/problems.js';
import { script } from '../../src/words/en/script.js';
import { sockets } from '../../src/words/en/sockets.js';
import { en } from '../../src/words/en.js';
import { languageOf } from '../../src/words/languages.js';

const chinese = languageOf('zh-CN');
const english = languageOf('en');
const areas = { charts, client, findings, logs, page, problems, script, sockets };

/** A sentence with some value for each of its arguments: a number, or where that does not do, a text. */
function saidWith(speak: (message: Message) => string, id: string): string {
  const lists = new Set<unknown>(['parts', 'counts', 'sentences']);
  const args = (value: string | number) => new Proxy({}, { get: (_, key) => (lists.has(key) ? [] : value) });
  try {
    return String(speak({ id, args: args(3) }));
  } catch {
    return String(speak({ id, args: args('3') }));
  }
}

/** Sentences that are the same in both languages: signs, names of files, formats, units of the trade. */
const SAME = new Set([
  'summary.served',
  'cell.count',
  'chart.column.worker',
  'chart.multiple.title',
  'page.absent',
  'page.clock.drift',
  'page.clock.zone',
  'page.column.reuse',
  'page.data.report',
  'page.data.run',
  'page.figure.csvShort',
  'page.figure.svgShort',
  'page.following',
  'page.generator',
  'page.noValue',
  'page.previous',
  'page.read.reuse.term',
  'page.title.run',
  'page.unlike.mark',
  'page.variant',
]);

/** Sentences of nothing but other sentences, values, or words for values that the test does not give. */
const hasWords = (text: string) => /[A-Za-z]{3}/.test(text.replace(/\b(?:pid|worker|SYN|UTC|ppm)\b/g, ''));

describe('Simplified Chinese', () => {
  it('has every sentence and none besides', () => {
    const ids = Object.keys(en);
    expect(ids.filter((id) => !chinese.has(id))).toEqual([]);
  });

  for (const [area, sentences] of Object.entries(areas)) {
    it(`says all of ${area} in Chinese`, () => {
      const same = Object.keys(sentences).filter((id) => {
        const text = saidWith(chinese.speak, id);
        return !SAME.has(id) && hasWords(saidWith(english.speak, id)) && !/[\u4e00-\u9fff]/.test(text);
      });
      expect(same).toEqual([]);
    });
  }

  it('writes numbers, durations and lists of its own', () => {
    const { wording } = chinese;
    expect(wording.number(1234567)).toBe('1,234,567');
    expect(wording.list(['a', 'b', 'c'])).toBe('a、b和c');
    expect([0.25, 350, 1200, 200_000, 7_260_000, -1200].map((ms) => wording.duration(ms))).toEqual([
      '0.25 毫秒',
      '350 毫秒',
      '1.2 秒',
      '3 分 20 秒',
      '2 小时 1 分',
      '−1.2 秒',
    ]);
  });

  it('puts findings into whole sentences', () => {
    const say = (id: string, args: Message['args']) => chinese.speak({ id, args });
    expect(say('backlog.exact', { n: 129, where: 'kernel', kernel: 129, server: 0 })).toBe(
      '恰好 129 个连接在内核的 accept 队列中等待；此时队列已满。',
    );
    expect(say('overload.kind', { outcome: 'connect-timeout', requests: 70, failed: 80 })).toBe(
      '超出容量的请求中，70 个未能及时连接（共 80 个失败）。',
    );
  });
});
