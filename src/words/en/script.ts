import type { ScriptIds } from '../ids/script.js';
import type { Area } from '../words.js';

export const script: Area<ScriptIds> = {
  'script.copy': () => 'Copy',
  'script.copied': () => 'Copied',
  'script.explore': () => 'Explore',
  'script.reset': () => 'Whole run',
  'script.closer': () => 'Closer',
  'script.wider': () => 'Wider',
  'script.earlier': () => 'Earlier',
  'script.later': () => 'Later',
  'script.keys': () =>
    'Left and right arrow move the line, with Shift they move time; plus and minus zoom, 0 shows the whole run.',
  'script.failed': () => 'The chart stays a picture: its data could not be loaded.',
};
