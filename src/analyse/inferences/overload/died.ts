import type { Method, Overload } from '../../../model/finding.js';
import { OUTCOMES } from '../../../model/samples.js';
import { say } from '../../../words/ids.js';
import { cite, placeOfSample } from '../../cite.js';
import type { View } from '../../view.js';
import type { Fates } from './fates.js';

/** What each kind of line says of the death. */
const SAYS = {
  'server-stop': say('overload.says.stopped', {}),
  'server-start': say('overload.says.startedAnew', {}),
  'listener-gone': say('overload.says.listenerGone', {}),
};

export function outage(view: View, fates: Fates): Overload {
  const { timeline, outage: died } = view;
  // Without a log nobody knows whether those who gave up before had met a limit.
  const open = (!view.service && fates.gaveUpBefore > 0) || died!.byCuts === true;
  const first = OUTCOMES[timeline.samples!.outcome[died!.sample]!]!;
  const says = SAYS[died!.evidence?.kind ?? 'listener-gone'];
  return {
    bound: open ? 'estimate' : 'exact',
    // A server that refuses at its limit and is not seen again looks the same, unless another source says that it went.
    confidence: died!.evidence && !open ? 'high' : 'medium',
    outcome: 'outage',
    onsetAt: died!.shutAt ?? died!.at,
    requests: fates.withServer,
    statement: say(died!.shutAt === undefined ? 'overload.outage' : 'overload.stopped', { requests: fates.withServer }),
    evidence: [
      cite(timeline, placeOfSample(timeline, died!.sample), say('overload.says.first', { outcome: first })),
      ...(died!.evidence ? [cite(timeline, died!.evidence, says)] : []),
    ],
    methods: [
      { name: say('overload.method.client', {}), value: fates.withServer, agrees: true },
      ...brokenOff(view),
      ...(died!.evidence ? [{ name: says, value: undefined, agrees: true }] : []),
    ],
    caveats: [],
    recordNext: [say('overload.next.more', {})],
  };
}

/** Requests that the log begins and never ends, beside those that the client knows to have failed. */
function brokenOff({ timeline, service }: View): readonly Method[] {
  const open = service && !timeline.served?.beginsDerived ? timeline.served?.open : 0;
  return open ? [{ name: say('overload.method.brokenOff', {}), value: open, agrees: true }] : [];
}
