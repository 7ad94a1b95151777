import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Options } from './arguments';
import type { Material, PassTask } from './pass-task';
import { createPassRunner } from './pass-task';
import type { PassRecord } from './result';

export interface DoneTask {
  readonly task: PassTask;
  readonly record: PassRecord;
}

/**
 * Makes all passes, `options.jobs` at a time in processes of their own, and tells of each as it is done. One job
 * stays in this process. Rejects where a process fails.
 */
export async function runPasses(
  tasks: readonly PassTask[],
  material: Material,
  options: Options,
  onDone: (done: DoneTask) => void,
): Promise<void> {
  if (options.jobs === 1) {
    const run = createPassRunner(material, options);
    for (const task of tasks) onDone({ task, record: run(task) });
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
  const sendNext = (): void => {
    const task = queue.shift();
    if (task === undefined) child.disconnect();
    else child.send(task);
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
  child.send(options);
  sendNext();
  return promise;
}
