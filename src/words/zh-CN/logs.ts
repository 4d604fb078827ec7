import type { LogIds } from '../ids/logs.js';
import type { Area } from '../words.js';

export const logs: Area<LogIds> = {
  'logs.patternRefused': ({ pattern, reason }) =>
    `run.yaml 中的日志模式“${pattern}”无法使用：${reason}。不支持环视和反向引用。`,
  'logs.tooManyWorkers': ({ n }, w) => `不同的 worker 多于可保存的数目；有 ${w.number(n)} 行提到未保存的 worker。`,
  'logs.noEnds': ({ begins, answers }, w) =>
    `有 ${w.number(begins)} 行表示请求开始，却没有一行能被理解为结束，而客户端收到了 ${w.number(answers)} 个应答：这些行未采用。要读取它们，请在 run.yaml 中为两者添加模式。`,
  'logs.noUnit': () =>
    '耗时没有注明单位，又没有客户端数据可供判断，因此未使用。可在 run.yaml 的 `log:` 模式中用 (?P<duration>…) 与 `durationUnit` 说明。',
  'logs.learnedSpans': ({ line }) =>
    `没有已知格式；由结构和客户端的等待时间推断。请求以“${line}”结束，该行还给出其耗时。要确认，请在 run.yaml 中加入带有 (?P<time>…)、(?P<duration>…) 与 \`durationUnit\` 的 \`log:\` 模式。`,
  'logs.learnedAlone': ({ line, side }) =>
    `没有已知格式；由结构以及客户端的发送和应答时间推断。请求以“${line}”${side === 'begin' ? '开始' : '结束'}，另一端没有记录。要确认，请在 run.yaml 中加入带有 (?P<time>…)、(?P<id>…) 与 \`event: ${side}\` 的 \`log:\` 模式。`,
  'logs.learned': ({ begin, end }) =>
    `没有已知格式；由结构推断。请求以“${begin}”开始，以“${end}”结束。要确认，请在 run.yaml 中加入 \`log:\` 列表，每种行一个模式，带分组 (?P<time>…)、(?P<id>…) 以及 \`event: begin\` 或 \`event: end\`。`,
};
