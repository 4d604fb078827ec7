import { panned, type Span, zoomed } from './span.js';

/** One press of a key or a button: halves or doubles the span, moves it or the line by a part of it. */
const ZOOM = 0.5;
const PAN = 0.25;
const STEP = 0.01;

/** The span in view and the time that is pointed at, s. */
export interface Looking {
  readonly span: Span;
  readonly at: number | null;
}

/** What a key leads to; nothing for keys that are not ours. */
export function pressed(key: string, shift: boolean, { span, at }: Looking, whole: Span): Looking | undefined {
  const place = at ?? (span[0] + span[1]) / 2;
  const step = (span[1] - span[0]) * STEP;
  const to = (moved: number): Looking => ({ span, at: Math.min(span[1], Math.max(span[0], moved)) });
  switch (shift ? `Shift+${key}` : key) {
    case '+':
    case 'Shift++':
    case '=':
      return { span: zoomed(span, whole, ZOOM, place), at };
    case '-':
    case '−':
      return { span: zoomed(span, whole, 1 / ZOOM, place), at };
    case '0':
      return { span: whole, at };
    case 'Shift+ArrowLeft':
      return { span: panned(span, whole, -PAN), at };
    case 'Shift+ArrowRight':
      return { span: panned(span, whole, PAN), at };
    case 'ArrowLeft':
      return to(place - step);
    case 'ArrowRight':
      return to(place + step);
    case 'Escape':
      return { span, at: null };
    default:
      return undefined;
  }
}
