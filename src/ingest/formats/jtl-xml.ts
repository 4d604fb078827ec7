import type { Reading } from '../../model/reading.js';
import type { InputFile } from '../text/input-file.js';
import { Ledger } from '../text/ledger.js';
import type { Format, Head, RunContext } from './format.js';
import { sampleNotes } from './jtl/sample-notes.js';
import { SampleSink } from './jtl/sample-sink.js';
import { XmlSamples } from './jtl/xml-samples.js';

/**
 * JMeter results as XML (`<testResults>`): the short attributes, those of JMeter 2.0, sub-results, transactions with their samples
 * inside, objects as XStream dumps them, files of killed runs, several documents in one file. Bodies are read over, not kept.
 * Format: JMeter's manual, "Listeners", "Saving listener data as XML".
 */
export const jtlXml = {
  id: 'jtl-xml',
  kind: 'client-samples',
  recognise({ text }: Head) {
    const start = text
      .slice(0, HEAD)
      .replace(/^\ufeff/, '')
      .replace(PROLOGUE, '')
      .trimStart();
    if (ROOT.test(start) || LOST_ROOT.test(start)) return { certainty: 'certain' };
    const known = LOOK_ALIKES.find(([pattern]) => pattern.test(start));
    return known ? { certainty: 'refused', as: known[1] } : { certainty: 'no' };
  },
  async read(file: InputFile, context: RunContext): Promise<Reading> {
    const ledger = new Ledger();
    const sink = new SampleSink(context);
    const samples = new XmlSamples(sink, ledger);
    const { XmlEvents } = await import('./jtl/xml-events.js');
    const events = new XmlEvents(samples);
    for await (const text of file.chunks()) events.push(text);
    samples.end(events.end(), file.lines, events.givenUp);
    sink.finish();
    sampleNotes(sink, ledger);
    const { builder } = sink;
    return {
      source: {
        path: file.path,
        sha256: file.sha256,
        kind: 'client-samples',
        format: 'jtl-xml',
        variant: { attributes: samples.style, time: 'epoch ms', stamp: builder.stampIs },
        lines: file.lines,
        used: ledger.used,
        ignored: ledger.ignored,
        skipped: ledger.skipped,
        records: sink.samples,
        counts: sink.counts(),
        ...builder.period(),
        problems: ledger.problems,
        problemCount: ledger.problemCount,
      },
      samples: builder.finish(file.index),
    };
  },
} satisfies Format;

/** How much of a file is looked at. */
const HEAD = 16_384;
/** Declaration, stylesheet, comments (a licence, say) and document type before the root. */
const PROLOGUE = /^\s*(?:<\?[^>]{0,500}>\s*|<!--(?:[^-]|-(?!->)){0,8000}-->\s*|<!DOCTYPE[^>]{0,500}>\s*){0,20}/;
const ROOT = /^<testResults[\s>/]/;
/** A file whose beginning was lost, or results without a root. */
const LOST_ROOT = /^<(?:httpSample|sample|sampleResult)\s[^>]{0,4000}\b(?:s|success)="(?:true|false)"/;
const LOOK_ALIKES: readonly (readonly [RegExp, string])[] = [
  [/^<(?:testsuites?|testsuite)[\s>]/, 'a JUnit report'],
  [/^<jmeterTestPlan[\s>]/, 'a JMeter test plan (JMX)'],
  [/^<(?:!DOCTYPE )?html[\s>]/i, 'a web page'],
];
