import type { Format } from './format.js';
import { jtlCsv } from './jtl-csv.js';
import { runFile } from './run-file.js';

/** Every kind of input file, in the order in which ties are broken. */
export const formats: readonly Format[] = [runFile, jtlCsv];
