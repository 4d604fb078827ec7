/** UTF-16 codes of the characters that a line is searched for, for loops in which a regular expression would cost too much. */
export const CODE = {
  blank: 32,
  plus: 43,
  comma: 44,
  dash: 45,
  dot: 46,
  slash: 47,
  colon: 58,
  bracket: 91,
  underscore: 95,
  year: 0x5e74,
  month: 0x6708,
  day: 0x65e5,
} as const;

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code <= 0x24f);
}

export function isLetterOrDigit(code: number): boolean {
  return isLetter(code) || isDigit(code);
}

/** Letter, digit or underscore. */
export function isWordCode(code: number): boolean {
  return isLetterOrDigit(code) || code === 95;
}

/** Blank, tab, no-break and narrow no-break blank. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 0xa0 || code === 0x202f;
}
