import { setImmediate } from 'node:timers/promises';

/** Lets others have their turn, where the last one was long ago: called between the steps of long work. */
export type Breathe = () => Promise<void> | undefined;

/** How long a thread may be kept from answering. */
const turnMs = 10;

export function breather(): Breathe {
  let since = performance.now();
  return () => {
    if (performance.now() - since < turnMs) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}
