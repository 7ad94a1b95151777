import * as l10n from '@vscode/l10n';
import { h } from '../dom';
import type { PoolStatsView } from '../protocol/stats';

/** How far the first phase of a pool is; nothing once it is over. The phase in words stands beside it. */
export function phaseProgress({ pool, phase, phaseProgress01 }: PoolStatsView): HTMLElement | undefined {
  if (phaseProgress01 === undefined) return undefined;
  return h('progress', {
    max: 1,
    value: phaseProgress01,
    'aria-label': l10n.t('First phase of pool {0}: {1}', pool, phase),
  });
}
