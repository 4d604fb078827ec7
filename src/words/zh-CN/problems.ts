import { utcOffset } from '../figures.js';
import type { ProblemIds } from '../ids/problems.js';
import type { Area } from '../words.js';

export const problems: Area<ProblemIds> = {
  'problem.lineTooLong': ({ limit }, w) => `超过 ${w.number(limit)} 个字符；该行其余部分被略去`,
  'problem.gzipBomb': ({ bytes }, w) => `解压后超过 ${w.number(bytes / 1048576)} MB，压缩比不合常理；读取到此为止`,
  'problem.gzipCut': ({ reason }) => `压缩数据损坏或被截断（${reason}）；之前的内容已读取`,
  'problem.yaml': ({ reason }) => `不是有效的 YAML：${reason}`,
  'problem.runFileValue': ({ key, expected }) => `“${key}”的值无法使用；应为：${expected}`,
  'problem.runFileKey': ({ key }) => `“${key}”不是 run.yaml 认识的键；已忽略`,
  'problem.unrecognised': () => '不是本程序能识别的任何文件',
  'problem.empty': () => '文件为空',
  'problem.shared': ({ lines, of }, w) => `略去 ${w.number(lines)} 行，它们也在 ${of} 中`,
  'problem.duplicate': ({ of }) => `略去：其中的一切也在 ${of} 中`,
  'problem.refused': ({ as }) => `未读取：看起来是 ${as}`,
  'problem.tie': ({ first, second }) => `可能是 ${first} 或 ${second}；按 ${first} 读取`,
  'problem.unreadable': ({ reason }) => `无法读取（${reason}）`,
  'problem.notAFile': ({ what, depth }) =>
    what === 'directory' ? `未进入：文件夹最多深入 ${depth} 层` : `未读取：这是 ${what}，不是文件`,
  'problem.tooManyFiles': ({ limit }, w) => `文件夹中超过 ${w.number(limit)} 个文件；其余未读取`,
  'problem.requestIdPattern': ({ reason }) => `“requestId”不是带一个分组的可用模式：${reason}`,
  'problem.timezone': ({ timezone }) => `“timezone”${timezone} 既不是 +05:30 这样的偏移，也不是已知的时区名`,
  'problem.notUnderstood': () => '未能理解',
  'clock.zoneInferred': ({ minutes }) =>
    `没有来源说明服务器日志的时区；与请求 id 配对相符的最近时区是 UTC${utcOffset(minutes)}。`,
  'clock.violations': ({ violations, matched }, w) =>
    `在 ${w.number(matched)} 个配对的请求中，有 ${w.number(violations)} 个时间戳违反因果次序。`,
  'clock.violation': ({ side, ms }, w) =>
    side === 'at-most'
      ? `按与其他行相符的时钟，它在客户端发送请求之前 ${w.duration(ms)} 就已开始`
      : `按与其他行相符的时钟，它在客户端得到应答之后 ${w.duration(ms)} 才结束`,
  'clock.orElse': ({ ms, held }, w) =>
    `有多次相似的测试，且并非都同时出现在两类文件中：若服务器时钟再${ms > 0 ? '快' : '慢'} ${w.duration(Math.abs(ms))}，配对同样成立；${held ? '误差范围包含这两种情况' : '此处取两个时钟最接近的差值'}。`,
  'clock.untold': ({ ms }, w) =>
    `无从得知日志行的时间是请求结束还是开始的时刻：若为开始时刻，则服务器时钟还要再快约 ${w.duration(ms)}。误差范围包含这两种情况。`,
  'clock.tied': ({ ms }, w) =>
    `所有请求耗时大致相同，因此无从得知客户端记录的是样本的开始还是结束时刻；此处按 JMeter 的出厂设置视为开始时刻。若为结束时刻，则服务器时钟还要再快约 ${w.duration(ms)}。`,
  'clock.unpaired': () => '没有请求 id 同时出现在客户端样本和服务器日志中，因此视两个时钟一致。',
  'clock.unknown': () => '服务器日志没有时区，也没有请求 id 使它与客户端样本配对，因此两者的时间无法比较。',
  'clock.changed': ({ minutes, line }, w) =>
    `服务器日志的挂钟时间在第 ${w.number(line)} 行向${minutes > 0 ? '前' : '后'}拨了 ${w.duration(Math.abs(minutes) * 60_000)}（夏令时）；其后各行据此解读。`,
  'clock.delivered': ({ openMs }, w) =>
    `所有请求都等待过，它们的开始时间使两个时钟之差有 ${w.duration(openMs)} 的余地；而所有应答都在处理结束后同样久到达，其间只有网络，由此得知该差值。`,
  'clock.byOrder': () =>
    '两侧没有共同的请求 id，时钟只按次序对齐：第 n 次开始不早于第 n 次发送，第 n 个应答不早于第 n 次结束。',
};
