import { shortNumber } from './path.js';
import type { Node } from './tree.js';

/** Attributes that say nothing in a picture that is one image to those who do not see it, or that repeat what is so anyway. */
const NEEDLESS = new Set(['class', 'role', 'aria-roledescription', 'aria-hidden', 'pointer-events', 'font-family']);
/** Attributes whose numbers are places and sizes. */
const MEASURES = new Set(['transform', 'x', 'y', 'x2', 'y2', 'width', 'height']);
const DEFAULTS: Readonly<Record<string, string>> = {
  opacity: '1',
  transform: 'translate(0,0)',
  fill: 'none',
  'font-size': '12px',
  'text-anchor': 'start',
  'stroke-width': '1',
};

/** Takes away what Vega writes for a living scene and a picture does not need. */
export function tidy(node: Node): void {
  // Made anew: an object from which things are deleted is slow for ever.
  const attrs: Record<string, string> = {};
  for (const [name, value] of Object.entries(node.attrs)) {
    if (NEEDLESS.has(name) || DEFAULTS[name] === value) continue;
    attrs[name] = MEASURES.has(name) && value.includes('.') ? shortened(value) : value;
  }
  node.attrs = attrs;
  const children = node.children.filter((child) => !invisible(child));
  for (const child of children) tidy(child);
  node.children = children.flatMap((child) => (isPlainGroup(child) ? child.children : isEmpty(child) ? [] : [child]));
}

const shortened = (text: string): string => text.replace(/-?\d+\.\d+(e-?\d+)?/g, (n) => shortNumber(Number(n)));

const invisible = ({ name, attrs }: Node) =>
  attrs.display === 'none' ||
  (name === 'path' && /\b(background|foreground)\b/.test(attrs.class ?? '') && !attrs.fill && !attrs.stroke) ||
  (name === 'text' && attrs.opacity === '0');

const isPlainGroup = ({ name, attrs }: Node) => name === 'g' && Object.keys(attrs).length === 0;
const isEmpty = ({ name, children }: Node) => (name === 'g' || name === 'defs') && children.length === 0;
