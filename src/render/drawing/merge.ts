import { circleRadius, movedPath, shortenPath, shortNumber } from './path.js';
import type { Node } from './tree.js';

/**
 * Neighbours that look the same become one path: marks come by the thousand, and each would repeat its colour. Drawing order
 * is kept, since only neighbours are joined.
 */
export function mergeMarks(node: Node): void {
  node.children = joined(node.children.map(asPath));
  for (const child of node.children) {
    mergeMarks(child);
    if (child.name === 'path' && child.attrs.d !== undefined) child.attrs.d = shortenPath(child.attrs.d);
  }
}

function joined(nodes: readonly Node[]): Node[] {
  const out: Node[] = [];
  let parts: string[] = [];
  let last = '';
  const flush = () => {
    if (parts.length > 0) out.at(-1)!.attrs.d = parts.join('');
    parts = [];
  };
  for (const node of nodes) {
    const { d } = node.attrs;
    const key = node.name === 'path' && !node.attrs.transform ? lookOf(node.attrs) : '';
    if (key === '' || key !== last) {
      flush();
      out.push(node);
    }
    if (key !== '') parts.push(d ?? '');
    last = key;
  }
  flush();
  return out;
}

/** All attributes but the path itself, as one text. */
function lookOf(attrs: Node['attrs']): string {
  let look = '\u0000';
  for (const [name, value] of Object.entries(attrs)) if (name !== 'd') look += `${name}\u0000${value}\u0000`;
  return look;
}

const TRANSLATE = /^translate\((-?[\d.e-]+),(-?[\d.e-]+)\)$/;

/** Lines and marks that were moved to their place become paths in place. */
function asPath(node: Node): Node {
  const found = node.attrs.transform === undefined ? null : TRANSLATE.exec(node.attrs.transform);
  if (!found) return node;
  const [x, y] = [Number(found[1]), Number(found[2])];
  const { transform: _, ...attrs } = node.attrs;
  if (node.name === 'line') {
    const { x2 = '0', y2 = '0', ...look } = attrs;
    const d = `M${shortNumber(x)},${shortNumber(y)}L${shortNumber(x + Number(x2))},${shortNumber(y + Number(y2))}`;
    return { ...node, name: 'path', attrs: { d, ...look } };
  }
  if (node.name !== 'path' || attrs.d === undefined) return node;
  const radius = circleRadius(attrs.d);
  if (radius !== undefined && attrs.fill && !attrs.stroke) return { ...node, attrs: roundDot(x, y, radius, attrs) };
  return { ...node, attrs: { ...attrs, d: movedPath(attrs.d, x, y) } };
}

/** A filled circle is a line of no length with round ends: a quarter of the bytes. */
function roundDot(x: number, y: number, radius: number, { fill, ...attrs }: Record<string, string>) {
  return {
    ...attrs,
    d: `M${shortNumber(x)},${shortNumber(y)}h0`,
    stroke: fill!,
    'stroke-width': shortNumber(2 * radius),
    'stroke-linecap': 'round',
  };
}
