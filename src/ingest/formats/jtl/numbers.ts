/** Milliseconds of the unit in which an epoch of today is a number of this size; JMeter writes milliseconds. */
export function unitOf(epoch: number): number {
  if (epoch >= 1e9 && epoch < 5e9) return 1000;
  if (epoch >= 1e15 && epoch < 5e15) return 0.001;
  return epoch >= 1e18 && epoch < 5e18 ? 1e-6 : 1;
}

/** An HTTP status, three digits; 0 for any other code. */
export function statusOf(code: string): number {
  if (code.length !== 3) return 0;
  const status = number(code);
  return status >= 100 ? status : 0;
}

/** Whole numbers of so many digits are exact. */
const SAFE_DIGITS = 15;

/** A number of JMeter's: digits, perhaps a sign and decimals; `NaN` for anything else. */
export function number(text: string | undefined): number {
  if (text !== undefined && text.length > 0 && text.length <= SAFE_DIGITS) {
    let value = 0;
    let i = 0;
    for (; i < text.length; i++) {
      const digit = text.charCodeAt(i) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (i === text.length) return value;
  }
  const trimmed = text?.trim() ?? '';
  return /^-?\d{1,19}(?:\.\d{1,9})?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/** A duration, ms; a clock that was set back gives negative ones, which say nothing: `NaN`. */
export function duration(text: string | undefined): number {
  const ms = number(text);
  return ms >= 0 ? ms : Number.NaN;
}
