import type { Clock } from './ports';

/** Work in small steps. Between two of them others may have their turn: whoever runs it says when. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** All steps at once. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** So long a thread is held up at a time: a frame has 16 ms, and others want theirs too. */
const sliceMs = 4;

/** Step after step, with a pause where the steps since the last one took long enough. Rejects with what a step throws. */
export async function inSlices<Result>(
  steps: Steps<Result>,
  clock: Pick<Clock, 'monotonicMs' | 'pause'>,
): Promise<Result> {
  let fromMs = clock.monotonicMs();
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (clock.monotonicMs() - fromMs < sliceMs) continue;
    await clock.pause?.();
    fromMs = clock.monotonicMs();
  }
}
