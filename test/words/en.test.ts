import { describe, expect, it } from 'vitest';
import { english, englishWording } from '../../src/words/en.js';

const w = englishWording(english);

describe('English numbers and units', () => {
  it('groups thousands and cuts zeros behind the point', () => {
    expect([w.number(1234567), w.number(12.5, 3), w.number(12, 2), w.number(-1000)]).toEqual([
      '1,234,567',
      '12.5',
      '12',
      '−1,000',
    ]);
  });

  it('gives a duration the unit that fits', () => {
    expect([0.25, 5.5, 350, 1200, 45_300, 200_000, 7_260_000].map((ms) => w.duration(ms))).toEqual([
      '0.25 ms',
      '5.5 ms',
      '350 ms',
      '1.2 s',
      '45.3 s',
      '3 min 20 s',
      '2 h 1 min',
    ]);
  });

  it('shows the id of a sentence that it does not know', () => {
    expect(english({ id: 'from.a.newer.version', args: {} })).toBe('from.a.newer.version');
  });
});

describe('English sentences', () => {
  const queue = (where: string, kernel?: number) =>
    english({ id: 'backlog.atLeast', args: { n: 15, where, kernel, server: undefined, full: undefined } });

  it('say where those were seen of whom nobody knows whether others wait elsewhere', () => {
    expect(queue('unknown', 15)).toContain("15 connections waited in the kernel's accept queue (whether others");
    expect(queue('unknown', 9)).toContain('in a place that the recording does not show');
    expect(queue('kernel', 15)).not.toContain('whether');
  });
});
