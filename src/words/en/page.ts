import type { Message, MessageValue } from '../../model/message.js';
import { utcOffset } from '../figures.js';
import type { PageIds } from '../ids/page.js';
import type { Area, Wording } from '../words.js';

const each = (messages: readonly Message[], w: Wording): string[] =>
  messages.map((message: MessageValue) => w.text(message));

const oneOf = (words: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(words, key) ? words[key]! : key;

const FINDINGS = {
  maxConcurrency: 'Max concurrency',
  backlog: 'Backlog',
  reuse: 'Workers and reuse',
  overload: 'Overload',
};

const PLACES = {
  kernel: 'kernel',
  server: 'server',
  both: 'kernel, server',
  none: '',
  unknown: 'place unknown',
};

const KINDS = {
  'client-samples': 'client samples',
  'server-log': 'server log',
  'socket-snapshots': 'socket snapshots',
  'process-snapshots': 'process lists',
  'kernel-counters': 'kernel counters',
  'run-file': 'run file',
  unrecognised: 'not recognised',
};

const FAILURES = {
  refused: 'connection refused',
  reset: 'connection reset or closed without an answer',
  'connect-timeout': 'could not connect in time',
  'read-timeout': 'no answer in time',
  'http-429': 'HTTP 429',
  'http-503': 'HTTP 503',
  'server-error': 'server error (another 5xx)',
  other: 'other errors',
};

const COUNTS = {
  sent: 'sent by the client',
  succeeded: 'succeeded',
  failed: 'failed',
  abandoned: 'given up by the client when the test was stopped',
  started: 'begun by the server, as its log tells',
  finished: 'finished by the server, as its log tells',
};

const SETTINGS = {
  server: 'server',
  version: 'version',
  command: 'command',
  host: 'host',
  port: 'port',
  timezone: 'time zone of the log',
  nofile: 'open files (nofile)',
  nproc: 'processes (nproc)',
  somaxconn: 'somaxconn',
  tcpAbortOnOverflow: 'tcp_abort_on_overflow',
  listenBacklog: 'listen backlog',
  workers: 'workers',
  threads: 'threads',
  os: 'operating system',
  cpus: 'processors',
  descriptorsAtStart: 'descriptors open at start',
  everyMs: 'ms between snapshots',
};

const QUANTILES = { min: 'fastest', p50: 'p50 (median)', max: 'slowest', mean: 'mean' };

/** Headings, labels and captions in English. */
export const page: Area<PageIds> = {
  'page.title': ({ runs }, w) => `Concurrency of ${w.count(runs, 'recorded run', 'recorded runs')}`,
  'page.title.run': ({ run, report }) => `${run} · ${report}`,
  'page.description': ({ sentences }) => sentences.join(' '),
  'page.recorded': ({ span }, w) => `Recorded ${w.text(span)}`,
  'page.recorded.never': () => 'Recorded at an unknown time',
  'page.span': ({ fromDate, fromTime, toDate, toTime, durationMs }, w) =>
    `${fromDate} ${fromTime} to ${toDate === fromDate ? '' : `${toDate} `}${toTime} UTC (${w.duration(durationMs)})`,
  'page.generator': ({ name, version }) => `${name} ${version}`,
  'page.inputs': ({ runs, files }, w) => `${w.count(runs, 'run', 'runs')} from ${w.count(files, 'file', 'files')}`,
  'page.skip': () => 'Skip to the content',
  'page.allRuns': () => 'All runs',
  'page.otherRuns': () => 'Other runs',
  'page.previous': ({ run }) => `← ${run}`,
  'page.following': ({ run }) => `${run} →`,
  'page.answer': () => 'In one sentence each',

  'page.comparison': () => 'Side by side',
  'page.comparison.caption': () => 'What each run shows. Latency of succeeded requests in milliseconds.',
  'page.column.run': () => 'Server and configuration',
  'page.column.max': () => 'Max concurrency',
  'page.column.backlog': () => 'Backlog',
  'page.column.where': () => 'waits in',
  'page.column.reuse': () => 'Workers',
  'page.column.overload': () => 'Beyond capacity',
  'page.column.latency': ({ quantile }) => `p${quantile} ms`,
  'page.column.failed': () => 'Failed',
  'page.tableRegion': () => 'Comparison of the runs, scrolls sideways',
  'page.where': ({ where }) => oneOf(PLACES, where),
  'page.failed': ({ failed, sent }, w) => `${w.number(failed)} of ${w.number(sent)}`,
  'page.interval': ({ quantile, ms, low, high }, w) =>
    `p${quantile}: ${w.number(ms)} ms, 95 % interval ${w.number(low)} to ${w.number(high)} ms`,
  'page.interval.none': ({ quantile, ms }, w) => `p${quantile}: ${w.number(ms)} ms, too few requests for an interval`,
  'page.cell.title': ({ statement, certainty }, w) => `${w.text(statement)} ${w.text(certainty)}`,
  'page.absent': () => '–',
  'page.legend.exact': () => 'exactly: others had to wait or were turned away at that moment',
  'page.legend.atLeast': () => 'at least: the load never reached a limit',
  'page.legend.estimate': () => 'about, with its range: only indirect signs',
  'page.legend.unknown': () => "can't tell from what was recorded",
  'page.legend.low': () => 'lighter, dotted: low confidence',
  'page.legend.turnedAway': () => 'turned away',
  'page.legend.unlike': () => 'another load than most runs had; compare with care:',
  'page.legend.latency': () =>
    'p50, p95, p99: response time of succeeded requests; the 95 % interval is on the page of each run',
  'page.unlike.mark': () => '†',
  'page.load': ({ parts }, w) => w.list(each(parts, w)),
  'page.unlike': ({ load }, w) => `Another load than most runs had: ${w.text(load)}`,
  'page.unlike.pace': ({ perSecond }, w) => `${w.number(perSecond, perSecond < 10 ? 1 : 0)} per second`,
  'page.unlike.requests': ({ requests }, w) => w.count(requests, 'request', 'requests'),
  'page.unlike.serviceTime': ({ ms }, w) => `${w.duration(ms)} of service each`,
  'page.unlike.duration': ({ ms }, w) => `sent over ${w.duration(ms)}`,
  'page.unlike.paces': ({ low, high }, w) => `${w.number(low, low < 10 ? 1 : 0)} to ${w.number(high)} per second`,
  'page.unlike.counts': ({ low, high }, w) => `${w.number(low)} to ${w.number(high)} requests`,
  'page.unlike.serviceTimes': ({ low, high }, w) => `${w.duration(low)} to ${w.duration(high)} of service each`,
  'page.unlike.durations': ({ low, high }, w) => `sent over ${w.duration(low)} to ${w.duration(high)}`,
  'page.overTime': () => 'Over time, on one scale',
  'page.why': () => 'Why, and what to record next',
  'page.why.none': () => 'Nothing that was recorded states why.',
  'page.next': () => 'To know more',
  'page.next.all': () => 'To know more of any run',
  'page.runs': () => 'The runs in detail',
  'page.read': () => 'How to read this report',
  'page.read.max.term': () => 'Max concurrency',
  'page.read.max': () =>
    'The most requests in service at one instant: a worker has begun them and not finished. It is exact only where others were seen waiting or turned away at that very time; otherwise the load may have been too small to show the limit.',
  'page.read.backlog.term': () => 'Backlog',
  'page.read.backlog': () =>
    "The most requests connected and not yet in service at one instant, in the kernel's accept queue or inside the server. It is exact only where the queue was seen full.",
  'page.read.reuse.term': () => 'Workers',
  'page.read.reuse': () =>
    'Whether threads, processes or coroutines serve again when they are done. That shows only if some requests begin after others have finished.',
  'page.read.overload.term': () => 'Beyond capacity',
  'page.read.overload': () =>
    'What happened to requests that found both workers and backlog taken: they wait, are refused, cut off, time out, or get an error.',
  'page.read.latency.term': () => 'Response times',
  'page.read.latency': () =>
    'From sending to the end of the answer, succeeded requests only, each once, over the whole run. Quantiles are recorded values (nearest rank); intervals are 95 % by order statistics.',
  'page.read.evidence.term': () => 'Evidence',
  'page.read.evidence': () =>
    'Each finding quotes recorded lines as file:line. Control characters in them are shown by their names (‹ESC›), and characters that are not seen or turn the direction of text by their numbers (‹U+202E›).',
  'page.read.confidence.term': () => 'Confidence',
  'page.read.confidence': () =>
    'High: several independent ways agree, or the data leave no other reading. Medium: one good way. Low: indirect signs; do not build on it.',
  'page.appendix.inputs': () => 'What this report was made from',
  'page.appendix.inputs.group': () => '(the SHA-256 of each is in report.json)',
  'page.appendix.inputs.note': () =>
    'SHA-256 of each file as it was read. The same files give the same report, byte for byte.',
  'page.data.report': () => 'report.json',
  'page.data.run': () => 'run.json',
  'page.data.note': () => 'All findings with their evidence, for other programs.',

  'page.keyFigures': () => 'Key figures',
  'page.keyFigures.latency': ({ p50, p95 }, w) => `p50 ${w.duration(p50)}, p95 ${w.duration(p95)}`,
  'page.figures': () => 'What happened',
  'page.findings': () => 'Findings and their evidence',
  'page.finding': ({ finding }) => oneOf(FINDINGS, finding),
  'page.certainty': ({ bound, confidence }) => {
    const how = oneOf(
      { exact: 'Exact', 'at-least': 'A lower bound', estimate: 'An estimate', unknown: "Can't tell" },
      bound,
    );
    return bound === 'unknown' ? `${how}.` : `${how}, ${confidence} confidence.`;
  },
  'page.methods': () => 'Ways of finding it',
  'page.method': () => 'By',
  'page.method.value': () => 'Result',
  'page.method.agrees': () => 'Agrees',
  'page.agrees': () => '✓ yes',
  'page.disagrees': () => '✗ no',
  'page.noValue': () => '–',
  'page.caveats': () => 'To keep in mind',
  'page.recordNext': () => 'What would make it surer',
  'page.evidence': () => 'Evidence',
  'page.evidence.none': () => 'No single line shows it.',
  'page.quote.context': ({ first, last }, w) => `lines ${w.number(first)} to ${w.number(last)}`,
  'page.quote.gone': () => 'the line could not be read again',
  'page.notes.all': () => 'Notes: the evidence in its context',
  'page.number': ({ page, pages }) => `${page} of ${pages}`,
  'page.causes': () => 'Why',
  'page.confidence': ({ confidence }) => `${confidence} confidence`,
  'page.explains': ({ explains }) => oneOf(FINDINGS, explains),
  'page.latency': () => 'Response times',
  'page.latency.note': ({ count }, w) =>
    `${w.count(count, 'succeeded request', 'succeeded requests')}, from sending to the end of the answer; intervals hold with 95 %.`,
  'page.latency.none': () => 'No client samples with response times were recorded.',
  'page.latency.measure': () => 'Quantile',
  'page.latency.value': () => 'ms',
  'page.latency.interval': () => '95 % interval, ms',
  'page.quantile': ({ quantile }) => oneOf(QUANTILES, quantile),
  'page.requests': () => 'Requests',
  'page.requests.count': ({ what }) => oneOf(COUNTS, what),
  'page.failures': () => 'Failures by kind',
  'page.failure': ({ kind }) => oneOf(FAILURES, kind),
  'page.sources': () => 'Sources',
  'page.sources.note': () =>
    'Every line of every file is counted once: used if a fact came from it, ignored if it was understood and not needed, skipped if it was not understood.',
  'page.source.file': () => 'File',
  'page.files': ({ first, last, files }, w) => `${first} … ${last} (${w.count(files, 'file', 'files')})`,
  'page.source.kind': () => 'Taken for',
  'page.source.read': () => 'Read as',
  'page.source.lines': () => 'Lines',
  'page.source.used': () => 'used',
  'page.source.ignored': () => 'ignored',
  'page.source.skipped': () => 'skipped',
  'page.source.records': () => 'Records',
  'page.kind': ({ kind }) => oneOf(KINDS, kind),
  'page.variant': ({ what, value }) => `${what}: ${value}`,
  'page.problems': ({ of }) => `Problems in ${of}`,
  'page.problems.more': ({ more }, w) => `and ${w.number(more)} more`,
  'page.clock': () => 'Clock',
  'page.clock.method': ({ method, matched }, w) =>
    oneOf(
      {
        causality: `from ${w.count(matched, 'request', 'requests')} found in both, since nothing begins before it is sent or ends after it is answered`,
        'causality-one-sided': `from ${w.count(matched, 'request', 'requests')} found in both; they bound it from one side only`,
        order: 'from the order and shape of requests, for no ids pair',
        'stated-zone': 'from the stated time zone alone, for nothing pairs',
        none: 'not put in relation to the client',
      },
      method,
    ),
  'page.clock.offset': ({ offsetMs, uncertaintyMs }, w) =>
    `${w.number(offsetMs, 1)}${uncertaintyMs === undefined ? '' : ` ± ${w.number(uncertaintyMs, 1)}`} ms`,
  'page.clock.zone': ({ minutes }) => `UTC${utcOffset(minutes)}`,
  'page.clock.drift': ({ ppm }, w) => `${w.number(ppm, 1)} ppm`,
  'page.clock.item': ({ item }) =>
    oneOf(
      {
        zone: 'Zone of the server log',
        offset: 'Server clock less client clock',
        drift: 'Drift',
        method: 'Found',
        span: 'Recorded',
      },
      item,
    ),
  'page.machine': () => 'Machine and limits',
  'page.machine.none': () => 'The run has no run.yaml that tells of the machine and its limits.',
  'page.machine.limits': () => 'Limits',
  'page.machine.recorded': () => 'Told by the recorder',
  'page.setting': ({ key }) => oneOf(SETTINGS, key),
  'page.value': ({ value }) => (value ? 'yes' : 'no'),
  'page.remarks': () => 'Remarks of whoever recorded it',
  'page.ofTheRun': () => 'Of the run as a whole',
  'page.port': ({ port, from }) =>
    `${port}, ${oneOf({ option: 'from the command line', 'run-file': 'from run.yaml', 'client-samples': "from the client's URLs", listening: 'as the server says', connections: 'from the sockets' }, from)}`,

  'page.figure.data': ({ title }) => `Data and description: ${title}`,
  'page.figure.dataShort': () => 'Data and description',
  'page.figure.part': ({ shown, of }, w) => `${w.number(shown)} of ${w.number(of)} rows; the CSV has all of them.`,
  'page.figure.svg': ({ title }) => `Save as SVG: ${title}`,
  'page.figure.csv': ({ title }) => `Data as CSV: ${title}`,
  'page.figure.svgShort': () => 'SVG',
  'page.figure.csvShort': () => 'CSV',
  'page.unit': ({ title, unit }) => `${title} (${unit})`,
};
