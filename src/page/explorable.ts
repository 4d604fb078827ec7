import type { Words } from './words.js';
import './data.js';

/** Wide enough for the interactive drawing, whose text would be too small below; as in the style sheet. */
const WIDE = '(min-width: 50.01rem)';

/** Where this script came from; the one with Vega lies beside it. Empty in a page that stands alone and has both in it. */
const own = (document.currentScript as HTMLScriptElement | null)?.src ?? '';

/**
 * Figures with `data-interactive` become charts with a moving line, zoom and pan, all of a page together, once the reader
 * comes near one: Vega and the data are loaded then and not before.
 */
export function makeExplorable(figures: readonly HTMLElement[], words: Words): void {
  if (figures.length === 0) return;
  const starters = figures.map((figure) => starter(figure, words));
  let begun = false;
  const begin = async () => {
    if (begun || !matchMedia(WIDE).matches) return;
    begun = true;
    try {
      await explore(figures);
      for (const { bar } of starters) bar.remove();
    } catch {
      for (const { bar } of starters) bar.textContent = words.failed;
    }
  };
  for (const [i, { button }] of starters.entries()) {
    const drawing = figures[i]!.querySelector('.drawing.wide');
    drawing?.addEventListener('pointerenter', begin, { once: true });
    button.addEventListener('click', async () => {
      await begin();
      figures[i]!.querySelector<HTMLElement>('.explore')?.focus();
    });
  }
}

function starter(figure: HTMLElement, words: Words): { bar: HTMLElement; button: HTMLButtonElement } {
  const bar = document.createElement('p');
  bar.className = 'explore-start';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words.explore;
  button.setAttribute('aria-label', `${words.explore}: ${figure.querySelector('h3')?.textContent ?? ''}`);
  bar.append(button);
  figure.querySelector('.drawing.wide')?.after(bar);
  return { bar, button };
}

async function explore(figures: readonly HTMLElement[]): Promise<void> {
  if (own !== '') {
    await load(new URL('charts.js', document.baseURI).href);
    await load(new URL('explore.js', own).href);
  }
  if (!globalThis.concurrencyReport?.explore) throw new Error('the scripts of the charts are not there');
  await globalThis.concurrencyReport.explore(figures);
}

/** A classic script: modules and `fetch` fail on a page opened as a file. */
function load(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = src;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error(src)));
    document.head.append(script);
  });
}
