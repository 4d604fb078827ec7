/** `1234567.5` as `1,234,567.5`, with at most `digits` decimals; what rounds to nothing has no sign. English and Chinese write it alike. */
export function groupedNumber(value: number, digits = 0): string {
  const rounded = Math.abs(value).toFixed(digits);
  const [whole = '', fraction = ''] = rounded.split('.');
  const decimals = fraction.replace(/0+$/, '');
  const sign = value < 0 && Number(rounded) !== 0 ? '−' : '';
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${decimals && `.${decimals}`}`;
}

/** Minutes east of UTC as `+05:45`. */
export function utcOffset(minutes: number): string {
  const size = Math.abs(minutes);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  return `${minutes < 0 ? '−' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`;
}
