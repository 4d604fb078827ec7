/** Replaces in a text what must not be published. */
export type Hide = (text: string) => string;
/** Numbered names by address. */
export type Names = Map<string, string>;

/** Finds the request's id in a URL or a part of one. */
interface IdFinder {
  find(target: string): string | undefined;
}

/**
 * Hides addresses and query values. Addresses are numbered in the order in which they are met; `names` is shared by all that
 * belongs to one report. Rather too much is hidden than too little: a version such as 1.2.3.4 is an address too.
 */
export function hider(names: Names, ids: IdFinder): Hide {
  const name = (address: string): string => {
    const key = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
    const known = names.get(key) ?? `client-${names.size + 1}`;
    names.set(key, known);
    return known;
  };
  return (text) =>
    text
      .replace(TOKEN, (token) => hideQuery(token, ids))
      .replace(CREDENTIALS, '://…@')
      .replace(CLIENT_FIELD, (field) => (isNobody(field) ? field : name(field)))
      .replace(IPV6, (found) => (isIpv6(found) && !isNobody(found) ? name(found) : found))
      .replace(IPV4, (found) => (isNobody(found) ? found : name(found)));
}

/** What may hold a URL: text without blanks, quotes and angle brackets. */
const TOKEN = /[^\s"'<>`]+/g;
/** `https://user:secret@host` */
const CREDENTIALS = /:\/\/[^\s/?#@]{1,256}@/g;
/** The first field of an access line, an address or the name that it resolves to: `host - - [10/Feb/2023:…` */
const CLIENT_FIELD = /^[^\s[\]"]{1,256}(?= \S{1,256} \S{1,256} \[\d\d\/[A-Z][a-z]{2}\/\d{4}:)/;
const OCTET = '(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)';
const DOTTED = `(?:${OCTET}\\.){3}${OCTET}`;
/** Not within a longer number. A port may follow after `:` or, as BSD writes it, after a dot. */
const IPV4 = new RegExp(`(?<![\\w.])${DOTTED}(?!\\d)`, 'g');
/** All that could be one; whether it is, `isIpv6` says, for times of day look alike. */
const IPV6 = new RegExp(
  `(?<![\\w:.])(?:[\\da-f]{0,4}:){2,7}(?:${DOTTED}|[\\da-f]{0,4})(?:%[\\w.-]{1,32})?(?![\\w:]*::)(?!\\w)`,
  'gi',
);

/** Any address, which names no machine. */
function isNobody(address: string): boolean {
  return (
    address === '0.0.0.0' || address === '::' || address === '*' || address === '-' || address.startsWith('client-')
  );
}

/** Eight groups, or fewer with one `::`. */
function isIpv6(text: string): boolean {
  if (text.includes(':::')) return false;
  const groups = text.replace(/%.*$/, '').split(':').length;
  const short = text.split('::').length - 1;
  return short === 1 || (short === 0 && (groups === 8 || (groups === 7 && text.includes('.'))));
}

/** `/a?id=17&token=abc` to `/a?id=17&token=…`. */
function hideQuery(token: string, ids: IdFinder): string {
  const at = token.indexOf('?');
  if (at < 0 || at === token.length - 1) return token;
  // A question mark in prose is followed by nothing, or by no assignment.
  if (!token.includes('/') && !token.includes('=', at)) return token;
  let id = ids.find(token)?.split(';')[0];
  const parts = token.slice(at + 1).split(/([&;?#])/);
  const shown = parts.map((part, i) => {
    if (i % 2 === 1 || part === '' || part === 'amp') return part;
    const equals = part.indexOf('=');
    const value = part.slice(equals + 1);
    if (equals >= 0 && id !== undefined && value === id) {
      id = undefined;
      return part;
    }
    return equals < 0 ? '…' : `${part.slice(0, equals)}=…`;
  });
  return `${token.slice(0, at + 1)}${shown.join('')}`;
}
