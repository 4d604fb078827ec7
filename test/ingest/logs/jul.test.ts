import { describe, expect, it } from 'vitest';
import { julOneLine, julTwoLines } from '../../../src/ingest/logs/jul.js';

const at = (text: string) => Date.parse(text);

describe("java.util.logging's two lines", () => {
  it('gives a request the time of the line before it', () => {
    const matcher = julTwoLines.open();
    expect(matcher.match('Nov 24, 2026 3:05:17 PM Serve say')).toEqual({ kind: 'understood', timesNext: true });
    expect(matcher.match('INFO: processing request id[2]')).toMatchObject({
      kind: 'begin',
      id: '2',
      stamp: { ms: at('2026-11-24T15:05:17Z'), zoned: false },
    });
    matcher.match('Nov 24, 2026 12:00:01 AM com.example.Serve lambda$main$0');
    expect(matcher.match('INFO: done request id[2]')).toMatchObject({
      kind: 'end',
      stamp: { ms: at('2026-11-24T00:00:01Z') },
    });
  });

  it('takes no message that has no time of its own before it', () => {
    const matcher = julTwoLines.open();
    expect(matcher.match('INFO: done request id[2]')).toBeUndefined();
    matcher.match('Nov 24, 2026 3:05:17 PM Serve say');
    matcher.match('\tat com.example.Serve.main(Serve.java:3)');
    expect(matcher.match('INFO: done request id[2]')).toBeUndefined();
  });

  it('leaves lines of other forms alone', () => {
    const matcher = julTwoLines.open();
    expect(matcher.match('2026-01-05 10:15:30 request done')).toBeUndefined();
    expect(matcher.match('10:15:30.125 Serve say')).toBeUndefined();
    expect(matcher.match('127.0.0.1 - - [05/Jan/2026 11:38:48] "GET /?id=1 HTTP/1.1" 200 -')).toBeUndefined();
  });

  it('leaves what the server says of itself to others', () => {
    const matcher = julTwoLines.open();
    matcher.match('Nov 24, 2026 3:05:17 PM org.apache.coyote.AbstractProtocol start');
    expect(matcher.match('INFO: Starting ProtocolHandler ["http-nio-8080"]')).toBeUndefined();
  });
});

it("knows Tomcat's lines that are no request", () => {
  const [specimen] = julOneLine.specimens;
  expect(julOneLine.match(specimen ?? '')).toMatchObject({
    kind: 'logger',
    stamp: { ms: at('2026-01-05T14:58:12.569Z') },
  });
  expect(julOneLine.match('2026-01-05 10:15:30 [main] started')).toBeUndefined();
});
