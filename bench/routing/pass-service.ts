import type { CreateRunner, WorkerMessage } from './pass-pool';

/** Makes the passes that this process is sent by `runPasses`, until it is let go. */
export function servePasses<Options, Task, Figures>(
  createRunner: CreateRunner<Options, Task, Figures>,
): void {
  let run: ((task: Task) => Promise<Figures>) | undefined;
  process.on('message', (message: WorkerMessage<Options, Task>) => {
    if ('options' in message) {
      run = createRunner(message.options);
      return;
    }
    const { task } = message;
    void run?.(task).then(
      (figures) => process.send?.({ task, figures }),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
