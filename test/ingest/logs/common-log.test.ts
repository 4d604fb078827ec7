import { describe, expect, it } from 'vitest';
import { commonLog } from '../../../src/ingest/logs/common-log.js';

const line = (tail: string) => `192.0.2.7 - - [05/Jan/2026:13:55:36 +0000] "GET /?id=7 HTTP/1.1" 200 12${tail}`;

describe('what stands behind an access line', () => {
  it('may be several numbers and a thread', () => {
    expect(commonLog.match(line(' 9203813 http-nio-127.0.0.1-8080-exec-12'))).toMatchObject({
      rawDurations: ['9203813'],
      thread: 'http-nio-127.0.0.1-8080-exec-12',
      identity: 'numbered',
    });
    expect(commonLog.match(line(' "-" "ab/2.3" 3549765 15520 140461285869440'))).toMatchObject({
      rawDurations: ['3549765', '15520'],
    });
    expect(commonLog.match(line(' "-" "hey/0.0.1" "0.001561"'))).toMatchObject({ rawDurations: ['0.001561'] });
  });

  it('is no number where only words stand', () => {
    expect(commonLog.match(line(' "-" "Mozilla/5.0 (X11) 42 thread-7"'))).not.toHaveProperty('rawDurations');
    expect(commonLog.match(line(' "-" "Mozilla/5.0 (X11) 42 thread-7"'))).not.toHaveProperty('thread');
    expect(commonLog.match(line(''))).not.toHaveProperty('rawDurations');
    expect(commonLog.match(line(''))).toHaveProperty('sizeOrDuration');
    expect(commonLog.match(line(' 1503'))).not.toHaveProperty('sizeOrDuration');
  });

  it('is a duration where the field says its unit', () => {
    expect(commonLog.match(line(' rt=0.250 upstream 17'))).toMatchObject({ kind: 'span', durationMs: 250 });
  });

  it('may tell how long a server behind took', () => {
    expect(commonLog.match(line(' "-" "hey" rt=8.250 urt=8.250'))).toMatchObject({ durationMs: 8250, behind: true });
    expect(commonLog.match(line(' "-" "hey" rt=8.015 uct="0.001"'))).toHaveProperty('behind');
    expect(commonLog.match(line(' "-" "hey" rt=8.015'))).not.toHaveProperty('behind');
    expect(commonLog.match(line(' "http://x/?urt=1" "hey" rt=8.015'))).not.toHaveProperty('behind');
  });
});
