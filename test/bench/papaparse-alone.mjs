import { createReadStream } from 'node:fs';
import Papa from 'papaparse';

/** Reads a file with papaparse and does nothing with it. */
let rows = 0;
Papa.parse(createReadStream(process.argv[2]), {
  chunk: ({ data }) => {
    rows += data.length;
  },
  complete: () => console.log(rows),
});
