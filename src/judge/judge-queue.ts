/** Runs one job at a time, in the background. */
interface JudgeQueue<Job> {
  /** `first`: before those that wait. Where too many wait, the last one goes. */
  add(job: Job, first: boolean): void;
  /** Moves the job that `matches` to the front, where one waits. */
  promote(matches: (job: Job) => boolean): void;
  /** Drops what waits; resolves when what runs has ended. */
  close(): Promise<void>;
}

/** More than that is not judged in time anyway, and its texts are held meanwhile. */
const mostWaiting = 20;

/** `run` must not reject. */
export function createJudgeQueue<Job>(run: (job: Job) => Promise<void>): JudgeQueue<Job> {
  const waiting: Job[] = [];
  let running: Promise<void> | undefined;
  let closed = false;

  async function runAll(): Promise<void> {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await run(job);
    running = undefined;
  }

  return {
    add: (job, first) => {
      if (closed) return;
      if (first) waiting.unshift(job);
      else waiting.push(job);
      if (waiting.length > mostWaiting) waiting.pop();
      running ??= runAll();
    },
    promote: (matches) => {
      const at = waiting.findIndex(matches);
      if (at > 0) waiting.unshift(...waiting.splice(at, 1));
    },
    close: async () => {
      closed = true;
      waiting.length = 0;
      await running;
    },
  };
}
