import type { ClientIds } from '../ids/client.js';
import type { Area } from '../words.js';

export const client: Area<ClientIds> = {
  'client.cut': ({ fields, width }, w) => `该行有 ${w.number(fields)} 个字段，应有 ${w.number(width)} 个`,
  'client.noSuccess': () => '没有说明该样本是否成功',
  'client.strayQuote': () => '记录内没有闭合的引号按字面处理',
  'client.probesUnanswered': ({ n }, w) => `${w.number(n)} 条 curl 命令行之后没有结果；未计入`,
  'client.damaged': () => '标记无法读取；从其后继续读取',
  'client.notClosed': () => '文件在样本中间结束：测试被终止，或文件被截断',
  'client.noEndTag': () => '文件结尾没有 </testResults>：测试被终止；所有样本都是完整的',
  'client.givenUp': () => '损坏太多：文件其余部分未读取',
  'client.transactionsAlone': ({ n }, w) => `${w.number(n)} 个事务的样本不在文件中；每个事务计为一个请求`,
  'client.stampsUnreadable': ({ n }, w) => `${w.number(n)} 个时间戳不是可能的日期；这些样本已计入，但没有时间`,
  'client.tooManyLabels': ({ n }, w) => `超过 ${w.number(n)} 个不同的标签；其余不再区分`,
};
