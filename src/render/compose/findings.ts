import type { Finding, Findings } from '../../model/finding.js';
import { say } from '../../words/ids.js';
import type { Links } from './links.js';
import { type QuoteView, quoteView } from './quotes.js';
import { visibleLine } from './visible.js';
import type { Piece, Voice } from './voice.js';

/** The findings with evidence, in the order in which a reader asks. */
export const FINDINGS = ['maxConcurrency', 'backlog', 'reuse', 'overload'] as const;
export type FindingId = (typeof FINDINGS)[number];

const ANCHORS: Readonly<Record<FindingId, string>> = {
  maxConcurrency: 'max-concurrency',
  backlog: 'backlog',
  reuse: 'reuse',
  overload: 'overload',
};

/** The part of a run's page that tells of a finding. */
export const findingAnchor = (finding: FindingId, links: Links): string => links.anchor(ANCHORS[finding]);

export interface Sentence {
  readonly pieces: readonly Piece[];
}

export interface FindingView {
  readonly id: string;
  readonly name: string;
  readonly statement: readonly Piece[];
  readonly certainty: string;
  readonly lowConfidence: boolean;
  readonly hasMethods: boolean;
  readonly methods: readonly {
    readonly name: string;
    readonly value: string;
    readonly numeric: boolean;
    readonly agrees: boolean;
  }[];
  readonly hasCaveats: boolean;
  readonly caveats: readonly Sentence[];
  readonly hasNext: boolean;
  readonly next: readonly Sentence[];
  readonly hasEvidence: boolean;
  readonly evidence: readonly QuoteView[];
}

/** All findings of a run; their evidence is numbered through. */
export function findingViews(findings: Findings, voice: Voice, links: Links): readonly FindingView[] {
  let cited = 0;
  return FINDINGS.map((id) => {
    const finding: Finding = findings[id];
    const first = cited + 1;
    cited += finding.evidence.length;
    return {
      id: findingAnchor(id, links),
      name: voice.say(say('page.finding', { finding: id })),
      statement: voice.pieces(finding.statement),
      certainty: certaintyOf(finding, voice),
      lowConfidence: finding.confidence === 'low',
      ...methodsOf(finding, voice),
      hasCaveats: finding.caveats.length > 0,
      caveats: finding.caveats.map((caveat) => ({ pieces: voice.pieces(caveat) })),
      hasNext: finding.recordNext.length > 0,
      next: finding.recordNext.map((next) => ({ pieces: voice.pieces(next) })),
      hasEvidence: finding.evidence.length > 0,
      evidence: finding.evidence.map((one, i) => quoteView(one, first + i, voice, links)),
    };
  });
}

export function certaintyOf({ bound, confidence }: Pick<Finding, 'bound' | 'confidence'>, voice: Voice): string {
  return voice.say(say('page.certainty', { bound, confidence }));
}

function methodsOf({ methods }: Finding, voice: Voice): Pick<FindingView, 'hasMethods' | 'methods'> {
  return {
    hasMethods: methods.length > 0,
    methods: methods.map(({ name, value, agrees }) => ({
      name: voice.say(name),
      value:
        value === undefined
          ? voice.label('page.noValue')
          : typeof value === 'number'
            ? voice.wording.number(value, 1)
            : visibleLine(value),
      numeric: typeof value === 'number',
      agrees,
    })),
  };
}
