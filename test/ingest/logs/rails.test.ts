import { describe, expect, it } from 'vitest';
import { rails } from '../../../src/ingest/logs/rails.js';

const TAG = (id: number) => `[0000000${id}-5a1c-4b7e-9d2f-000000017364] `;
const logged = (second: number, pid: number, text: string) =>
  `I, [2026-01-05T10:30:0${second}.000000 #${pid}]  INFO -- : ${text}`;
const started = (id: number) => `Started GET "/?id=${id}" for 127.0.0.1 at 2026-01-05 10:30:00 +0100`;

describe('lines of Rails', () => {
  it('belong together by their tag', () => {
    const { match } = rails.open();
    match(logged(1, 7, TAG(1) + started(1)));
    match(logged(1, 7, TAG(2) + started(2)));
    expect(match(logged(3, 7, `${TAG(1)}Completed 200 OK in 2000ms (Views: 0.2ms)`))).toMatchObject({
      kind: 'end',
      target: '/?id=1',
      status: 200,
      pid: 7,
    });
  });

  it('belong together by process and duration where they have no tag', () => {
    const { match } = rails.open();
    match(logged(1, 7, started(1)));
    match(logged(2, 7, started(2)));
    match(logged(2, 8, started(3)));
    expect(match(logged(5, 7, 'Completed 200 OK in 3001ms'))).toMatchObject({ kind: 'end', target: '/?id=2' });
    expect(match(logged(5, 7, 'Completed 200 OK in 3999ms'))).toMatchObject({ kind: 'end', target: '/?id=1' });
    expect(match(logged(5, 8, 'Completed 404 Not Found in 3ms'))).toMatchObject({ target: '/?id=3', status: 404 });
  });

  it('are a whole request where the log has no begins, and none where one is lost', () => {
    const { match } = rails.open();
    const end = match(logged(5, 7, `${TAG(3)}Completed 200 OK in 3001ms`));
    expect(end).toMatchObject({ kind: 'span', durationMs: 3001 });
    expect(end).not.toHaveProperty('target');
    match(logged(5, 7, TAG(4) + started(4)));
    expect(match(logged(6, 7, `${TAG(5)}Completed 200 OK in 12ms`))).toEqual({ kind: 'understood' });
  });

  it('have no time where the logger writes none, for the end would have none either', () => {
    const { match } = rails.open();
    expect(match(started(1))).toEqual({ kind: 'begin', target: '/?id=1' });
    expect(match('Completed 200 OK in 12ms')).toMatchObject({ kind: 'end', target: '/?id=1' });
  });
});
