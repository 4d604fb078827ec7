import { say } from '../../../words/ids.js';
import type { Ledger } from '../../text/ledger.js';
import type { SampleSink } from './sample-sink.js';

/** What is to be said of a file's samples as a whole. */
export function sampleNotes(sink: SampleSink, ledger: Ledger): void {
  if (sink.alone > 0) ledger.note(say('client.transactionsAlone', { n: sink.alone }));
  if (sink.badStamps > 0) ledger.note(say('client.stampsUnreadable', { n: sink.badStamps }));
  if (sink.builder.labelsOverflowed > 0) ledger.note(say('client.tooManyLabels', { n: sink.builder.labels }));
}
