import { inspect } from '../inspect.js';
import type { Io } from './io.js';
import { safeLines } from './io.js';

/** `report inspect`. @throws UserError where a path can't be read. */
export async function runInspect(paths: readonly string[], asJson: boolean, io: Io): Promise<void> {
  const inspected = await inspect(paths);
  const text = asJson ? inspected.json() : inspected.text();
  io.out(io.outIsTerminal ? safeLines(text) : text);
}
