import { describe, expect, it } from 'vitest';
import { tidyPdf } from '../../../src/render/pdf/tidy.js';

const facts = {
  base: 'https://report.invalid/',
  creator: 'a-program 1.2.3',
  date: Date.UTC(2023, 1, 10, 9, 30, 16, 999),
};
const tidied = (text: string) => {
  const pdf = Buffer.from(tidyPdf(Buffer.from(text, 'latin1'), facts)).toString('latin1');
  expect(pdf).toHaveLength(text.length);
  return pdf.replace(/ +(?=\n|$|>>)/g, '');
};

describe('a PDF of Chromium, byte for byte as long as before', () => {
  it('has relative links, and leaves all others alone', () => {
    expect(tidied('/URI (https://report.invalid/runs/a\\(b\\)/index.html#x)>>')).toBe(
      '/URI (runs/a\\(b\\)/index.html#x)>>',
    );
    expect(tidied('/URI (https://report.invalid/)>>')).toBe('/URI (./)>>');
    const other = '/URI (https://example.org/?q=https://report.invalid/x)>>';
    expect(tidied(other)).toBe(other);
  });

  it('bears the date of the recordings', () => {
    expect(tidied("/CreationDate (D:20261124150328+00'00')\n/ModDate (D:20261124150328+00'00')")).toBe(
      "/CreationDate (D:20230210093016+00'00')\n/ModDate (D:20230210093016+00'00')",
    );
  });

  it("names the program in place of the browser's, where there is room", () => {
    expect(tidied('/Creator (Mozilla/5.0 \\(X11; Linux x86_64\\) HeadlessChrome/147.0.0.0)')).toBe(
      '/Creator (a-program 1.2.3)',
    );
    expect(tidied('/Creator (Chromium)')).toBe('/Creator (Chromium)');
  });

  it('keeps every byte of what is not text', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect([...tidyPdf(bytes, facts)]).toEqual([...bytes]);
  });
});
