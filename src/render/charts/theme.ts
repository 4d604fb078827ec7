/** How a colour is used, which decides the contrast that it must have against the paper. */
export type Use =
  /** 4.5:1 */
  | 'text'
  /** 3:1 */
  | 'mark'
  /** Stands inside an outline of its own, or carries no meaning alone. */
  | 'fill';

interface Colour {
  readonly light: string;
  readonly dark: string;
  readonly use: Use;
}

/**
 * One language of colour for all charts, Okabe–Ito as its base. Every role has a light colour of its own: in a drawn chart
 * the colour tells the role, which becomes a class.
 */
export const COLOURS = {
  paper: { light: '#ffffff', dark: '#15181c', use: 'fill' },
  ink: { light: '#1c1c1c', dark: '#ededed', use: 'text' },
  soft: { light: '#5a5a5a', dark: '#b3b7bc', use: 'text' },
  grid: { light: '#e6e6e6', dark: '#30353b', use: 'fill' },
  axis: { light: '#858585', dark: '#80868d', use: 'mark' },
  band: { light: '#f2f2f4', dark: '#22262c', use: 'fill' },
  arrivals: { light: '#333333', dark: '#dcdcdc', use: 'text' },
  succeeded: { light: '#6c8680', dark: '#86a39c', use: 'mark' },
  'succeeded-fill': { light: '#dde5e3', dark: '#2b3937', use: 'fill' },
  'in-service': { light: '#0072b2', dark: '#56b4e9', use: 'text' },
  'in-service-fill': { light: '#cbe2f0', dark: '#1b4159', use: 'fill' },
  'waiting-kernel': { light: '#e69f00', dark: '#e69f01', use: 'fill' },
  'waiting-kernel-line': { light: '#8a5c00', dark: '#f3b940', use: 'text' },
  'waiting-server': { light: '#fbe6bd', dark: '#4d3c17', use: 'fill' },
  'waiting-server-line': { light: '#946300', dark: '#ffd37a', use: 'text' },
  'not-connected': { light: '#6b6b6b', dark: '#a0a4a9', use: 'text' },
  established: { light: '#464646', dark: '#cfcfcf', use: 'text' },
  'turned-away': { light: '#d55e00', dark: '#ff8a3d', use: 'mark' },
  'turned-away-text': { light: '#b54700', dark: '#ff9a57', use: 'text' },
  'turned-away-fill': { light: '#f7d3ba', dark: '#57290c', use: 'fill' },
} as const satisfies Readonly<Record<string, Colour>>;

export type Role = keyof typeof COLOURS;
export const ROLES = Object.keys(COLOURS) as readonly Role[];

/** The colour of a role as it stands in a specification. */
export const ink = (role: Role): string => COLOURS[role].light;

/** Fills that are hatched, so that they are told apart without colour: the fill's ground and its lines. */
export const HATCHES = {
  'waiting-server': { ground: 'waiting-server', line: 'waiting-server-line' },
} as const satisfies Readonly<Record<string, { ground: Role; line: Role }>>;

export const FONT = 'Noto Sans';
/** px at the drawing's own width; 12 px on screen and 8 pt on paper of 170 mm are the least. */
export const TEXT_PX = 12;
export const HEADING_PX = 13;

/** The drawing for a column of text, and the one for a phone; px. */
export const WIDE_PX = 720;
export const NARROW_PX = 340;

/** Vega-Lite's configuration for all charts. */
export const config = {
  aria: false,
  background: ink('paper'),
  font: FONT,
  view: { stroke: null, fill: null },
  axis: {
    labelFontSize: TEXT_PX,
    labelColor: ink('soft'),
    labelPadding: 4,
    tickColor: ink('axis'),
    tickSize: 4,
    domainColor: ink('axis'),
    gridColor: ink('grid'),
    labelBound: false,
    labelOverlap: false,
    labelFlush: false,
  },
  text: { fontSize: TEXT_PX, color: ink('ink'), baseline: 'alphabetic' },
  point: { opacity: 1, filled: true },
  area: { opacity: 1 },
  line: { strokeWidth: 1.5 },
  rule: { color: ink('axis') },
} as const;

/** Custom properties with the colours of one theme, to be put into a rule of one's own. */
export function chartColours(theme: 'light' | 'dark'): string {
  return ROLES.map((role) => `--c-${role}:${COLOURS[role][theme]};`).join('');
}

/**
 * The style sheet for all charts of a page, light and dark; print is always light. Classes: `f-ROLE` fills, `s-ROLE` strokes.
 * Other selectors for a theme can use `chartColours`.
 */
export function chartCss(): string {
  const classes = ROLES.map((role) => `.f-${role}{fill:var(--c-${role})}.s-${role}{stroke:var(--c-${role})}`).join(
    '\n',
  );
  return `:root{${chartColours('light')}}
@media screen and (prefers-color-scheme:dark){:root{${chartColours('dark')}}}
${classes}
`;
}
