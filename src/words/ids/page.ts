/** Headings, labels and captions of the report. */
export interface PageIds {
  'page.none': Record<string, never>;
}
