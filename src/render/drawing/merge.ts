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
    const { d, ...look } = node.attrs;
    const key = node.name === 'path' && !look.transform ? JSON.stringify(look) : '';
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

const TRANSLATE = /^translate\((-?[\d.e-]+),(-?[\d.e-]+)\)$/;

/** Lines and marks that were moved to their place become paths in place. */
function asPath(node: Node): Node {
  const { transform, ...attrs } = node.attrs;
  const [, x, y] = (TRANSLATE.exec(transform ?? '') ?? []).map(Number);
  if (x === undefined || y === undefined) return node;
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
