import type { LogIds } from '../ids/logs.js';
import type { Area } from '../words.js';

export const logs: Area<LogIds> = {
  'logs.patternRefused': ({ pattern, reason }) =>
    `The log pattern “${pattern}” of run.yaml can't be used: ${reason}. Look-around and back-references are not supported.`,
  'logs.tooManyWorkers': ({ n }, w) =>
    `More distinct workers than are kept; ${w.count(n, 'line names', 'lines name')} one that is not.`,
  'logs.noEnds': ({ begins, answers }, w) =>
    `${w.count(begins, 'line begins a request', 'lines begin requests')} and none that is understood ends one, though clients had ${w.count(answers, 'answer', 'answers')}: left out. To have them read, add patterns for both to run.yaml.`,
  'logs.noUnit': () =>
    'The durations state no unit, and without a client nothing tells it: they are not used. A `log:` pattern in run.yaml with (?P<duration>…) and `durationUnit` does.',
  'logs.learnedSpans': ({ line }) =>
    `No known form; found by its structure and by how long the client waited. A request ends with “${line}”, which tells how long it took. To confirm, add to run.yaml a \`log:\` pattern with (?P<time>…), (?P<duration>…) and \`durationUnit\`.`,
  'logs.learnedAlone': ({ line, side }) =>
    `No known form; found by its structure and by when the client sent and had its answers. A request ${side === 'begin' ? 'begins' : 'ends'} with “${line}”, and no line tells the other. To confirm, add to run.yaml a \`log:\` pattern with (?P<time>…), (?P<id>…) and \`event: ${side}\`.`,
  'logs.learned': ({ begin, end, entries }) =>
    `No known form; found by its structure. A request begins with “${begin}” and ends with “${end}”. To confirm, add to run.yaml: ${
      entries === ''
        ? 'a `log:` list with one pattern for each, with groups (?P<time>…), (?P<id>…) and `event: begin` or `event: end`.'
        : `log: ${entries}`
    }`,
};
