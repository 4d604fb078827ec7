/** What the scripts of a page say, in the page's language: `data-words` of the document's element. */
export interface Words {
  readonly copy: string;
  readonly copied: string;
  readonly explore: string;
  readonly reset: string;
  readonly closer: string;
  readonly wider: string;
  readonly earlier: string;
  readonly later: string;
  readonly keys: string;
  readonly failed: string;
}

/** Nothing where the page brings no words: then there is nothing to press either. */
export function wordsOf(page: Document): Words | undefined {
  const text = page.documentElement.dataset.words;
  return text ? (JSON.parse(text) as Words) : undefined;
}
