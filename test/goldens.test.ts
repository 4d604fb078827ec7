import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Evidence, Method } from '../src/model/finding.js';
import type { Message } from '../src/model/message.js';
import type { RunAnalysis } from '../src/model/run-analysis.js';
import { analyseSample, sampleNames } from './support/sample-runs.js';

/** `npm run goldens` writes them anew. */
const writing = process.env.GOLDENS === 'write';
const GOLDENS = join(import.meta.dirname, 'goldens');

describe('what is found in the recorded samples is what was found before', () => {
  it.each(sampleNames)('%s', async (name) => {
    const found = factsOf(await analyseSample(name));
    const file = join(GOLDENS, `${name}.json`);
    if (writing) writeFileSync(file, found);
    expect(existsSync(file), 'refresh with `npm run goldens`').toBe(true);
    expect(found).toBe(readFileSync(file, 'utf8'));
  });
});

/** Facts, not words: a better sentence changes no golden. Each message is a line with its id and values, each piece of evidence one with its place. */
function factsOf({ clock, requests, findings }: RunAnalysis): string {
  const facts = JSON.stringify({ clock, requests, findings }, (_, value) => lineOf(value) ?? rounded(value), 1);
  return `${facts}\n`;
}

function lineOf(value: unknown): string | undefined {
  if (isEvidence(value)) return `${value.source}:${value.line} ${text(value.says)}`;
  if (isMethod(value)) return `${value.agrees ? 'agrees' : 'differs'}: ${text(value.name)} = ${rounded(value.value)}`;
  return isMessage(value) ? text(value) : undefined;
}

const text = ({ id, args }: Message): string =>
  Object.keys(args).length === 0 ? id : `${id} ${JSON.stringify(args, (_, value) => rounded(value))}`;

/** Beyond a microsecond floating point adds noise of its own. */
const rounded = (value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isMessage = (value: unknown): value is Message => isObject(value) && 'id' in value && 'args' in value;
const isEvidence = (value: unknown): value is Evidence => isObject(value) && 'source' in value && 'says' in value;
const isMethod = (value: unknown): value is Method => isObject(value) && 'agrees' in value && 'name' in value;
