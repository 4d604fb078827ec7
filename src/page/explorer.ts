import type { Chart } from './data.js';
import { type Looking, pressed } from './keys.js';
import { drawPlot, type Plot } from './plot.js';
import { isSame, type Span } from './span.js';
import { TipBox } from './tip.js';
import { valueAt } from './value-at.js';
import type { Words } from './words.js';

/** Tells all charts of the page where one of them looks. */
type Look = (looking: Looking) => void;

/** One chart with its buttons and its words. */
export class Explorer {
  readonly #chart: Chart;
  readonly #plot: Plot;
  readonly #told = document.createElement('output');
  #looking: Looking;

  private constructor(chart: Chart, plot: Plot) {
    this.#chart = chart;
    this.#plot = plot;
    this.#looking = { span: plot.whole, at: null };
  }

  /** Draws the chart and puts it in place of the picture. */
  static async open(figure: HTMLElement, chart: Chart, words: Words, look: Look): Promise<Explorer> {
    const host = document.createElement('div');
    host.className = 'explore-plot';
    const plot = await drawPlot(host, chart.spec);
    host.setAttribute('aria-hidden', 'true');
    const explorer = new Explorer(chart, plot);
    const box = explorer.#box(`${figure.querySelector('h3')?.textContent ?? ''}. ${words.keys}`, look);
    const tip = new TipBox();
    box.append(explorer.#tools(words, look), host, explorer.#told, tip.element);
    explorer.#listen(host, tip, look);
    figure.querySelector('.drawing.wide')?.after(box);
    figure.classList.add('exploring');
    return explorer;
  }

  /** Shows what another chart of the page shows. */
  look(looking: Looking): void {
    const { span, at } = this.#looking;
    if (isSame(span, looking.span) && at === looking.at) return;
    this.#note(looking);
    this.#plot.show(looking.span, looking.at);
  }

  #note(looking: Looking): void {
    this.#looking = looking;
    this.#told.textContent = looking.at === null ? '' : this.#tell(looking.at);
  }

  /** The time and the counts that hold then. */
  #tell(at: number): string {
    const counts = this.#chart.readout.flatMap((readout) => {
      const value = valueAt(readout, at);
      return value === undefined ? [] : [`${readout.name} ${plain(value, 0)}`];
    });
    return [`${plain(at, 3)} s`, ...counts].join(' · ');
  }

  /** What keys are pressed in. */
  #box(name: string, look: Look): HTMLElement {
    const box = document.createElement('div');
    box.className = 'explore';
    box.tabIndex = 0;
    box.setAttribute('role', 'group');
    box.setAttribute('aria-label', name);
    box.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const next = pressed(event.key, event.shiftKey, this.#looking, this.#plot.whole);
      if (!next) return;
      event.preventDefault();
      look(next);
    });
    return box;
  }

  #tools(words: Words, look: Look): HTMLElement {
    const bar = document.createElement('p');
    bar.className = 'explore-tools';
    const add = (text: string, name: string, key: string, shift = false) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = text;
      button.title = name;
      button.setAttribute('aria-label', name);
      button.addEventListener('click', () => look(pressed(key, shift, this.#looking, this.#plot.whole)!));
      bar.append(button);
    };
    add('+', words.closer, '+');
    add('−', words.wider, '-');
    add('←', words.earlier, 'ArrowLeft', true);
    add('→', words.later, 'ArrowRight', true);
    add(words.reset, words.reset, '0');
    return bar;
  }

  /** What the reader does with the chart itself. */
  #listen(host: HTMLElement, tip: TipBox, look: Look): void {
    const wheel = (event: WheelEvent) => {
      // A wheel alone scrolls the page; with Ctrl, or two fingers drawn apart, it is for the chart.
      if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    };
    host.addEventListener('wheel', wheel, { capture: true, passive: true });
    // This chart shows already what its reader did; the others are told.
    const moved = (looking: Looking) => {
      this.#note(looking);
      look(looking);
    };
    this.#plot.onSpan((span: Span) => moved({ span, at: this.#looking.at }));
    this.#plot.onPoint((at) => moved({ span: this.#looking.span, at }));
    this.#plot.onTip((found, event) => tip.show(found, event));
    host.addEventListener('pointerleave', (event) => tip.show(undefined, event));
  }
}

/** Thousands apart, as the rest of the page writes them. */
function plain(value: number, decimals: number): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 ? '−' : ''}${grouped}${fraction ? `.${fraction}` : ''}`;
}
