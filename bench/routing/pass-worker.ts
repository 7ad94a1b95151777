import type { Options } from './arguments';
import type { PassTask } from './pass-task';
import { createPassRunner } from './pass-task';

/** A process of its own that makes the passes it is sent. The first message holds the options. */

export type WorkerMessage = { readonly options: Options } | { readonly task: PassTask };

let run: ReturnType<typeof createPassRunner> | undefined;

process.on('message', (message: WorkerMessage) => {
  if ('options' in message) {
    run = createPassRunner(message.options);
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
