import type { SocketIds } from '../ids/sockets.js';
import type { Area } from '../words.js';

export const sockets: Area<SocketIds> = {
  'sockets.stateUnknown': ({ command, word }) =>
    word === ''
      ? `${command} 的一行没有状态：请把命令行记录在它上面，或不加状态过滤`
      : `${command} 的一行带有未知状态“${word}”`,
  'sockets.valuesUnusable': ({ command, what }) => `${command} 的一行无法读取：${what}`,
  'sockets.partNotNeeded': ({ as }) => `略去：${as}`,
  'sockets.dateMissing': () => '快照只有时刻，没有日期',
  'sockets.snapshotsBounded': ({ limit }, w) => `超过 ${w.number(limit)} 个快照；文件其余部分被略去`,
  'sockets.rowsBounded': ({ limit }, w) => `一个快照中超过 ${w.number(limit)} 个连接；其余只按状态计数`,
  'sockets.processesBounded': ({ limit }, w) => `超过 ${w.number(limit)} 个进程；其余被略去`,
};
