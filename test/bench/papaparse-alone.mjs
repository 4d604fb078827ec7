import { createReadStream } from 'node:fs';
import Papa from 'papaparse';

/** Reads a file with papaparse and does nothing with it; `header` as the second argument asks for rows with named columns. */
const [, , path, header] = process.argv;
let rows = 0;
Papa.parse(createReadStream(path), {
  header: header === 'header',
  chunk: ({ data }) => {
    rows += data.length;
  },
  complete: () => console.log(rows),
});
