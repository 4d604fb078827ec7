import { COLOURS, HATCHES, ink, ROLES, type Role } from '../charts/theme.js';
import type { Node } from './tree.js';

const roleOf = new Map<string, Role>(ROLES.map((role) => [COLOURS[role].light, role]));

/** Gives every colour the class of its role, so that a style sheet can choose another. */
export function addClasses(node: Node): void {
  const classes = (['fill', 'stroke'] as const).flatMap((what) => {
    const role = roleOf.get(node.attrs[what] ?? '');
    return role ? [`${what[0]}-${role}`] : [];
  });
  if (classes.length > 0) node.attrs.class = classes.join(' ');
  for (const child of node.children) addClasses(child);
}

/** Makes the ids of a drawing unique on its page, and defines the hatches that it uses. */
export function ownIds(root: Node, prefix: string): void {
  const ids = new Map<string, string>();
  const bySame = new Map<string, string>();
  const used = new Set<string>();
  for (const { name, children } of root.children) {
    if (name !== 'defs') continue;
    for (const def of children) {
      const same = JSON.stringify(def.children);
      const id = bySame.get(same) ?? `${prefix}-c${bySame.size}`;
      bySame.set(same, id);
      ids.set(def.attrs.id!, id);
    }
  }
  const visit = (node: Node) => {
    for (const [key, value] of Object.entries(node.attrs)) {
      const found = /^url\(#(.+)\)$/.exec(value)?.[1];
      if (found === undefined) continue;
      if (found in HATCHES) used.add(found);
      node.attrs[key] = `url(#${ids.get(found) ?? `${prefix}-${found}`})`;
    }
    node.children.forEach(visit);
  };
  visit(root);
  const defs = root.children.find(({ name }) => name === 'defs') ?? { name: 'defs', attrs: {}, children: [], text: '' };
  const kept = new Map(defs.children.map((def) => [ids.get(def.attrs.id!)!, def]));
  for (const [id, def] of kept) def.attrs.id = id;
  defs.children = [...kept.values(), ...[...used].sort().map((name) => hatch(name as keyof typeof HATCHES, prefix))];
  root.children = [...(defs.children.length > 0 ? [defs] : []), ...root.children.filter((child) => child !== defs)];
}

/** Slanted lines on a ground, px. */
function hatch(name: keyof typeof HATCHES, prefix: string): Node {
  const { ground, line } = HATCHES[name];
  const node = (tag: string, attrs: Record<string, string>): Node => ({ name: tag, attrs, children: [], text: '' });
  return {
    ...node('pattern', { id: `${prefix}-${name}`, width: '5', height: '5', patternUnits: 'userSpaceOnUse' }),
    children: [
      node('path', { d: 'M0,0h5v5h-5Z', fill: ink(ground) }),
      node('path', { d: 'M-1,1L1,-1M0,5L5,0M4,6L6,4', stroke: ink(line), 'stroke-width': '.9' }),
    ],
  };
}
