import { makeCopyable } from './copyable.js';
import { makeExplorable } from './explorable.js';
import { makeSortable } from './sortable.js';
import { wordsOf } from './words.js';

// Pages are whole without this script; it only adds what needs one.
for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sortable]')) makeSortable(table);
const words = wordsOf(document);
if (words) {
  for (const code of document.querySelectorAll<HTMLElement>('.next code')) makeCopyable(code, words);
  makeExplorable([...document.querySelectorAll<HTMLElement>('figure[data-interactive]')], words);
}
