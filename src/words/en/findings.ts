import type { FindingIds } from '../ids/findings.js';
import type { Area } from '../words.js';

export const findings: Area<FindingIds> = {
  'finding.none': () => '',
};
