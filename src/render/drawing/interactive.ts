import type { Spec } from 'vega';
import { COLOURS, ink, ROLES, type Role } from '../charts/theme.js';

/** How much of the time one turn of the wheel takes away or gives back, and the shortest time that can be looked at. */
const WHEEL = 1.0015;
const CLOSEST_S = 0.005;

interface Looking {
  readonly domain: readonly [number, number];
  /** Left edge of the plots, px. */
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Makes a compiled chart one that the reader can move along time:
 *
 * - `domain` ([from, to], s) is the time that is shown: wheel zooms, dragging pans, a double click shows all;
 * - `pointed` (s, or null) is the time under the pointer, drawn as a rule through all panels.
 *
 * Both can be set from outside, so that charts move together. Colours are the custom properties of the style sheet
 * (`--c-ROLE`), so that a dark page has its own.
 */
export function interactiveSpec(compiled: Spec, { domain, left, width, height }: Looking): object {
  const plot = Number((compiled as { width?: unknown }).width ?? 0);
  const tall = Number((compiled as { height?: unknown }).height ?? 0);
  const spec = {
    ...compiled,
    background: null,
    padding: { left: 0, top: 0, right: width - plot, bottom: height - tall },
    signals: [...(compiled.signals ?? []), ...signals(domain, left)],
    scales: (compiled.scales ?? []).map((scale) =>
      scale.name === 'x' ? { ...scale, domain: { signal: 'domain' } } : scale,
    ),
    marks: (compiled.marks ?? []).map((mark) =>
      mark.type === 'group' ? { ...mark, marks: [...(mark.marks ?? []), crosshair()] } : mark,
    ),
  };
  return withProperties(spec);
}

function signals(domain: readonly [number, number], left: number): readonly object[] {
  const here = `invert('x', x() - ${left})`;
  const clamp = (to: string) => `clampRange(${to}, ${domain[0]}, ${domain[1]})`;
  const zoomed = `zoomLinear(domain, ${here}, pow(${WHEEL}, event.deltaY * pow(16, event.deltaMode)))`;
  const panned = `panLinear(grip.domain, (grip.x - x()) / span(range('x')))`;
  return [
    {
      name: 'grip',
      value: null,
      on: [
        { events: 'pointerdown', update: '{x: x(), domain: domain}' },
        { events: 'window:pointerup', update: 'null' },
      ],
    },
    {
      name: 'domain',
      value: domain,
      on: [
        {
          events: { type: 'wheel', consume: true },
          update: `span(${zoomed}) < ${CLOSEST_S} ? domain : ${clamp(zoomed)}`,
        },
        { events: '[pointerdown, window:pointerup] > window:pointermove', update: `grip ? ${clamp(panned)} : domain` },
        { events: 'dblclick', update: JSON.stringify(domain) },
      ],
    },
    {
      name: 'pointed',
      value: null,
      on: [
        { events: 'pointermove', update: `inrange(${here}, domain) ? ${here} : null` },
        { events: 'view:pointerout', update: 'null' },
      ],
    },
  ];
}

const crosshair = () => ({
  type: 'rule',
  interactive: false,
  encode: {
    enter: { stroke: { value: ink('ink') }, strokeWidth: { value: 1 } },
    update: {
      x: { scale: 'x', signal: 'pointed' },
      y: { value: 0 },
      y2: { field: { group: 'height' } },
      opacity: { signal: 'pointed === null || !inrange(pointed, domain) ? 0 : 0.7' },
    },
  },
});

const roleOf = new Map<string, Role>(ROLES.map((role) => [COLOURS[role].light, role]));

/** The same plain object with each role's colour as the custom property that holds it. */
function withProperties<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, inner: unknown) => {
      const role = typeof inner === 'string' ? roleOf.get(inner) : undefined;
      return role ? `var(--c-${role})` : inner;
    }),
  ) as T;
}
