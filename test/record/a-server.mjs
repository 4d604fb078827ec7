// A server to be recorded: `node a-server.mjs PORT [until FILE] [deaf] [child] [silent] [dies]`. Answers after 50 ms.
//   until FILE: answers when the file is there
//   deaf: does not end on TERM   child: starts a process that would outlive it   dies: ends after its first answer
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';

const [, , port, ...ways] = process.argv;
const file = ways.includes('until') && ways[ways.indexOf('until') + 1];
const say = (text) => ways.includes('silent') || console.log(`${new Date().toISOString()} - main: ${text}`);
if (ways.includes('deaf')) process.on('SIGTERM', () => say('TERM ignored'));
if (ways.includes('child')) {
  const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], {
    stdio: 'ignore',
  });
  say(`child ${child.pid}`);
}
createServer((request, response) => {
  const id = new URL(request.url, 'http://x').searchParams.get('id');
  say(`#1 processing request id[${id}], sleeping...`);
  const answer = () => {
    if (file && !existsSync(file)) return setTimeout(answer, 20);
    say(`done request id[${id}]`);
    response.end('done\n', () => ways.includes('dies') && process.exit(3));
  };
  setTimeout(answer, 50);
}).listen(Number(port), '127.0.0.1', () =>
  process.stderr.write(`listening, secret in the environment: ${process.env.SECRET_OF_TEST ?? 'none'}\n`),
);
