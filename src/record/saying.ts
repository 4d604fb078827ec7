import type { Message } from '../model/message.js';
import { say } from '../words/ids.js';
import type { Peak } from './snapshots.js';

/** What the snapshots alone already show. */
export function firstFinding(peak: Peak, port: number): Message {
  const { established, queued, limit, accepted } = peak;
  if (established === 0) return say('record.nothingSeen', { port });
  if (queued === undefined) return say('record.peakEstablished', { port, established });
  if (queued === 0) return say('record.peakNoQueue', { port, established });
  return say('record.peakQueue', { port, established, queued, limit, accepted: accepted ?? 0 });
}

export function howItEnded(end: { readonly exitCode?: number; readonly signal?: string }): Message {
  return end.signal === undefined
    ? say('record.withStatus', { status: end.exitCode ?? 0 })
    : say('record.bySignal', { signal: end.signal });
}
