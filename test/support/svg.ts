import { textWidth } from '../../src/render/charts/text-width.js';
import { type Node, parseTree } from '../../src/render/drawing/tree.js';

/** A text of a drawing and the box that it takes, px. */
export interface DrawnText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly size: number;
}

/** All elements of a drawing, the root first. */
export function elements(svg: string): readonly Node[] {
  const all: Node[] = [];
  const visit = (node: Node) => {
    all.push(node);
    node.children.forEach(visit);
  };
  visit(parseTree(svg));
  return all;
}

/** The texts of a drawing at their places; the paper behind a text (a halo) counts once. */
export function drawnTexts(svg: string): readonly DrawnText[] {
  const found: DrawnText[] = [];
  const visit = (node: Node, x: number, y: number) => {
    const [, dx = '0', dy = '0'] = /translate\((-?[\d.]+),(-?[\d.]+)\)/.exec(node.attrs.transform ?? '') ?? [];
    const [here, there] = [x + Number(dx), y + Number(dy)];
    if (node.name === 'text' && !node.attrs.stroke) found.push(boxOf(node, here, there));
    for (const child of node.children) visit(child, here, there);
  };
  visit(parseTree(svg), 0, 0);
  return found;
}

function boxOf({ attrs, text }: Node, x: number, y: number): DrawnText {
  const size = Number.parseFloat(attrs['font-size'] ?? '12');
  const width = textWidth(text, size, attrs['font-weight'] === '600' ? 600 : 400);
  const left = attrs['text-anchor'] === 'end' ? x - width : attrs['text-anchor'] === 'middle' ? x - width / 2 : x;
  return { text, left, right: left + width, top: y - size * 0.78, bottom: y + size * 0.24, size };
}

/** Pairs of texts that lie on each other. */
export function overlapping(texts: readonly DrawnText[]): readonly (readonly [string, string])[] {
  return texts.flatMap((a, i) =>
    texts
      .slice(i + 1)
      .filter(
        (b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5,
      )
      .map((b) => [a.text, b.text] as const),
  );
}
