import * as l10n from '@vscode/l10n';
import type { HistoryChange } from '../../core/replay/history-change';
import type { Configuration } from '../../core/terms/configuration';
import type { Deployment } from '../../core/terms/deployment';
import { presetNames } from '../../core/terms/preset';
import type { ReplayChange, ReplayForm } from '../../webview/protocol/replay';
import { countText } from '../stats/board/figures';

/** Values of the choice of models; a pool's name comes behind its prefix. */
const asThen = 'then';
const asToday = 'today';
const poolPrefix = 'pool:';

/** What there is to change, as configured now. */
export function replayForm(
  { pools, preset }: Pick<Configuration, 'pools' | 'preset'>,
  isPriced: (deployment: Deployment) => boolean,
): ReplayForm {
  return {
    type: 'form',
    presets: [preset, ...presetNames.filter((name) => name !== preset)].map((name) => ({
      value: name,
      label: name === preset ? l10n.t('{0} (as configured)', name) : name,
    })),
    models: [
      { value: asThen, label: l10n.t('those that could be chosen then') },
      { value: asToday, label: l10n.t('all of today’s, from the start') },
      ...(pools.length < 2 ? [] : pools).map(({ name }) => ({
        value: `${poolPrefix}${name}`,
        label: l10n.t('those of pool {0}', name),
      })),
    ],
    deployments: pools.flatMap(({ name, deployments }) =>
      deployments.map((deployment) => ({ id: deployment.id, pool: name, priced: isPriced(deployment) })),
    ),
  };
}

/** What the page asks for; what it names and there isn't is left out. */
export function changeOf(
  { preset, models, without: ids, priceFactors }: ReplayChange,
  configuration: Pick<Configuration, 'pools' | 'preset'>,
): HistoryChange {
  const known = new Set(configuration.pools.flatMap(({ deployments }) => deployments.map(({ id }) => id)));
  const without = ids.filter((id) => known.has(id));
  const name = presetNames.find((each) => each === preset);
  const pool = configuration.pools.find((each) => `${poolPrefix}${each.name}` === models)?.name;
  const factors = Object.entries(priceFactors).filter(([id, factor]) => known.has(id) && factor !== 1);
  return {
    ...(name !== undefined && name !== configuration.preset && { preset: name }),
    ...(models === asToday && { models: 'today' as const }),
    ...(pool !== undefined && { models: { pool } }),
    ...(without.length > 0 && { without }),
    ...(factors.length > 0 && { priceFactors: new Map(factors) }),
  };
}

/** "preset quality, without gpt-mini"; undefined: nothing is changed. */
export function changeText({
  preset,
  models,
  without = [],
  priceFactors,
}: HistoryChange): string | undefined {
  const parts = [
    ...(preset === undefined ? [] : [l10n.t('preset {0}', preset)]),
    ...(models === undefined
      ? []
      : [
          models === 'today'
            ? l10n.t('all of today’s models from the start')
            : l10n.t('the models of pool {0}', models.pool),
        ]),
    ...(without.length === 0 ? [] : [l10n.t('without {0}', without.join(', '))]),
    ...Array.from(priceFactors ?? [], ([id, factor]) =>
      l10n.t('{0} at {1} times its price', id, countText(factor)),
    ),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}
