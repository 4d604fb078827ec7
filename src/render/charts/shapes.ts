import type { Outcome } from '../../model/samples.js';
import type { Dots } from './dots.js';

export const DISC = { form: { radius: 1.7 }, filled: true } as const;
/** Where there is room, points are easier to see. */
export const BIG_DISC = { form: { radius: 2.6 }, filled: true } as const;
export const RING = { form: { radius: 2.6 }, filled: false } as const;
export const DIAMOND = { form: { path: 'M0,-3.4L3.4,0L0,3.4L-3.4,0Z' }, filled: false } as const;
export const CROSS = { form: { path: 'M-2.8,-2.8L2.8,2.8M2.8,-2.8L-2.8,2.8' }, filled: false } as const;
const PLUS = { form: { path: 'M-3.2,0L3.2,0M0,-3.2L0,3.2' }, filled: false } as const;
const UP = { form: { path: 'M0,-3.4L3.2,2.4L-3.2,2.4Z' }, filled: false } as const;
const DOWN = { form: { path: 'M0,3.4L3.2,-2.4L-3.2,-2.4Z' }, filled: false } as const;
const SQUARE = { form: { path: 'M-2.6,-2.6L2.6,-2.6L2.6,2.6L-2.6,2.6Z' }, filled: false } as const;
const BLOCK = { form: { path: 'M-2.4,-2.4L2.4,-2.4L2.4,2.4L-2.4,2.4Z' }, filled: true } as const;
const BAR = { form: { path: 'M-3,0L3,0' }, filled: false } as const;

/** Each outcome has a shape of its own, so that colour is never alone. */
export const OUTCOME_DOTS: Readonly<Record<Outcome, Dots>> = {
  succeeded: { ...DISC, role: 'succeeded' },
  refused: { ...CROSS, role: 'turned-away' },
  reset: { ...UP, role: 'turned-away' },
  'connect-timeout': { ...DIAMOND, role: 'turned-away' },
  'read-timeout': { ...DOWN, role: 'turned-away' },
  'http-429': { ...SQUARE, role: 'turned-away' },
  'http-503': { ...BLOCK, role: 'turned-away' },
  'server-error': { ...PLUS, role: 'turned-away' },
  other: { ...BAR, role: 'turned-away', width: 2 },
  abandoned: { ...RING, role: 'not-connected' },
};
