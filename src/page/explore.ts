import { Explorer } from './explorer.js';
import type { Looking } from './keys.js';
import { wordsOf } from './words.js';
import './data.js';

/** The charts of a page, moved together: what happens at one time stands at one place in all of them. */
async function explore(figures: readonly HTMLElement[]): Promise<void> {
  const shared = globalThis.concurrencyReport;
  const words = wordsOf(document);
  if (!shared || !words) return;
  const explorers: Explorer[] = [];
  const look = (looking: Looking) => {
    for (const explorer of explorers) explorer.look(looking);
  };
  for (const figure of figures) {
    const chart = shared.charts[figure.id];
    if (chart) explorers.push(await Explorer.open(figure, chart, words, look));
  }
}

if (globalThis.concurrencyReport) globalThis.concurrencyReport.explore = explore;
