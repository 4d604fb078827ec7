import { describe, expect, it } from 'vitest';
import { COLOURS, chartColours, chartCss, HATCHES, ROLES, type Role } from '../../../src/render/charts/theme.js';

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const LEAST = { text: 4.5, mark: 3, fill: 1 } as const;
/** Grounds that texts and marks may stand on. */
const GROUNDS = ['paper', 'band'] as const;
/** A fill and the outline that makes it visible. */
const OUTLINES: readonly (readonly [fill: Role, line: Role])[] = [
  ['in-service-fill', 'in-service'],
  ['waiting-kernel', 'waiting-kernel-line'],
  ['waiting-server', 'waiting-server-line'],
  ['turned-away-fill', 'turned-away'],
  ['succeeded-fill', 'succeeded'],
];

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(ROLES)('%s is legible', (role) => {
    for (const ground of GROUNDS) {
      const ratio = contrast(COLOURS[role][theme], COLOURS[ground][theme]);
      expect(ratio, `on ${ground}`).toBeGreaterThanOrEqual(LEAST[COLOURS[role].use]);
    }
  });

  it.each(OUTLINES)('%s has an outline of 3:1 against paper', (_, line) => {
    expect(contrast(COLOURS[line][theme], COLOURS.paper[theme])).toBeGreaterThanOrEqual(3);
  });

  it('tells hatch from ground', () => {
    for (const { ground, line } of Object.values(HATCHES)) {
      expect(contrast(COLOURS[line][theme], COLOURS[ground][theme])).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('roles', () => {
  it('can be told from their light colour', () => {
    expect(new Set(ROLES.map((role) => COLOURS[role].light)).size).toBe(ROLES.length);
  });

  it('have classes and both themes in the style sheet', () => {
    const css = chartCss();
    for (const role of ROLES) {
      expect(css).toContain(`.f-${role}{fill:var(--c-${role})}`);
      expect(css).toContain(`.s-${role}{stroke:var(--c-${role})}`);
      expect(chartColours('light')).toContain(`--c-${role}:${COLOURS[role].light};`);
      expect(chartColours('dark')).toContain(`--c-${role}:${COLOURS[role].dark};`);
    }
    expect(css).toMatch(/@media screen and \(prefers-color-scheme:dark\)/);
  });
});
