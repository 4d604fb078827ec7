import { join } from 'node:path';
import type { Evidence, Finding, Findings } from '../model/finding.js';
import type { RunAnalysis } from '../model/run-analysis.js';
import { InputFile } from './text/input-file.js';

/** Lines shown before and after a cited one. */
const CONTEXT_LINES = 2;
/** Longest text of a quoted line, in UTF-16 units. */
const MAX_QUOTE = 500;

/**
 * Puts the text of each cited line, and the lines around it, beside the citation. Each cited file is streamed once more, so that
 * analysis need not keep the millions of lines.
 */
export async function quote(analysis: RunAnalysis, dir: string): Promise<RunAnalysis> {
  const wanted = linesWanted(analysis.findings);
  const texts = new Map<string, ReadonlyMap<number, string>>();
  for (const [source, lines] of wanted) texts.set(source, await linesOf(dir, source, lines));
  const withText = <T extends Finding>(finding: T): T => ({
    ...finding,
    evidence: finding.evidence.map((one) => quoted(one, texts.get(one.source))),
  });
  const { maxConcurrency, backlog, reuse, overload, causes } = analysis.findings;
  return {
    ...analysis,
    findings: {
      maxConcurrency: withText(maxConcurrency),
      backlog: withText(backlog),
      reuse: withText(reuse),
      overload: withText(overload),
      causes,
    },
  };
}

function linesWanted({ maxConcurrency, backlog, reuse, overload }: Findings): Map<string, Set<number>> {
  const wanted = new Map<string, Set<number>>();
  for (const { evidence } of [maxConcurrency, backlog, reuse, overload]) {
    for (const { source, line } of evidence) {
      const lines = wanted.get(source) ?? new Set();
      for (let n = Math.max(1, line - CONTEXT_LINES); n <= line + CONTEXT_LINES; n++) lines.add(n);
      wanted.set(source, lines);
    }
  }
  return wanted;
}

/** A file that has gone since it was read loses its quotes and nothing else. */
async function linesOf(dir: string, source: string, lines: ReadonlySet<number>): Promise<ReadonlyMap<number, string>> {
  const texts = new Map<number, string>();
  const wanted = [...lines].sort((a, b) => a - b);
  try {
    let next = 0;
    for await (const { text, firstLine } of new InputFile(join(dir, source), source, 0).blocks()) {
      let number = firstLine;
      for (let at = 0; at < text.length && next < wanted.length; number++) {
        const end = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
        if (number === wanted[next]) {
          const line = text.slice(at, Math.min(end, at + MAX_QUOTE)).replace(/\r$/, '');
          texts.set(number, Buffer.from(line).toString());
          next++;
        }
        at = end + 1;
      }
      if (next === wanted.length) break;
    }
  } catch {
    return texts;
  }
  return texts;
}

function quoted(evidence: Evidence, texts: ReadonlyMap<number, string> | undefined): Evidence {
  const text = texts?.get(evidence.line);
  if (texts === undefined || text === undefined) return evidence;
  const first = Math.max(1, evidence.line - CONTEXT_LINES);
  const lines: string[] = [];
  for (let n = first; n <= evidence.line + CONTEXT_LINES && texts.has(n); n++) lines.push(texts.get(n)!);
  return { ...evidence, text, context: { firstLine: first, lines } };
}
