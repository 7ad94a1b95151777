import * as l10n from '@vscode/l10n';
import type { Pool } from '../core/terms/deployment';
import { shown } from './shown-text';

/** The ids in a `judge.model`: one, or several with commas between them. An id that holds a comma is taken whole. */
export function judgesIn(written: string, pools: readonly Pool[]): readonly string[] {
  const text = written.trim();
  if (text === '') return [];
  if (idsOf(pools).has(text)) return [text];
  const parts = text.split(',').map((part) => part.trim());
  return [...new Set(parts)].filter((part) => part !== '');
}

/** What is wrong with a judge that is turned on: nothing would be judged by what it names. Undefined: all is well. */
export function judgeProblem(
  { enabled, models }: { readonly enabled: boolean; readonly models: readonly string[] },
  pools: readonly Pool[],
): string | undefined {
  if (!enabled) return undefined;
  if (models.length === 0) return l10n.t('there is no judge.model: nothing is judged');
  const ids = idsOf(pools);
  const missing = models.filter((id) => !ids.has(id));
  return missing.length === 0
    ? undefined
    : l10n.t(
        'there is no model with the id {0}: it judges nothing',
        missing.map((id) => shown(id)).join(', '),
      );
}

function idsOf(pools: readonly Pool[]): ReadonlySet<string> {
  return new Set(pools.flatMap(({ deployments }) => deployments.map(({ id }) => id)));
}
