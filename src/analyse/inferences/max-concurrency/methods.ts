import type { Method } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import { say } from '../../../words/ids.js';
import type { Capacity } from '../../capacity.js';
import type { Saturation } from '../../saturation/saturation.js';
import type { View } from '../../view.js';
import { servedWhenFull } from './at-the-door.js';
import { type Accepted, acceptedOf, readOf } from './from-sockets.js';
import { childrenOf } from './processes.js';

/** Two counts of the same thing may differ by so much: a snapshot is not taken in an instant. */
export const SAME = 1;

/** The ways of counting that the recording allows. */
export function methodsOf(view: View, capacity: Capacity, { saturated }: Saturation): readonly Method[] {
  const { value, sweep, plateau, slots } = capacity;
  const methods: Method[] = [method(say('max.method.sweep', {}), sweep, value)];
  if (plateau !== undefined && saturated) methods.push(method(say('max.method.plateau', {}), plateau, value));
  if (slots !== undefined) methods.push(method(say('max.method.workers', {}), slots, value));
  const accepted = acceptedOf(view);
  // Accepted requests may wait inside; then the number says nothing of the limit and is no method.
  // Nor does it if clients gave up while they were being served.
  const gaveUp = accepted !== undefined && accepted.value < value && accepted.high >= value;
  if (accepted && !gaveUp && accepted.value <= value + SAME && (saturated || accepted.value >= value)) {
    methods.push(method(nameOf(accepted), accepted.value, value));
  }
  const read = readOf(view);
  if (read && saturated && Math.abs(read.value - value) <= SAME) {
    methods.push(method(nameOf(read), read.value, value));
  }
  const children = childrenOf(view.timeline);
  if (children && Math.abs(children.value - value) <= SAME) {
    methods.push(method(say('max.method.processes', {}), children.value, value));
  }
  // The client's interval is open by a few, mostly; where it leaves one number only, that is a count of its own.
  const client = view.byClient();
  if (saturated && client?.kind === 'limited' && client.low === client.high && client.value === value) {
    methods.push(method(say('max.method.little', {}), client.value, value));
  }
  const full = servedWhenFull(view);
  if (full !== undefined && saturated) methods.push(method(say('max.method.whenFull', {}), full, value));
  return methods;
}

export const nameOf = ({ by }: Accepted): Message =>
  ({
    owned: say('max.method.sockets', {}),
    'less-queue': say('max.method.accepted', {}),
    read: say('max.method.read', {}),
  })[by];

export const method = (name: Message, found: number, value: number): Method => ({
  name,
  value: found,
  agrees: Math.abs(found - value) <= SAME,
});
