import type { Figure } from '../model/report.js';

/** The charts of a page as a classic script: `fetch` and modules fail where a page is opened as a file. */
export function chartsScript(figures: readonly (readonly [elementId: string, figure: Figure])[]): string {
  const charts = Object.fromEntries(
    figures.flatMap(([id, { interactive, readout = [] }]) =>
      interactive ? [[id, { spec: interactive, readout }] as const] : [],
    ),
  );
  return `globalThis.concurrencyReport={charts:${inScript(charts)}};\n`;
}

/** JSON that can stand in a script element: nothing in it ends the element or a line. */
const inScript = (value: unknown): string =>
  JSON.stringify(value).replace(/[<\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
