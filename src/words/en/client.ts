import type { ClientIds } from '../ids/client.js';
import type { Area } from '../words.js';

export const client: Area<ClientIds> = {
  'client.cut': ({ fields, width }, w) =>
    `the row has ${w.count(fields, 'field', 'fields')} where ${w.number(width)} are expected`,
  'client.noSuccess': () => 'nothing says whether the sample succeeded',
  'client.strayQuote': () => 'a quote that does not close within the record was taken literally',
  'client.probesUnanswered': ({ n }, w) =>
    `${w.count(n, 'command line of curl has', 'command lines of curl have')} no result behind it; not counted`,
  'client.damaged': () => 'markup that can not be read; reading went on behind it',
  'client.notClosed': () => 'the file ends inside a sample: the test was killed or the file was cut',
  'client.noEndTag': () => 'the file ends without </testResults>: the test was killed; all samples are whole',
  'client.givenUp': () => 'too much damage: the rest of the file was not read',
  'client.transactionsAlone': ({ n }, w) =>
    `${w.count(n, 'transaction', 'transactions')} whose samples are not in the file; each is counted as one request`,
  'client.stampsUnreadable': ({ n }, w) =>
    `${w.count(n, 'time stamp is', 'time stamps are')} no possible date; those samples are counted and have no time`,
  'client.tooManyLabels': ({ n }, w) => `more than ${w.number(n)} different labels; the rest are not told apart`,
};
