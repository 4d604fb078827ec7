/** Milliseconds since 1970-01-01T00:00:00Z, fractions allowed. `NaN` in a column: no time was recorded. */
export type EpochMs = number;

/** A time stamp as it stands in a file. */
export interface Stamp {
  /** Epoch milliseconds if `zoned`; else the wall-clock reading taken as if it were UTC. */
  readonly ms: EpochMs;
  /** The stamp states its zone (or is an epoch): `ms` is absolute. */
  readonly zoned: boolean;
  /** Minutes east of UTC that the stamp states; absent when not stated or the stamp is an epoch. */
  readonly offsetMinutes?: number;
  /** The smallest step that the stamp can show, in milliseconds: 1000 for whole seconds, 0.001 for microseconds. */
  readonly resolutionMs: number;
  /** The stamp has a time of day and no date (`ms` is then within the first day of the epoch). */
  readonly dateless?: boolean;
  /** The stamp has month and day and no year (`ms` is then in 1972). */
  readonly yearless?: boolean;
}
