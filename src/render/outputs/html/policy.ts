import { createHash } from 'node:crypto';

/** A page of a site loads what lies beside it and nothing else; no script or style in the page itself runs. */
export const SITE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'";

/** A page that stands alone runs the scripts and styles whose hashes it states, and loads nothing, but for `fonts`. */
export function standalonePolicy(scripts: readonly string[], styles: readonly string[], fonts: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashes(scripts)}`,
    `style-src ${hashes(styles)}`,
    'img-src data:',
    `font-src ${fonts}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashes(texts: readonly string[]): string {
  if (texts.length === 0) return "'none'";
  return texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
}
