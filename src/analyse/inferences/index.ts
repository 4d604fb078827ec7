import { backlog } from './backlog/backlog.js';
import { causes } from './causes/causes.js';
import type { Inference } from './inference.js';
import { maxConcurrency } from './max-concurrency/max-concurrency.js';
import { overload } from './overload/overload.js';
import { reuse } from './reuse/reuse.js';

/** The questions asked of every run, in the order in which they build on each other. */
export const inferences: readonly Inference[] = [maxConcurrency, backlog, reuse, overload, causes];
