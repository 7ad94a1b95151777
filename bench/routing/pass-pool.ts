import { fork } from 'node:child_process';

/** How passes of one kind are made. What goes to a process and comes back from it is plain data. */
export interface PassMaker<Options, Task, Figures> {
  /** A module that calls `servePasses` with the same `createRunner`: what a process of its own runs. */
  readonly worker: URL;
  readonly createRunner: CreateRunner<Options, Task, Figures>;
}

/** Makes passes one after the other. */
export type CreateRunner<Options, Task, Figures> = (options: Options) => (task: Task) => Promise<Figures>;

export interface DoneTask<Task, Figures> {
  readonly task: Task;
  readonly figures: Figures;
}

/** To a process: the options once, then a task at a time. */
export type WorkerMessage<Options, Task> = { readonly options: Options } | { readonly task: Task };

/**
 * Makes all passes, `options.jobs` at a time in processes of their own, and tells of each as it is done. One job
 * stays in this process. Rejects where a process fails.
 */
export async function runPasses<Options extends { readonly jobs: number }, Task, Figures>(
  tasks: readonly Task[],
  options: Options,
  { worker, createRunner }: PassMaker<Options, Task, Figures>,
  onDone: (done: DoneTask<Task, Figures>) => void,
): Promise<void> {
  if (options.jobs === 1) {
    const run = createRunner(options);
    for (const task of tasks) onDone({ task, figures: await run(task) });
    return;
  }
  const queue = [...tasks];

  function runInProcess(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const child = fork(worker, { serialization: 'advanced' });
    const send = (message: WorkerMessage<Options, Task>): void => void child.send(message);
    const sendNext = (): void => {
      const task = queue.shift();
      if (task === undefined) child.disconnect();
      else send({ task });
    };
    child.on('message', (done: DoneTask<Task, Figures>) => {
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

  await Promise.all(Array.from({ length: Math.min(options.jobs, tasks.length) }, runInProcess));
}
