import type { Random } from '../../../../src/core/terms/ports';
import { healthyErrands } from './healthy-errands';
import { healthyWork } from './healthy-work';
import type { ScriptedLoop, Sort } from './loop-parts';
import { stage } from './stage';

/**
 * Loops that get on, as public transcripts and bug reports of agents show them: also those that detectors of repetition
 * took for stuck ones (polling, reading long output piece by piece, the same check after each edit, retries).
 */

const healthySorts: readonly Sort[] = [...healthyWork, ...healthyErrands];

/** So many loops of each sort. */
export function healthyLoops(each: number, seedOf: (number: number) => Random): readonly ScriptedLoop[] {
  return healthySorts.flatMap(({ name, play }, sort) =>
    Array.from({ length: each }, (_, index) => {
      const on = stage(seedOf(1_000 * (sort + 1) + index));
      play(on);
      return { name: `${name} (${String(index)})`, messages: on.messages };
    }),
  );
}
