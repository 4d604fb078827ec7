import type { Words } from './words.js';

/** How long "copied" stands in place of "copy", ms. */
const NEWS_MS = 2_000;

/** A button behind a command that puts it on the clipboard. */
export function makeCopyable(code: HTMLElement, words: Words): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = words.copy;
  button.setAttribute('aria-label', `${words.copy}: ${code.textContent}`);
  const news = document.createElement('span');
  news.setAttribute('role', 'status');
  news.className = 'news';
  button.addEventListener('click', async () => {
    await copy(code);
    news.textContent = words.copied;
    setTimeout(() => {
      news.textContent = '';
    }, NEWS_MS);
  });
  code.after(' ', button, news);
}

async function copy(code: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
  } catch {
    // A page opened as a file may not write to the clipboard: the command is selected, and a key copies it.
    getSelection()?.selectAllChildren(code);
  }
}
