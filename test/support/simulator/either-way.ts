import type { SimRequest } from './world.js';

/** Odds of less than 20 to 1, in powers of e: nobody need decide on that. */
const EVEN = 3;
/** A rival limit must have kept others waiting for so much of the time under way to be another answer. */
const MATTERS = 0.05;
/** What a request takes is stamped in whole milliseconds, ms. */
const STAMP_MS = 1;
/** From fewer answers nobody learns what a request takes. */
const FEW = 3;

/**
 * Whether another truth gives the same client's record, about as likely: if a server with another limit serves in turn, each request was
 * begun when its turn came, and took from then to its answer. A world with these times is told from the true one by nothing but how
 * much they differ.
 *
 * @param waited whether requests waited in the true world.
 */
export function eitherWay(all: readonly SimRequest[], waited: boolean): boolean {
  const sent = all
    .filter(({ outcome, overAt }) => !Number.isNaN(overAt) && (outcome === 'succeeded' || outcome === 'abandoned'))
    .sort((a, b) => a.stampedAt - b.stampedAt);
  const answered = sent.filter(({ outcome }) => outcome === 'succeeded');
  if (answered.length < FEW) return true;
  const limits = Array.from({ length: sent.length }, (_, i) => i + 1);
  const worlds = limits.map((limit) => rival(sent, limit)).filter((world) => world !== undefined);
  const score = (waiting: boolean) =>
    Math.min(
      ...worlds.filter((one) => (waiting ? one.waiting > MATTERS : one.waiting === 0)).map(({ surprise }) => surprise),
    );
  const [queue, none] = [score(true), score(false)];
  return waited ? none - queue < EVEN : queue - none < EVEN;
}

/** What each request took if no more than so many are served at once, in turn; `undefined` if one was answered before its turn. */
function rival(sent: readonly SimRequest[], limit: number): { surprise: number; waiting: number } | undefined {
  const begun = new Map<SimRequest, number>();
  const waiting: SimRequest[] = [];
  let busy = 0;
  const events = sent
    .flatMap((one) => [
      { at: one.stampedAt, one, ends: false },
      { at: one.overAt, one, ends: true },
    ])
    .sort((a, b) => a.at - b.at);
  for (const { at, one, ends } of events) {
    if (!ends) waiting.push(one);
    else if (begun.has(one)) busy--;
    else if (one.outcome === 'succeeded') return undefined;
    else waiting.splice(waiting.indexOf(one), 1);
    while (busy < limit && waiting.length > 0) {
      begun.set(waiting.shift()!, at);
      busy++;
    }
  }
  const served = sent.filter(({ outcome }) => outcome === 'succeeded');
  const took = served.map((one) => one.overAt - begun.get(one)!);
  const usual = [...took].sort((a, b) => a - b)[took.length >> 1]!;
  const off = Math.max(STAMP_MS, took.reduce((sum, ms) => sum + Math.abs(ms - usual), 0) / took.length);
  // Whoever was given up while served makes it the less likely the longer it was.
  const late = sent.reduce((sum, one) => {
    const ms = one.outcome === 'abandoned' && begun.has(one) ? one.overAt - begun.get(one)! - usual : 0;
    return sum + Math.max(0, ms) / off;
  }, 0);
  const waits = sent.reduce((sum, one) => sum + (begun.get(one) ?? one.overAt) - one.stampedAt, 0);
  const underWay = sent.reduce((sum, one) => sum + one.overAt - one.stampedAt, 0);
  return { surprise: served.length * Math.log(off) + late, waiting: waits / underWay };
}
