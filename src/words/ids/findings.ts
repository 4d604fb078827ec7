/** What analysis found, in sentences: statements, evidence, methods, caveats, what to record next. */
export interface FindingIds {
  'finding.none': Record<string, never>;
}
