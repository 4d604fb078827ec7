import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Handlebars from 'handlebars';
import { PACKAGE_ROOT } from '../../../version.js';

/** `templates/` of the package. */
export const TEMPLATES = join(PACKAGE_ROOT, 'templates');

/** The pages that there are. */
export type PageName = 'index' | 'run' | 'single' | 'print';

/** Renders a page; `label` gives the words of a fixed label. */
export type Render = (page: PageName, view: object, label: (id: string) => string) => string;

/** Strict: a name that the view lacks is an error. The only helper is `t`, so templates can neither count nor compare. */
const OPTIONS: Parameters<typeof Handlebars.compile>[1] = {
  strict: true,
  knownHelpers: { t: true },
  knownHelpersOnly: true,
};

let loaded: Render | undefined;

/** The package's templates, compiled once. */
export function pages(): Render {
  loaded ??= load();
  return loaded;
}

function load(): Render {
  const engine = Handlebars.create();
  for (const [name, text] of filesIn('partials')) engine.registerPartial(name, engine.compile(text, OPTIONS));
  const compiled = new Map([...filesIn('pages')].map(([name, text]) => [name, engine.compile(text, OPTIONS)]));
  return (page, view, label) => compiled.get(page)!(view, { helpers: { t: label } });
}

function filesIn(folder: string): Map<string, string> {
  const names = readdirSync(join(TEMPLATES, folder)).sort();
  return new Map(names.map((name) => [basename(name, '.hbs'), readFileSync(join(TEMPLATES, folder, name), 'utf8')]));
}
