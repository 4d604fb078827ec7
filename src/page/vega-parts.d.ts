// Vega's parts bring no types of their own; what is used of them.
declare module 'vega-dataflow' {
  export const transforms: Record<string, unknown>;
}
declare module 'vega-encode' {}
declare module 'vega-transforms' {}
declare module 'vega-view-transforms' {}
declare module 'vega-parser' {
  export function parse(spec: object, config: undefined, options: { readonly ast: true }): object;
}
declare module 'vega-view' {
  interface Options {
    readonly expr: unknown;
    readonly renderer: 'svg';
    readonly container: HTMLElement;
    readonly hover: false;
  }
  export class View {
    constructor(runtime: object, options: Options);
    run(): View;
    runAsync(): Promise<View>;
    signal(name: string): unknown;
    signal(name: string, value: unknown): View;
    addSignalListener(name: string, told: (name: string, value: unknown) => void): View;
    tooltip(handler: (self: unknown, event: PointerEvent, item: unknown, value: unknown) => void): View;
  }
}
