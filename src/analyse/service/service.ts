import type { Timeline } from '../../model/timeline.js';
import type { Deaths } from './deaths.js';
import { givenUpUnseen, isOvertaken, lacksAnswered, lostRequests } from './lost-lines.js';
import { Mender } from './mender.js';
import { countLostBegins } from './strangers.js';
import { type Typical, typicalOf } from './typical.js';

/**
 * Requests in service, each with what is sure of it and what is possible, on the client's clock (EpochMs). Where the log shows
 * begin and end the three are one; where a line is missing they stand apart:
 *
 *     possibly      |··········────────────········|
 *     best              |──────────────────|
 *     surely                 |───────|
 *
 * All arrays have `count` entries.
 */
export interface Service {
  readonly count: number;
  readonly begin: Float64Array;
  /** `Infinity`: in service to the end of what was recorded. */
  readonly end: Float64Array;
  /** `surelyFrom > surelyTo` where no instant is sure. */
  readonly surelyFrom: Float64Array;
  readonly surelyTo: Float64Array;
  readonly possiblyFrom: Float64Array;
  readonly possiblyTo: Float64Array;
  /** Before this it was surely not begun: the logged begin, or what rules an earlier one out. */
  readonly notBefore: Float64Array;
  readonly worker: Uint32Array;
  readonly sample: Uint32Array;
  readonly source: Uint16Array;
  /** 0 where no line tells. */
  readonly beginLine: Uint32Array;
  readonly endLine: Uint32Array;
  /** How many begins and ends come from other evidence than a line that tells them. */
  readonly mended: { readonly begins: number; readonly ends: number };
  /** The log demonstrably lost lines. */
  readonly lossy: boolean;
  /** It shows far fewer requests than were answered meanwhile: of some workers it may show none. */
  readonly short?: true;
  /** Requests that must have been served, and of which it has no line. */
  readonly unseen?: number;
  readonly typical?: Typical;
}

/** Puts together what the log tells, closing and completing by other evidence what it leaves open. */
export function serviceOf(timeline: Timeline, deaths: Deaths): Service | undefined {
  const { served } = timeline;
  if (!served) return undefined;
  const typical = typicalOf(timeline);
  const lost = lostRequests(timeline, served);
  const short = lacksAnswered(timeline, served);
  const broken = served.orphanEnds.count > 0 || countLostBegins(served) > 0;
  const unseen = givenUpUnseen(timeline, served, deaths.server);
  const overtaken = unseen > 0 || isOvertaken(timeline, served, deaths.server);
  const lossy = broken || lost.length > 0 || short || overtaken;
  const mender = new Mender(timeline, served, deaths, typical!, lossy);
  mender.takeLogged();
  mender.takeOrphans();
  for (const sample of lost) mender.takeLost(sample);
  return { ...mender.finish(), ...(short ? { short } : {}), ...(unseen > 0 ? { unseen } : {}) };
}
