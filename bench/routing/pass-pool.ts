import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Options } from './arguments';
import type { PassFigures } from './pass-figures';
import type { PassTask } from './pass-task';
import { createPassRunner } from './pass-task';
import type { WorkerMessage } from './pass-worker';

export interface DoneTask {
  readonly task: PassTask;
  readonly figures: PassFigures;
}

/**
 * Makes all passes, `options.jobs` at a time in processes of their own, and tells of each as it is done. One job
 * stays in this process. Rejects where a process fails.
 */
export async function runPasses(
  tasks: readonly PassTask[],
  options: Options,
  onDone: (done: DoneTask) => void,
): Promise<void> {
  if (options.jobs === 1) {
    const run = createPassRunner(options);
    for (const task of tasks) onDone({ task, figures: await run(task) });
    return;
  }
  const queue = [...tasks];
  await Promise.all(
    Array.from({ length: Math.min(options.jobs, tasks.length) }, () => runInProcess(queue, options, onDone)),
  );
}

function runInProcess(queue: PassTask[], options: Options, onDone: (done: DoneTask) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const child = fork(fileURLToPath(new URL('pass-worker.ts', import.meta.url)), {
    serialization: 'advanced',
  });
  const send = (message: WorkerMessage): void => void child.send(message);
  const sendNext = (): void => {
    const task = queue.shift();
    if (task === undefined) child.disconnect();
    else send({ task });
  };
  child.on('message', (done: DoneTask) => {
    onDone(done);
    sendNext();
  });
  child.on('error', reject);
  child.on('exit', (code) => {
    if (code === 0) resolve(undefined);
    else reject(new Error(`A benchmark process ended with ${String(code)}.`));
  });
  send({ options });
  sendNext();
  return promise;
}
