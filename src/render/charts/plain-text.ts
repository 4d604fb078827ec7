/** What a text must not hold: control characters are no XML, bidi controls could turn a page's words around. */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu;

/** The text with a sign in place of each character that has no place in a drawing. */
export const plainText = (text: string): string => text.replace(UNSAFE, '\ufffd');
