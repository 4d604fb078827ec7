import { type RunTask, runTask } from './build-run.js';
import { serveTasks } from './pool-worker.js';

serveTasks<RunTask, Awaited<ReturnType<typeof runTask>>>(runTask);
