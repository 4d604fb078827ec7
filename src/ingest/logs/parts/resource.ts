import type { Notice } from '../../../model/events.js';

type Resource = NonNullable<Extract<Notice, { kind: 'exception' }>['resource']>;

/** Longest exception text that is kept. */
const MAX_NAME = 160;

const RESOURCES: readonly (readonly [Resource, RegExp])[] = [
  [
    'threads',
    /can't start new thread|(?:create|start) (?:new |a |a new )?(?:native )?thread|pthread_create|thread creation failed/i,
  ],
  ['descriptors', /too many open files|\bEMFILE\b|\bENFILE\b|no file descriptors available/i],
  ['processes', /\bfork\b.*(?:resource temporarily unavailable|cannot allocate|EAGAIN)|cannot fork|can't fork/i],
  ['memory', /\bMemoryError\b|cannot allocate memory|\bENOMEM\b|java heap space|out of memory|GC overhead limit/i],
];

/** Which of the machine's resources an error text says has run out. */
export function resourceIn(text: string): Resource | undefined {
  const head = text.length > 400 ? text.slice(0, 400) : text;
  return RESOURCES.find(([, pattern]) => pattern.test(head))?.[0];
}

/** An exception notice with its resource, if the text names one. */
export function exceptionNotice(text: string, resource = resourceIn(text)): Notice {
  const name = text.slice(0, MAX_NAME).trim();
  return resource === undefined ? { kind: 'exception', name } : { kind: 'exception', name, resource };
}
