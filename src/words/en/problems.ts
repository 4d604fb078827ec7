import { utcOffset } from '../figures.js';
import type { ProblemIds } from '../ids/problems.js';
import type { Area } from '../words.js';

export const problems: Area<ProblemIds> = {
  'problem.lineTooLong': ({ limit }, w) =>
    `longer than ${w.number(limit)} characters; the rest of the line was left out`,
  'problem.gzipBomb': ({ bytes }, w) =>
    `unpacks to more than ${w.number(bytes / 1048576)} MB at an unlikely ratio; reading stopped there`,
  'problem.gzipCut': ({ reason }) =>
    `the compressed data are damaged or cut off (${reason}); what came before was read`,
  'problem.yaml': ({ reason }) => `not valid YAML: ${reason}`,
  'problem.runFileValue': ({ key, expected }) => `"${key}" has a value that can't be used; expected: ${expected}`,
  'problem.runFileKey': ({ key }) => `"${key}" is not a key that run.yaml knows; ignored`,
  'problem.unrecognised': () => 'not recognised as anything that this program reads',
  'problem.empty': () => 'the file is empty',
  'problem.shared': ({ lines, of }, w) => `${w.count(lines, 'line', 'lines')} left out that ${of} has as well`,
  'problem.duplicate': ({ of }) => `left out: all that it tells is also in ${of}`,
  'problem.refused': ({ as }) => `not read: this looks like ${as}`,
  'problem.tie': ({ first, second }) => `could be ${first} or ${second}; read as ${first}`,
  'problem.unreadable': ({ reason }) => `could not be read (${reason})`,
  'problem.notAFile': ({ what, depth }) =>
    what === 'directory'
      ? `not looked into: folders are followed ${depth} deep`
      : `not read: this is a ${what}, not a file`,
  'problem.tooManyFiles': ({ limit }, w) => `more than ${w.number(limit)} files in the folder; the rest were not read`,
  'problem.requestIdPattern': ({ reason }) => `"requestId" is not a usable pattern with one group: ${reason}`,
  'problem.timezone': ({ timezone }) =>
    `"timezone" ${timezone} is neither an offset such as +05:30 nor a known zone name`,
  'problem.notUnderstood': () => 'not understood',
  'clock.zoneInferred': ({ minutes }) =>
    `No source states the time zone of the server log; UTC${utcOffset(minutes)} is the nearest one that fits the pairs of request ids.`,
  'clock.violations': ({ violations, matched }, w) =>
    `${w.count(violations, 'time stamp contradicts', 'time stamps contradict')} the order of cause and effect, among ${w.count(matched, 'matched request', 'matched requests')}.`,
  'clock.violation': ({ side, ms }, w) =>
    side === 'at-most'
      ? `begun ${w.duration(ms)} before the client sent the request, by the clock that suits the other lines`
      : `ended ${w.duration(ms)} after the client had the answer, by the clock that suits the other lines`,
  'clock.orElse': ({ ms, held }, w) =>
    `Several tests, not all of which are in both files, are alike: their requests fit as well if the server's clock is ${w.duration(Math.abs(ms))} further ${ms > 0 ? 'ahead' : 'behind'}; ${held ? 'the error holds both' : 'the difference by which the clocks agree best was taken'}.`,
  'clock.untold': ({ ms }, w) =>
    `Nothing tells whether lines of the log are stamped when a request ends or when it begins: by the latter the server's clock is about ${w.duration(ms)} further ahead. The error holds both.`,
  'clock.tied': ({ ms }, w) =>
    `All requests take about equally long, so that nothing tells which end of a sample the client stamps; it was taken to be the start, as JMeter is shipped. If it is the end, the server's clock is about ${w.duration(ms)} further ahead.`,
  'clock.unpaired': () =>
    'No request id occurs both in the client samples and in the server log, so the clocks are taken to agree.',
  'clock.unknown': () =>
    'The server log states no time zone and no request id pairs it with the client samples, so its times can not be compared with theirs.',
  'clock.changed': ({ minutes, line }, w) =>
    `The server log's wall clock was put ${minutes > 0 ? 'forward' : 'back'} by ${w.duration(Math.abs(minutes) * 60_000)} at line ${w.number(line)} (summer time); later lines are read accordingly.`,
  'clock.delivered': ({ openMs }, w) =>
    `Every request waited, so its begin leaves the clocks' difference open by ${w.duration(openMs)}; that all answers arrived as long after their end, with the network alone between, tells it.`,
  'clock.byOrder': () =>
    'Without request ids on both sides the clocks were aligned by order alone: the nth begin is not before the nth sending, the nth answer not before the nth end.',
};
