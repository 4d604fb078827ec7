import { parentPort } from 'node:worker_threads';

/** Doubles a number, never answers to `hang`, dies of `die`. */
parentPort.on('message', (input) => {
  if (input === 'hang') return;
  if (input === 'die') throw new Error('as told');
  parentPort.postMessage({ value: input * 2 });
});
