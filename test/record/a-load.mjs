// A load to be recorded: `node a-load.mjs PORT FILE COUNT`. Sends COUNT requests one after another; COUNT `forever` hangs.
import { writeFileSync } from 'node:fs';
import { get } from 'node:http';

const [, , port, file, count] = process.argv;
if (count === 'forever') setInterval(() => {}, 1000);
console.log('load begins');
const rows = ['timeStamp,elapsed,label,responseCode,success,URL'];
for (let id = 1; id <= Number(count); id++) {
  const begun = Date.now();
  const url = `http://127.0.0.1:${port}/?id=${id}`;
  const code = await new Promise((resolve) => {
    get(url, { agent: false }, (response) => response.resume().on('end', () => resolve(response.statusCode))).on(
      'error',
      (error) => resolve(error.code),
    );
  });
  rows.push(`${begun},${Date.now() - begun},GET,${code},${code === 200},${url}`);
}
writeFileSync(file, `${rows.join('\n')}\n`);
