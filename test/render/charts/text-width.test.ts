import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NOTO_SANS_WIDTHS } from '../../../src/render/charts/noto-sans-widths.js';
import { fitText, textWidth } from '../../../src/render/charts/text-width.js';
import { fontWidths } from '../../support/font-widths.js';

const font = (subset: string) =>
  fontWidths(
    fileURLToPath(
      new URL(
        `../../../node_modules/@fontsource-variable/noto-sans/files/noto-sans-${subset}-wght-normal.woff2`,
        import.meta.url,
      ),
    ),
  );

describe('textWidth', () => {
  it('has the widths of the embedded font', () => {
    const measured = new Map([...font('latin-ext'), ...font('latin')]);
    for (const [first, widths] of NOTO_SANS_WIDTHS) {
      const told = widths.map((_, i) => measured.get(first + i) ?? 0);
      expect(widths, `from U+${first.toString(16)}`).toEqual(told);
    }
  });

  it('adds up, grows with size and weight, and takes CJK as an em each', () => {
    expect(textWidth('251', 12)).toBeCloseTo(3 * 0.572 * 12);
    expect(textWidth('in service', 24)).toBeCloseTo(2 * textWidth('in service', 12));
    expect(textWidth('in service', 12, 600)).toBeGreaterThan(textWidth('in service', 12));
    expect(textWidth('等待队列', 12)).toBe(48);
    expect(textWidth('e\u0301', 12)).toBe(textWidth('e', 12));
  });
});

describe('fitText', () => {
  it('keeps both ends of a name that is too long', () => {
    const name = '60633-Thread-1217 (process_request_thread)';
    const cut = fitText(name, 120, 12);
    expect(textWidth(cut, 12)).toBeLessThanOrEqual(120);
    expect(cut).toMatch(/^60633-.*….*thread\)$/);
    expect(fitText('short', 120, 12)).toBe('short');
    expect(fitText(name, 3, 12)).toBe('…');
  });
});
