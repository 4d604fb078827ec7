import type { PageIds } from '../ids/page.js';
import type { Area } from '../words.js';

export const page: Area<PageIds> = {
  'page.none': () => '',
};
