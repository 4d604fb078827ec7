import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../src/ingest/text/failure-kind.js';

const failed = (code: string, message = '', failureMessage = '') =>
  outcomeOf({ success: false, code, message, failureMessage });
const nonHttp = (exception: string, message: string) =>
  failed(`Non HTTP response code: ${exception}`, `Non HTTP response message: ${message}`);

describe('how a request ended', () => {
  it('believes the success flag before the code', () => {
    expect(outcomeOf({ success: true, code: '500', message: '', failureMessage: '' })).toBe('succeeded');
    expect(failed('200', 'OK', 'Test failed: text expected')).toBe('other');
  });

  it('knows the statuses of overload', () => {
    expect(['429', '503', '500', '502', '404', ''].map((code) => failed(code))).toEqual([
      'http-429',
      'http-503',
      'server-error',
      'server-error',
      'other',
      'other',
    ]);
  });

  it('knows what Java says of connections', () => {
    expect(nonHttp('org.apache.http.NoHttpResponseException', '127.0.0.1:8080 failed to respond')).toBe('reset');
    expect(nonHttp('java.net.SocketException', 'Connection reset')).toBe('reset');
    expect(nonHttp('java.net.SocketException', 'Broken pipe (Write failed)')).toBe('reset');
    expect(nonHttp('java.net.ConnectException', 'Connection refused (Connection refused)')).toBe('refused');
    expect(
      nonHttp(
        'org.apache.http.conn.HttpHostConnectException',
        'Connect to h:80 [h/10.0.0.1] failed: Connection refused',
      ),
    ).toBe('refused');
    expect(nonHttp('org.apache.http.conn.ConnectTimeoutException', 'Connect to 127.0.0.1:8080 timed out')).toBe(
      'connect-timeout',
    );
    expect(nonHttp('java.net.SocketTimeoutException', 'connect timed out')).toBe('connect-timeout');
    expect(nonHttp('java.net.ConnectException', 'Connection timed out: connect')).toBe('connect-timeout');
    expect(nonHttp('java.net.SocketTimeoutException', 'Read timed out')).toBe('read-timeout');
  });

  it('holds no one to account for a test that was stopped', () => {
    expect(nonHttp('java.net.SocketException', 'Socket closed')).toBe('abandoned');
  });

  it('calls other what it does not know', () => {
    expect(nonHttp('java.net.UnknownHostException', 'nowhere.invalid')).toBe('other');
  });
});
