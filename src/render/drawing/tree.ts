import { SaxesParser } from 'saxes';
import { plainText } from '../charts/plain-text.js';

/** An element of a drawing. Text stands in elements without children. */
export interface Node {
  name: string;
  attrs: Record<string, string>;
  children: Node[];
  text: string;
}

/** Reads markup that Vega has written. */
export function parseTree(markup: string): Node {
  const root: Node = { name: '', attrs: {}, children: [], text: '' };
  const open: Node[] = [root];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { name, attrs: { ...(attributes as Record<string, string>) }, children: [], text: '' };
    open.at(-1)!.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('text', (text) => {
    open.at(-1)!.text += text;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(markup).close();
  return root.children[0]!;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text for an element or an attribute. */
export const escapeXml = (text: string): string => plainText(text).replace(/[&<>"]/g, (char) => ENTITIES[char]!);

export function writeTree({ name, attrs, children, text }: Node): string {
  const written = Object.entries(attrs).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const inner = escapeXml(text) + children.map(writeTree).join('');
  return inner === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${inner}</${name}>`;
}
