import type { Tip } from './plot.js';

/** From the pointer to the tip, px. */
const DISTANCE = 14;

/** What the thing under the pointer is, beside the pointer. */
export class TipBox {
  readonly element = document.createElement('div');

  constructor() {
    this.element.className = 'explore-tip';
    this.element.hidden = true;
  }

  show(tip: Tip | undefined, { clientX, clientY }: PointerEvent): void {
    this.element.hidden = tip === undefined;
    if (!tip) return;
    const list = document.createElement('dl');
    for (const [name, value] of Object.entries(tip)) list.append(cell('dt', name), cell('dd', String(value)));
    this.element.replaceChildren(list);
    const { width } = this.element.getBoundingClientRect();
    const right = clientX + DISTANCE + width;
    this.element.style.left = `${right > innerWidth ? clientX - DISTANCE - width : clientX + DISTANCE}px`;
    this.element.style.top = `${clientY + DISTANCE}px`;
  }
}

function cell(tag: 'dt' | 'dd', text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
