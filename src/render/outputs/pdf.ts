import type { Analysed } from '../../model/comparison.js';
import type { EpochMs } from '../../model/time.js';
import { embeddedFonts } from '../fonts.js';
import { BASE, FONTS, printDocument } from '../pdf/print.js';
import { tidyPdf } from '../pdf/tidy.js';
import { renderPrintHtml } from './html.js';
import type { Output } from './output.js';

/** The report on paper, printed by a browser. */
export const pdf: Output = {
  id: 'pdf',
  make: async (job) => {
    const fonts = await embeddedFonts(FONTS);
    const { html } = await renderPrintHtml(job, { faces: fonts.css, from: BASE });
    const printed = await printDocument(html, fonts, job.options);
    const date = lastEvent(job.analysed);
    const { name, version } = job.generator;
    const facts = { base: BASE, creator: `${name} ${version}`, ...(date === undefined ? {} : { date }) };
    return { files: [{ path: 'report.pdf', content: tidyPdf(printed, facts) }], warnings: [] };
  },
};

/** The last instant that any of the runs recorded. */
function lastEvent({ runs }: Analysed): EpochMs | undefined {
  return runs.reduce<EpochMs | undefined>(
    (last, { to }) => (to === undefined ? last : Math.max(last ?? to, to)),
    undefined,
  );
}
