import type { Source } from '../../src/model/source.js';

/** A file's account of which only the kind and its form matter. */
export const sourceOf = (kind: Source['kind'], variant: Source['variant']): Source => ({
  path: kind,
  sha256: '',
  kind,
  format: 'test',
  variant,
  lines: 0,
  used: 0,
  ignored: 0,
  skipped: 0,
  records: 0,
  counts: {},
  problems: [],
  problemCount: 0,
});
