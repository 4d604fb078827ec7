import { type ClientSamples, OUTCOME_CODE } from '../../../model/samples.js';

/** Whoever was sent so long after a connection broke shows that the test went on, ms: the last threads of a test that is stopped take less. */
const STOPPED_MS = 1000;

/**
 * A file without messages tells of a broken connection the kind of exception alone: the server cut it, or the client closed it itself when
 * the test was stopped (JMeter's "Socket closed"). `Non HTTP response code: java.net.SocketException`
 */
export function isBareCut(code: string, message: string, failureMessage: string): boolean {
  return message === '' && failureMessage === '' && /\bjava\.net\.SocketException$/.test(code.trim());
}

/**
 * Tells such cuts by when they were: whose connection broke while the client still sent others was cut by the server, and so was who came
 * later and was cut as soon. Those of the client's own come last, all at once, however long they have been on their way.
 *
 *     sent   | |  |   | |  |                 bare 1: cut      bare 2: cut, or the test was stopped
 *     bare       1           2
 *
 * @param bare indices of the samples; outcomes are set in place.
 * @returns how many stay open.
 */
export function tellCuts(
  samples: Pick<ClientSamples, 'start' | 'elapsed' | 'outcome'>,
  bare: readonly number[],
): number {
  const { start, elapsed, outcome } = samples;
  const last = start.reduce((latest, t) => (t > latest ? t : latest), Number.NEGATIVE_INFINITY);
  const wentOn = bare.filter((i) => start[i]! + elapsed[i]! + STOPPED_MS < last);
  const longest = wentOn.reduce((ms, i) => Math.max(ms, elapsed[i]!), Number.NEGATIVE_INFINITY);
  const cut = bare.filter((i) => elapsed[i]! <= longest);
  for (const i of cut) outcome[i] = OUTCOME_CODE.reset;
  return bare.length - cut.length;
}
