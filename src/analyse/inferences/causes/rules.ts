/** A setting that a run can state, and how it limits. */
export interface LimitRule {
  readonly id: string;
  /** The setting's name, as its manual has it. */
  readonly setting: string;
  readonly explains: 'maxConcurrency' | 'backlog';
  /** Values that a system comes with, where nobody sets it. */
  readonly defaults: readonly { readonly value: number; readonly of: string }[];
  /** What is taken from the setting before it limits requests. */
  readonly less?: 'descriptors';
  /** What is added: Linux lets one more connection in than the backlog says. */
  readonly plus?: 1;
  /** Where this is documented. */
  readonly source: string;
}

/** Limits worth naming when a number fits: default, who sets it, source. */
export const LIMIT_RULES: readonly LimitRule[] = [
  {
    id: 'nofile',
    setting: 'ulimit -n',
    explains: 'maxConcurrency',
    less: 'descriptors',
    defaults: [
      { value: 256, of: 'macOS' },
      { value: 1024, of: 'Linux' },
    ],
    source: 'getrlimit(2), RLIMIT_NOFILE',
  },
  {
    id: 'nproc',
    setting: 'ulimit -u',
    explains: 'maxConcurrency',
    defaults: [],
    source: 'getrlimit(2), RLIMIT_NPROC',
  },
  {
    id: 'workers',
    setting: 'workers × threads',
    explains: 'maxConcurrency',
    defaults: [
      { value: 4, of: 'waitress threads' },
      { value: 40, of: 'AnyIO worker threads' },
      { value: 200, of: 'Tomcat maxThreads' },
      { value: 5, of: 'Puma threads' },
    ],
    source: "the servers' own manuals",
  },
  {
    id: 'listen-backlog',
    setting: 'listen backlog',
    explains: 'backlog',
    plus: 1,
    defaults: [
      { value: 5, of: 'socketserver' },
      { value: 100, of: 'uWSGI or Tomcat acceptCount' },
      { value: 128, of: 'Werkzeug or macOS somaxconn' },
      { value: 511, of: 'nginx or Node' },
      { value: 1024, of: 'waitress or Puma' },
      { value: 2048, of: 'gunicorn or uvicorn' },
      { value: 4096, of: 'Linux somaxconn' },
    ],
    source: 'listen(2)',
  },
];

/** A flag of a server's command line that states a limit, as run.yaml's `command` has it. */
export interface CommandFlag {
  readonly flag: RegExp;
  readonly states: 'processes' | 'threads' | 'listen-backlog' | 'requests-at-once';
  readonly source: string;
}

/** Flags by which servers are told their limits. */
export const COMMAND_FLAGS: readonly CommandFlag[] = [
  { flag: /\s(?:-w|--workers)[= ](\d{1,6})\b/, states: 'processes', source: 'gunicorn, uvicorn, Puma' },
  { flag: /\s(?:-p|--processes)[= ](\d{1,6})\b/, states: 'processes', source: 'uWSGI' },
  { flag: /\s--threads[= ](\d{1,6})\b/, states: 'threads', source: 'uWSGI, gunicorn, waitress' },
  { flag: /\s(?:-t|--threads)[= ]\d{1,6}:(\d{1,6})\b/, states: 'threads', source: 'Puma, least and most' },
  { flag: /\s(?:--listen|-l|--backlog)[= ](\d{1,6})\b/, states: 'listen-backlog', source: 'uWSGI, gunicorn, uvicorn' },
  { flag: /\s--limit-concurrency[= ](\d{1,6})\b/, states: 'requests-at-once', source: 'uvicorn' },
  { flag: /\s--(?:gevent|async|asyncio)[= ](\d{1,6})\b/, states: 'requests-at-once', source: 'uWSGI' },
];
