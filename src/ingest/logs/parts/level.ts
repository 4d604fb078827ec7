/** Names of levels as logging frameworks write them. */
export const LEVEL = /^(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|CRITICAL|FATAL|FINE|FINER|FINEST|CONFIG)$/i;
/** A level between other words, in capitals, with the dashes round it: it parts them, as a bar would. What stands in brackets is kept. */
const LEVEL_WITHIN =
  /\[[^[\]]*\]|(?:\s[-|:])?(?<![\w.(<-])(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|CRITICAL|FATAL)(?![\w.)>-])(?:\s?[-|:](?=\s))?/g;
/** `I 4711 MainThread`: a level of one letter before everything else. */
const LEVEL_LETTER = /^[\s|-]*[DIWEFC] (?=\S)/;

/** `INFO in app: `, `WARNING in shop.views: `: Flask names the module behind the level. */
const MODULE = /(?<![\w.(<-])((?:DEBUG|INFO|WARNING|ERROR|CRITICAL) )in [\w.]{1,80}(?=:|$)/;

/** `4711 MainThread INFO`, `INFO - MainThread`: a level is no part of a name, wherever it stands. */
export function withoutLevel(prefix: string): string {
  const parted = prefix.replace(MODULE, '$1').replace(LEVEL_WITHIN, (found) => (found.startsWith('[') ? found : ' | '));
  return parted.replace(LEVEL_LETTER, ' ').replace(/\s+\|(?:\s+[-|](?=\s))*\s+/g, ' | ');
}

/** `[INFO/MainProcess]`, `[MainThread INFO]`: a level beside a name. */
const LEVEL_BESIDE =
  /^(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|CRITICAL|FATAL)\s?[\s/|:,-]\s?|\s?[\s/|:,-]\s?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|CRITICAL|FATAL)$/g;

export const withoutLevelBeside = (content: string): string => content.replace(LEVEL_BESIDE, '');
