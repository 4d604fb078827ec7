/** A count that is told at the time that the reader points at; see `Readout` of the report's model. */
export interface Readout {
  readonly name: string;
  readonly kind: 'steps' | 'points';
  readonly reach?: number;
  readonly t: readonly number[];
  readonly v: readonly number[];
}

export interface Chart {
  /** Compiled Vega specification with the signals `domain` and `pointed`; see `Figure.interactive` of the report's model. */
  readonly spec: object;
  readonly readout: readonly Readout[];
}

/** What the scripts of a page hand to each other. */
export interface Shared {
  /** By the id of the figure. */
  readonly charts: Readonly<Record<string, Chart>>;
  /** Brought by the script with Vega. */
  explore?: (figures: readonly HTMLElement[]) => Promise<void>;
}

declare global {
  // A classic script's `var` is the page's.
  var concurrencyReport: Shared | undefined;
}
