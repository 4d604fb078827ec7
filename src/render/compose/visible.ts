/** C0 and C1 controls but tab and line feed, which a page shows as what they are. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** Characters that turn the direction of text, break its lines or can't be seen at all; halves of characters. */
const HIDDEN =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

const CONTROL_PICTURES = 0x2400;
const PICTURE_OF_DELETE = '\u2421';

/**
 * Text from a recording as it may be shown: nothing in it can hide, move other text or speak to a terminal. Escaping for HTML or
 * Markdown comes later and is another matter.
 */
export function visible(text: string): string {
  return text.replace(CONTROLS, pictureOf).replace(HIDDEN, numberOf);
}

/** The same for text that must stay on one line: a title, a cell. */
export function visibleLine(text: string): string {
  return visible(text.replace(/\r?\n/g, ' ').replace(/\t/g, ' '));
}

function pictureOf(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  return code === 0x7f ? PICTURE_OF_DELETE : numberOf(control);
}

function numberOf(character: string): string {
  return `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
