/** C0 and C1 controls but tab and line feed, which a page shows as what they are. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** Characters that turn the direction of text, break its lines or can't be seen at all; halves of characters. */
const HIDDEN =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** What ASCII calls its controls. Their pictures (␛) are in few fonts; letters are in all. */
const NAMES =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/**
 * Text from a recording as it may be shown: nothing in it can hide, move other text or speak to a terminal. Escaping for HTML or
 * Markdown comes later and is another matter.
 */
export function visible(text: string): string {
  return text.replace(CONTROLS, named).replace(HIDDEN, named);
}

/** The same for text that must stay on one line: a title, a cell. */
export function visibleLine(text: string): string {
  return visible(text.replace(/\r?\n/g, ' ').replace(/\t/g, ' '));
}

/** `‹ESC›`, `‹U+202E›` */
function named(character: string): string {
  const code = character.codePointAt(0)!;
  const name = code === 0x7f ? 'DEL' : NAMES[code];
  return `‹${name ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}›`;
}
