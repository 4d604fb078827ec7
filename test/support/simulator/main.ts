import { cp } from 'node:fs/promises';
import { accuracyOf, GRADES, QUESTIONS, type Tally } from './accuracy.js';
import { trial } from './run.js';
import { ABLATIONS, CLEAN, type Wanted } from './scenarios.js';
import { filesOf, withFolder } from './write-run.js';

/**
 * `npm run accuracy -- [from] [to] [--clean] [--list] [--keep SEED DIR]`: simulates the runs of these seeds, and prints how many answers were
 * right. `--list` names every seed whose answer is not; `--keep` writes one run's
 * folder.
 */
async function main(args: readonly string[]): Promise<void> {
  const [from = 0, to = 500] = args.slice(0, 2).map(Number);
  const without = ABLATIONS[args[args.indexOf('--without') + 1] as keyof typeof ABLATIONS];
  const wanted: Wanted = {
    ...(args.includes('--clean') ? CLEAN : {}),
    ...(args.includes('--without') ? { recording: without } : {}),
    ...(args.includes('--lost')
      ? { damage: { lostLines: Number(args[args.indexOf('--lost') + 1]), mergedLines: 0 } }
      : {}),
    ...(args.includes('--every') ? { recording: { everyMs: Number(args[args.indexOf('--every') + 1]) } } : {}),
  };
  const keep = args.indexOf('--keep');
  if (keep >= 0) return keepRun(Number(args[keep + 1]), args[keep + 2]!, wanted);
  const started = process.hrtime.bigint();
  const tally = await accuracyOf(from, to, wanted, ({ setup, score }) => {
    if (!args.includes('--list')) return;
    for (const question of QUESTIONS) {
      const { grade, why } = score[question];
      if (grade !== 'right' && (grade !== 'honest' || args.includes('--all'))) {
        const { server, recording, damage } = setup;
        process.stdout.write(
          `${setup.seed} ${question} ${grade}: ${why} | ${server.workers} c${server.capacity} ${server.admission.kind} ${recording.log} res ${recording.resolution} lost ${damage.lostLines} merged ${damage.mergedLines.toFixed(3)}\n`,
        );
      }
    }
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  process.stdout.write(`${tableOf(tally)}\n${to - from} runs in ${seconds.toFixed(1)} s\n`);
}

async function keepRun(seed: number, dir: string, wanted: Wanted): Promise<void> {
  const { setup, world, truth, run } = await trial(seed, wanted);
  await withFolder(filesOf(setup, world), (from) => cp(from, dir, { recursive: true }));
  process.stdout.write(`${JSON.stringify({ setup, truth, clock: run.clock, findings: run.findings }, null, 1)}\n`);
}

function tableOf(tally: Tally): string {
  const head = ['', ...GRADES].map((text, i) => (i === 0 ? text.padEnd(16) : text.padStart(8))).join('');
  const rows = QUESTIONS.map(
    (question) => question.padEnd(16) + GRADES.map((grade) => String(tally[question][grade]).padStart(8)).join(''),
  );
  return [head, ...rows].join('\n');
}

await main(process.argv.slice(2));
