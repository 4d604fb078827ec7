/**
 * What a build costs: a client-only JTL of a million samples against papaparse alone, and many small runs at once.
 * `npm run bench [samples]`; the figures are for reading, nothing fails.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeJtl } from './make-jtl.mjs';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const PAPAPARSE = fileURLToPath(new URL('./papaparse-alone.mjs', import.meta.url));
const SAMPLES = Number(process.argv[2] ?? 1_000_000);
const MANY_RUNS = 40;
const SMALL_SAMPLES = 1_000;

/** Runs a script in a process of its own, which writes at its end what it used. */
async function measure(dir, argv) {
  const usage = join(dir, 'usage.json');
  const hook = `import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(${JSON.stringify(usage)}, JSON.stringify(process.resourceUsage())));`;
  const started = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, ...argv],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(await readFile(usage, 'utf8'));
  return {
    cpu: (userCPUTime + systemCPUTime) / 1e6,
    rss: maxRSS / 1024,
    seconds: (performance.now() - started) / 1000,
  };
}

function print(what, { cpu, rss, seconds }) {
  const [a, b, c] = [cpu.toFixed(2), rss.toFixed(0), seconds.toFixed(2)];
  console.log(`${what.padEnd(44)} ${a.padStart(7)} s CPU ${b.padStart(6)} MB peak ${c.padStart(7)} s`);
}

const dir = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  await mkdir(join(dir, 'big'));
  await makeJtl(join(dir, 'big', 'client.jtl'), SAMPLES);
  const alone = await measure(dir, [PAPAPARSE, join(dir, 'big', 'client.jtl')]);
  print(`papaparse alone, ${SAMPLES} samples, rows as lists`, alone);
  const named = await measure(dir, [PAPAPARSE, join(dir, 'big', 'client.jtl'), 'header']);
  print('papaparse alone, columns by their names', named);
  const build = (input, format) =>
    measure(dir, [CLI, 'build', join(dir, input), '-o', join(dir, 'out'), '--format', format]);
  print('inspect', await measure(dir, [CLI, 'inspect', join(dir, 'big')]));
  print('build --format json', await build('big', 'json'));
  const whole = await build('big', 'html,json');
  print('build --format html,json', whole);
  const times = ({ cpu }) => (whole.cpu / cpu).toFixed(1);
  console.log(`CPU of the build: ${times(alone)} times papaparse alone with lists, ${times(named)} times with names`);
  for (let n = 0; n < MANY_RUNS; n++) {
    await mkdir(join(dir, 'many', `run-${n}`), { recursive: true });
    await makeJtl(join(dir, 'many', `run-${n}`, 'client.jtl'), SMALL_SAMPLES);
    await writeFile(join(dir, 'many', `run-${n}`, 'run.yaml'), `title: Run ${n}\n`);
  }
  print(`build --format html,json, ${MANY_RUNS} runs of ${SMALL_SAMPLES}`, await build('many', 'html,json'));
} finally {
  await rm(dir, { recursive: true, force: true });
}
