import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestIds } from '../../src/model/request-ids.js';

describe('request ids as numbers', () => {
  it('keeps plain integers as they are', () => {
    const ids = new RequestIds();
    expect(['0', '7', '123456789012345'].map((id) => ids.encode(id))).toEqual([0, 7, 123456789012345]);
  });

  it('numbers other texts downwards, leading zeros and signs among them', () => {
    const ids = new RequestIds();
    expect(['a', '007', '-7', 'a'].map((id) => ids.encode(id))).toEqual([-1, -2, -3, -1]);
  });

  it('looks up without adding', () => {
    const ids = new RequestIds();
    expect(ids.lookup('b')).toBeNaN();
    expect(ids.encode('b')).toBe(-1);
    expect(ids.lookup('b')).toBe(-1);
  });

  it('gives equal numbers to equal texts only, and the text back', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        const ids = new RequestIds();
        const codes = texts.map((text) => ids.encode(text));
        expect(codes.map((code) => ids.decode(code))).toEqual(texts);
        expect(new Set(codes).size).toBe(new Set(texts).size);
      }),
    );
  });
});
