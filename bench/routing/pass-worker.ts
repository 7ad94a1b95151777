import type { Options } from './arguments';
import type { PassTask } from './pass-task';
import { createPassRunner, readMaterial } from './pass-task';

/** A process of its own that makes the passes it is sent. The first message holds the options. */

let run: Promise<ReturnType<typeof createPassRunner>> | undefined;

process.on('message', (message: Options | PassTask) => {
  if ('corpus' in message) {
    run = readMaterial(message).then((material) => createPassRunner(material, message));
    return;
  }
  void run?.then(
    (runPass) => process.send?.({ task: message, record: runPass(message) }),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
