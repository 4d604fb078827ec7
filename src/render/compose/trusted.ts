import Handlebars from 'handlebars';

/** Markup that is put into a page as it is. Everything else is escaped by the templates. */
export type Trusted = Handlebars.SafeString;

/** Marks markup that this program has made itself; never for text from a recording. */
export const trusted = (markup: string): Trusted => new Handlebars.SafeString(markup);
