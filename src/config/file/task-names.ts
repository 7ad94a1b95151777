import * as l10n from '@vscode/l10n';
import { familyOf, taskFamilies } from '../../core/features/task-kind';
import { taskKinds } from '../../core/terms/task';
import { nearWord } from './near-word';

/** What quality can be stated for: families of tasks, then kinds of them. */
export const taskNames: readonly string[] = [...taskFamilies, ...taskKinds];

/** A family or a kind of task, in one line of Markdown; undefined where it is neither. */
export function describeTask(name: string): string | undefined {
  const family = taskFamilies.find((each) => each === name);
  if (family !== undefined) {
    const own = taskKinds.filter((kind) => familyOf(kind) === family).map((kind) => `\`${kind}\``);
    return l10n.t('Expected quality, from 0 to 1, of answers to {0}.', own.join(', '));
  }
  const kind = taskKinds.find((each) => each === name);
  if (kind === undefined) return undefined;
  return l10n.t(
    'Expected quality, from 0 to 1, for this kind of task. It goes before that of {0}.',
    `\`${familyOf(kind)}\``,
  );
}

/** The name that was probably meant: but for a letter, capitals or the marks between words; else one with its words. */
export function nearTask(written: string): string | undefined {
  const name = written
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[\s_.-]+/g, '-');
  const near = taskNames.find((each) => each === name) ?? nearWord(name, taskNames);
  if (near !== undefined) return near;
  const words = name.split('-');
  const shared = (each: string): number => each.split('-').filter((word) => words.includes(word)).length;
  const [best] = taskNames.toSorted((a, b) => shared(b) - shared(a));
  return best !== undefined && shared(best) > 0 ? best : undefined;
}
