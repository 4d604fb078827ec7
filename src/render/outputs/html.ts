import type { OutputFile, ReportJob } from '../../model/report.js';
import { chartsScript } from '../charts-script.js';
import { type Drawn, drawnFigures } from '../compose/drawn.js';
import { csvOf } from '../compose/figures.js';
import { type Trusted, trusted } from '../compose/trusted.js';
import { type ComparisonPage, composeReport, type ReportView, type RunPage } from '../compose.js';
import { inlineStyles, plainStyles, siteAssets } from './html/assets.js';
import { paperStyles } from './html/paper.js';
import { SITE_POLICY, standalonePolicy } from './html/policy.js';
import { inlineScripts, scriptFiles, scriptWords, siteScripts } from './html/scripts.js';
import { type PageName, pages } from './html/templates.js';
import type { Made, Output } from './output.js';

/** The report as pages: a site, or one file. */
export const html: Output = {
  id: 'html',
  make: async (job) => {
    const drawn = await drawnFigures(job);
    return { files: job.options.singleFile ? [singleFile(job, drawn)] : site(job, drawn), warnings: [] } satisfies Made;
  },
};

/** What a page loads and may run. */
interface Frame {
  readonly policy: string;
  readonly icon: Trusted;
  readonly inlined: boolean;
  readonly styles: Trusted;
  /** Addresses from the output folder. */
  readonly scripts: readonly { readonly src: string }[];
  readonly inlineScripts: readonly { readonly text: Trusted }[];
  /** What the scripts say; nothing where there are none. */
  readonly words: string;
}

/** Three bars of the report's colours, so that no browser asks for a favicon that is not there. */
const ICON = trusted(
  `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#0072b2" d="M1 2h14v3H1z"/><path fill="#e69f00" d="M1 7h9v3H1z"/><path fill="#d55e00" d="M1 12h4v3H1z"/></svg>')}`,
);

function site(job: ReportJob, drawn: Drawn): readonly OutputFile[] {
  const report = composeReport(job, 'site', drawn);
  const frame: Frame = {
    policy: SITE_POLICY,
    icon: ICON,
    inlined: false,
    styles: trusted(''),
    scripts: siteScripts(),
    inlineScripts: [],
    words: scriptWords(report.voice),
  };
  const index = page('index', report, report.comparison, frame);
  const runs = report.runs.map((view) => ({ view, content: page('run', report, view, frame) }));
  return [
    { path: 'index.html', content: index },
    ...figureFiles('', report.comparison),
    ...runs.flatMap(({ view, content }): readonly OutputFile[] => {
      const folder = `runs/${view.run.slug}/`;
      return [
        { path: `${folder}index.html`, content },
        { path: `${folder}charts.js`, content: chartsScript(view.figures.map((figure) => [figure.id, figure])) },
        ...figureFiles(folder, view),
      ];
    }),
    ...siteAssets([index, ...runs.map(({ content }) => content)]),
    ...scriptFiles(),
  ];
}

function figureFiles(folder: string, { figures }: ComparisonPage | RunPage): readonly OutputFile[] {
  return figures.flatMap((figure) => [
    { path: `${folder}figures/${figure.id}.svg`, content: figure.svg },
    { path: `${folder}figures/${figure.id}.csv`, content: csvOf(figure) },
  ]);
}

function singleFile(job: ReportJob, drawn: Drawn): OutputFile {
  const report = composeReport(job, 'single', drawn);
  const charts = report.runs.flatMap(({ run, figures }) =>
    figures.map((figure) => [`${run.slug}--${figure.id}`, figure] as const),
  );
  const scripts = inlineScripts(chartsScript(charts));
  return { path: 'index.html', content: standalone('single', report, inlineStyles(), scripts) };
}

/** Where a printed document has its fonts from. */
export interface PaperFonts {
  /** `@font-face` rules. */
  readonly faces: string;
  /** The origin of their files, as a content security policy names it. */
  readonly from: string;
}

/** The whole report as one document for paper: everything open, always light, notes at the end. */
export async function renderPrintHtml(
  job: ReportJob,
  fonts: PaperFonts = { faces: '', from: "'none'" },
): Promise<{ readonly html: string }> {
  const report = composeReport(job, 'print', await drawnFigures(job));
  const sheet = paperStyles(job.options.paper, report.head.title, report.voice);
  return { html: standalone('print', report, fonts.faces + plainStyles() + sheet, [], fonts.from) };
}

function standalone(
  name: PageName,
  report: ReportView,
  styles: string,
  scripts: readonly string[],
  fonts = 'data:',
): string {
  const frame: Frame = {
    policy: standalonePolicy(scripts, [styles], fonts),
    icon: ICON,
    inlined: true,
    styles: trusted(styles),
    scripts: [],
    inlineScripts: scripts.map((text) => ({ text: trusted(text) })),
    words: scripts.length > 0 ? scriptWords(report.voice) : '',
  };
  return page(name, report, { ...report.comparison, runs: report.runs }, frame);
}

function page(name: PageName, report: ReportView, view: object, frame: Frame): string {
  return pages()(name, { ...view, frame }, report.voice.label);
}
