import type { FindingView } from '../compose/findings.js';
import type { QuoteView } from '../compose/quotes.js';
import type { Voice } from '../compose/voice.js';
import { type ComparisonPage, composeReport, type RunPage } from '../compose.js';
import { codeBlock, codeSpan, escapeMarkdown, sentence, table } from './markdown.js';
import type { Output } from './output.js';

/** The report as text for a pull request or an issue: the answer, the table, each finding with its lines. */
export const md: Output = {
  id: 'md',
  make: async (job) => {
    const { voice, head, comparison, runs } = composeReport(job, 'print');
    const parts = [
      `# ${escapeMarkdown(head.title)}`,
      [head.recorded, head.inputs, head.generator].map(escapeMarkdown).join(' · '),
      answers(comparison),
      comparisonTable(comparison, voice),
      ...comparison.comparison.lost.map(({ pieces }) => `**${sentence(pieces)}**`),
      legend(voice),
      ...runs.flatMap((run) => runParts(run, voice)),
    ];
    return { files: [{ path: 'report.md', content: `${parts.join('\n\n')}\n` }], warnings: [] };
  },
};

function answers({ comparison }: ComparisonPage): string {
  return comparison.sentences
    .map(({ title, pieces }) => `- **${escapeMarkdown(title)}**: ${sentence(pieces)}`)
    .join('\n');
}

function comparisonTable({ comparison }: ComparisonPage, voice: Voice): string {
  const columns = [
    ['page.column.run', false],
    ['page.column.max', true],
    ['page.column.backlog', true],
    ['page.column.where', false],
    ['page.column.reuse', false],
    ['page.column.overload', false],
  ] as const;
  const head = [
    ...columns.map(([id]) => voice.label(id)),
    ...comparison.quantiles.map(({ title }) => title),
    voice.label('page.column.failed'),
  ];
  const right = [...columns.map(([, isNumber]) => isNumber), ...comparison.quantiles.map(() => true), true];
  const rows = comparison.rows.map((row) => [
    row.isUnlike ? `${row.title} ${voice.label('page.unlike.mark')}` : row.title,
    row.max.text,
    row.backlog.text,
    row.where,
    row.reuse.text,
    row.overload.text,
    ...row.quantiles.map(({ text }) => text),
    row.failed.text,
  ]);
  const unlike = comparison.rows.filter(({ isUnlike }) => isUnlike);
  const notes = comparison.manyUnlike
    ? [escapeMarkdown(comparison.loads)]
    : unlike.map(({ title, load }) => `${escapeMarkdown(title)}: ${escapeMarkdown(load)}`);
  const mark = `${voice.label('page.unlike.mark')} ${escapeMarkdown(voice.label('page.legend.unlike'))}`;
  return [table(head, right, rows), ...(notes.length > 0 ? [`${mark} ${notes.join('; ')}`] : [])].join('\n\n');
}

function legend(voice: Voice): string {
  const signs = [
    ['=', 'page.legend.exact'],
    ['≥', 'page.legend.atLeast'],
    ['≈', 'page.legend.estimate'],
    ['?', 'page.legend.unknown'],
  ] as const;
  return signs.map(([sign, id]) => `${sign} ${escapeMarkdown(voice.label(id))}`).join('; ');
}

function runParts({ run }: RunPage, voice: Voice): readonly string[] {
  const causes = run.causes.map(({ pieces, confidence }) => `- ${sentence(pieces)} (${escapeMarkdown(confidence)})`);
  return [
    `## ${escapeMarkdown(run.title)}`,
    sentence(run.summary),
    ...run.findings.flatMap((finding) => findingParts(finding, voice)),
    ...(causes.length > 0 ? [`### ${escapeMarkdown(voice.label('page.causes'))}`, causes.join('\n')] : []),
  ];
}

function findingParts(finding: FindingView, voice: Voice): readonly string[] {
  const list = (label: string, sentences: FindingView['caveats']): readonly string[] =>
    sentences.length === 0
      ? []
      : [`${escapeMarkdown(voice.label(label))}:`, sentences.map(({ pieces }) => `- ${sentence(pieces)}`).join('\n')];
  return [
    `### ${escapeMarkdown(finding.name)}`,
    `${sentence(finding.statement)} *${escapeMarkdown(finding.certainty)}*`,
    ...(finding.hasEvidence ? [finding.evidence.map(quote).join('\n')] : []),
    ...list('page.caveats', finding.caveats),
    ...list('page.recordNext', finding.next),
  ];
}

function quote({ number, place, says, hasText, pieces }: QuoteView): string {
  const claim = `${number}. ${codeSpan(place)} ${sentence(says)}`;
  if (!hasText) return claim;
  return `${claim}\n${codeBlock(pieces.map(({ text }) => text).join(''), ' '.repeat(String(number).length + 2))}`;
}
