import { describe, expect, it } from 'vitest';
import { findHandlerWords } from '../../../../src/ingest/logs/parts/handler-words.js';

describe('a handler’s words', () => {
  it.each([
    ['processing request id[7]', 'begin'],
    ['Start processing request id=7', 'begin'],
    ['starting the request #7', 'begin'],
    ['End processing request id=7', 'end'],
    ['finished handling request 7', 'end'],
    ['done request id[7]', 'end'],
    ['request 7 was served', 'end'],
  ])('%s: %s', (line, kind) => {
    expect(findHandlerWords(line)).toMatchObject({ kind, id: '7' });
  });
});
