import type { LanguageId } from '../model/report.js';
import { en, englishWording, speaker } from './en.js';
import type { Language, Speak, Wording } from './words.js';
import { chineseWording, zhCN } from './zh-CN.js';

/** A language ready to be spoken. */
export interface Tongue {
  /** For the page's `lang` attribute. */
  readonly id: LanguageId;
  readonly speak: Speak;
  readonly wording: Wording;
  /** Whether it has a sentence of that id. */
  has(id: string): boolean;
}

const tongue = (id: LanguageId, sentences: Language, make: (speak: Speak) => Wording): Tongue => {
  const speak = speaker(sentences, make);
  return { id, speak, wording: make(speak), has: (sentence) => Object.hasOwn(sentences, sentence) };
};

const english = tongue('en', en, englishWording);

/** One line per language; its sentences are a folder beside `en/`. */
const languages: Readonly<Record<LanguageId, Tongue>> = {
  en: english,
  'zh-CN': tongue('zh-CN', zhCN, chineseWording),
};

/** The language of that id. */
export function languageOf(id: LanguageId): Tongue {
  return languages[id];
}
