import { say } from '../../words/ids.js';
import { cite } from '../cite.js';
import { type Spans, touches } from '../stats/spans.js';
import type { View } from '../view.js';
import { LOOK_SLACK_MS, type Signal } from './signal.js';

/** The server says that requests wait, or that its queue is full. */
export function noticeSignal({ timeline }: View, near: Spans): Signal | undefined {
  const said = timeline.notices.filter(
    ({ notice }) => notice.kind === 'queue-full' || (notice.kind === 'queue-depth' && notice.depth > 0),
  );
  if (said.length === 0) return undefined;
  const here = said.filter(
    ({ time }) => time === undefined || touches(near, time - LOOK_SLACK_MS, time + LOOK_SLACK_MS),
  );
  return {
    id: 'notice',
    name: say('saturation.notice', { notices: here.length }),
    value: here.length,
    holds: here.length > 0,
    evidence: here.slice(0, 1).map((one) => cite(timeline, one, say('saturation.says.notice', {}))),
  };
}

/** … or what it has run out of. */
export function exhaustedSignal({ timeline }: View, near: Spans): Signal | undefined {
  const said = timeline.notices.flatMap((one) =>
    one.notice.kind === 'exception' && one.notice.resource !== undefined
      ? [{ source: one.source, line: one.line, time: one.time, resource: one.notice.resource }]
      : [],
  );
  const first = said.find(
    ({ time }) => time === undefined || touches(near, time - LOOK_SLACK_MS, time + LOOK_SLACK_MS),
  );
  if (!first) return undefined;
  const resource = first.resource;
  return {
    id: 'exhausted',
    name: say('saturation.exhausted', { resource }),
    value: said.length,
    holds: true,
    evidence: [cite(timeline, first, say('saturation.says.exhausted', { resource }))],
  };
}
