/** What the scripts of a page say. */
export interface ScriptIds {
  'script.copy': Record<string, never>;
  'script.copied': Record<string, never>;
  'script.explore': Record<string, never>;
  'script.reset': Record<string, never>;
  'script.closer': Record<string, never>;
  'script.wider': Record<string, never>;
  'script.earlier': Record<string, never>;
  'script.later': Record<string, never>;
  'script.keys': Record<string, never>;
  'script.failed': Record<string, never>;
}
