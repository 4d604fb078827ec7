import type { OutputId } from '../../model/report.js';
import type { Output } from './output.js';

/** Every form of the report, in the order in which they are made; each is loaded when it is asked for. */
export const outputs: readonly { readonly id: OutputId; load(): Promise<Output> }[] = [
  { id: 'json', load: async () => (await import('./json.js')).json },
  { id: 'html', load: async () => (await import('./html.js')).html },
  { id: 'md', load: async () => (await import('./md.js')).md },
  { id: 'pdf', load: async () => (await import('./pdf.js')).pdf },
];
