import type { LogPattern } from './log-pattern.js';
import { listening } from './parts/listening.js';
import { stampBefore } from './parts/prefix.js';

const SAYS =
  /\b(?:[Ll]istening|LISTENING|(?:[Ss]erver|[Aa]pp|[Aa]pplication|[Ss]ervice) (?:is )?(?:now )?(?:running|listening|started)) (?:on|at)(?: (?:port|address))?[:=]? ?(\S{2,120})/;
/** A port alone, or an address that can't be a time of day: a URL, or a host with a letter, dot, star or bracket. */
const PORT = /^(\d{2,5})\W{0,3}$/;
const ADDRESS = /^(?:https?:\/\/\S+:\d{2,5}|(?:[\w-]*[A-Za-z.*][\w.-]*|\[[\da-f:.]*\]|\*|):\d{2,5})(?:\/\S*)?\W{0,3}$/i;

/** `Listening on 8080`, `Server running at http://127.0.0.1:3000/`: what servers of one's own print when they start. */
export const listeningLine = {
  id: 'listening-line',
  specimens: [
    'Listening on 8080',
    'listening on 127.0.0.1:8080',
    'Server is running on port 3000',
    'Server running at http://127.0.0.1:3000/',
    '2026-01-05T10:15:30.125Z INFO app: listening on [::]:8080',
    'Example app listening at http://localhost:3000',
    'Listening on :8080...',
  ],
  match(line) {
    if (line.length > 300 || !/on|at/.test(line)) return undefined;
    const said = SAYS.exec(line);
    const where = said?.[1] ?? '';
    if (!said || !(PORT.test(where) || ADDRESS.test(where))) return undefined;
    const port = PORT.exec(where)?.[1];
    const notice = listening(port === undefined ? where : `:${port}`);
    return notice.kind === 'listening' && notice.port !== undefined
      ? { kind: 'notice', ...stampBefore(line, Math.max(1, said.index)), notice }
      : undefined;
  },
} satisfies LogPattern;
