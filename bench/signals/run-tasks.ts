import type { PassMaker } from '../routing/pass-pool';
import { runPasses } from '../routing/pass-pool';
import { progressLine } from '../routing/report';
import type { PassKey, PassStore } from './pass-store';

/** Makes those of the passes that aren't in the store, and keeps them there. In the order of the tasks. */
export async function runTasks<Options extends { readonly jobs: number }, Task, Figures>(
  tasks: readonly Task[],
  options: Options,
  maker: PassMaker<Options, Task, Figures>,
  store: PassStore<Figures>,
  keyOf: (task: Task) => PassKey,
): Promise<readonly { readonly task: Task; readonly figures: Figures }[]> {
  const left = tasks.filter((task) => store.get(keyOf(task)) === undefined);
  let done = tasks.length - left.length;
  // One after the other, so that no line is written into another.
  let writing = Promise.resolve();
  await runPasses(left, options, maker, ({ task, figures }) => {
    const key = keyOf(task);
    writing = writing.then(() => store.add(key, figures));
    done += 1;
    progressLine(done, tasks.length, Object.values(key).slice(0, 4).join(', '));
  });
  await writing;
  return tasks.map((task) => {
    const figures = store.get(keyOf(task));
    if (figures === undefined) throw new Error('A pass was not made.');
    return { task, figures };
  });
}
