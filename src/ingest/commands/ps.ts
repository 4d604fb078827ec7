import { type CommandOutput, type CommandRow, IGNORED, type SectionReader } from './command-output.js';

/**
 * `ps` in any form that has a PID column: aux, -ef, -eLf, -o …; read by its header. Without one (`| grep`): the rows of aux,
 * -ef and -eLf are known by their shape.
 *
 *     root         1  0.0  0.1 128068  6676 ?        Ss   Oct25   0:03 /usr/lib/systemd/systemd
 *     root      1234     1  0 10:30 pts/0    00:00:00 python3 app.py
 *     root      1234     1  1237  0   13 10:30 ?        00:00:00 python3 app.py
 */
const HEADER = /^\s*(?:[A-Z%][\w%/+:]*\s+)*(?:PID|TGID)(?:\s+[A-Z%]\S*)*\s*$/;
const COMMAND_NAMES = ['COMMAND', 'CMD', 'ARGS', 'COMM'];
/** Columns whose value can be of several words: `Mon Nov 23 15:45:08 2026`, `Nov 23`. */
const TIME_NAMES = ['STARTED', 'START', 'STIME', 'LSTART'];
const AUX_ROW = /^\S+\s+(\d+)\s+\d+[.,]\d+\s+\d+[.,]\d+\s+\d+\s+\d+\s+\S+\s+[A-Z]\S{0,6}\s+\S+\s+\d+:\d\d\S*\s+(\S.*)$/;
/** With the thread and the number of threads where they are listed one by one. */
const EF_ROW =
  /^\s*\S+\s+(\d+)\s+(\d+)\s+(?:\d+\s+\d+\s+(\d+)|\d+)\s+(?:\d\d?:\d\d\S*|[A-Z][a-z]{2}\s?\d\d?|\d{4})\s+\S+\s+(?:\d+-)?\d+:\d\d\S*\s+(\S.*)$/;
/** The filter shows up in its own output. */
const FILTER = /^(?:\S*\/)?(?:grep|egrep|rg|awk)\s/;

interface Columns {
  readonly pid: number;
  readonly ppid: number;
  readonly threads: number;
  readonly thread: number;
  readonly command: number;
  readonly last: boolean;
  readonly times: ReadonlySet<number>;
}

class Ps implements SectionReader {
  #columns: Columns | undefined;

  row(line: string): CommandRow | undefined {
    if (isHeader(line)) {
      if (this.#columns) return undefined;
      this.#columns = columnsOf(line);
      return IGNORED;
    }
    if (/^Warning: bad syntax|^warning: /i.test(line)) return IGNORED;
    return this.#columns ? byHeader(line, this.#columns) : headless(line);
  }
}

function isHeader(line: string): boolean {
  return (
    line.length < 1000 &&
    /\b(?:PID|TGID)\b/.test(line) &&
    HEADER.test(line) &&
    COMMAND_NAMES.some((name) => line.includes(name))
  );
}

function columnsOf(header: string): Columns {
  const names = header.trim().split(/\s+/);
  const command = names.findIndex((name) => COMMAND_NAMES.includes(name));
  const pid = names.includes('TGID') ? names.indexOf('TGID') : names.indexOf('PID');
  return {
    pid,
    ppid: names.indexOf('PPID'),
    threads: names.findIndex((name) => name === 'NLWP' || name === 'THCNT' || name === 'THCOUNT'),
    thread: names.findIndex((name) => name === 'LWP' || name === 'SPID' || name === 'TID'),
    command,
    last: command === names.length - 1,
    times: new Set(names.flatMap((name, i) => (TIME_NAMES.includes(name) ? [i] : []))),
  };
}

/** Walks the words up to the command, which is all the rest where it stands last. */
function byHeader(line: string, columns: Columns): CommandRow | undefined {
  const words: string[] = [];
  const word = /\S+/g;
  let command = '';
  while (words.length <= columns.command) {
    if (words.length === columns.command && columns.last)
      word.lastIndex += /^\s*/.exec(line.slice(word.lastIndex))?.[0].length ?? 0;
    const from = word.lastIndex;
    const m = word.exec(line);
    if (m === null) return undefined;
    if (words.length === columns.command) command = columns.last ? line.slice(from).trim() : m[0];
    else if (columns.times.has(words.length)) skipDate(line, m[0], word);
    words.push(m[0]);
  }
  const number = (index: number) => (index < 0 ? undefined : asNumber(words[index]));
  const pid = number(columns.pid) ?? asNumber(columnBehind(line, columns, words));
  if (pid === undefined) return undefined;
  const threads = number(columns.threads);
  const ppid = number(columns.ppid);
  return processRow(
    pid,
    command,
    {
      ...(ppid === undefined ? {} : { ppid }),
      ...(threads === undefined ? {} : { threads }),
    },
    columns.thread >= 0,
  );
}

/** The PID may stand behind the command (`ps -o comm,pid`): then it is the last word. */
function columnBehind(line: string, columns: Columns, words: readonly string[]): string | undefined {
  return columns.pid >= words.length ? /(\S+)\s*$/.exec(line.slice(-20))?.[1] : undefined;
}

/** Moves past the further words of a date: `Nov 23` one more, `Mon Nov 23 15:45:08 2026` four. */
function skipDate(line: string, first: string, word: RegExp): void {
  const rest = line.slice(word.lastIndex, word.lastIndex + 40);
  const more = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/.test(first)
    ? /^\s+[A-Z][a-z]{2}\s+\d{1,2}\s+[\d:]{8}\s+\d{4}(?=\s)/.exec(rest)
    : /^[A-Z][a-z]{2}$/.test(first)
      ? /^\s+\d{1,2}(?=\s)/.exec(rest)
      : null;
  if (more) word.lastIndex += more[0].length;
}

function headless(line: string): CommandRow | undefined {
  const aux = AUX_ROW.exec(line);
  if (aux) return FILTER.test(aux[2] as string) ? IGNORED : processRow(Number(aux[1]), aux[2] as string, {}, false);
  const ef = EF_ROW.exec(line);
  if (!ef) return undefined;
  const [, pid, ppid, threads, command = ''] = ef;
  if (FILTER.test(command)) return IGNORED;
  const more = { ppid: Number(ppid), ...(threads === undefined ? {} : { threads: Number(threads) }) };
  return processRow(Number(pid), command, more, threads !== undefined);
}

const MAX_COMMAND = 200;

function processRow(
  pid: number,
  command: string,
  more: { ppid?: number; threads?: number },
  thread: boolean,
): CommandRow {
  return {
    kind: 'process',
    process: { pid, ...more, command: command.slice(0, MAX_COMMAND) },
    ...(thread ? { thread } : {}),
  };
}

function asNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

export const ps = {
  id: 'ps',
  shows: 'processes',
  specimens: [
    'USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\nroot         1  0.0  0.0  21452  1536 ?        Ss   Mar09   0:01 /sbin/init',
    'UID        PID  PPID   LWP  C NLWP STIME TTY          TIME CMD\nroot        12     1    59  0   13 15:45 ?        00:00:00 python3 app.py',
    '    PID    PPID NLWP                  STARTED COMMAND\n     12       1   13 Mon Nov 23 15:45:08 2026 python3 app.py',
  ],
  recognise([first = '', second = '']) {
    if (isHeader(first) || (/^warning: /i.test(first) && isHeader(second))) return 'certain';
    if (/^(?:\S*\/)?ps: /.test(first)) return { refused: 'an error message of ps' };
    return headless(first) ? 'likely' : 'no';
  },
  open: () => new Ps(),
} satisfies CommandOutput as CommandOutput;
