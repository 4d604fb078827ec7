import type { ProblemIds } from '../ids/problems.js';
import type { Area } from '../words.js';

export const problems: Area<ProblemIds> = {
  'problem.lineTooLong': ({ limit }, w) =>
    `longer than ${w.number(limit)} characters; the rest of the line was left out`,
  'problem.gzipBomb': ({ bytes }, w) =>
    `unpacks to more than ${w.number(bytes / 1048576)} MB at an unlikely ratio; reading stopped there`,
  'problem.gzipCut': ({ reason }) =>
    `the compressed data are damaged or cut off (${reason}); what came before was read`,
  'problem.notUnderstood': () => 'not understood',
};
