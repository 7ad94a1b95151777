import * as l10n from '@vscode/l10n';
import { meanQuality, meanUsdOf, sum } from '../../../core/stats/facts-sums';
import type { CostAndQuality, dominating } from '../../../core/stats/pareto';
import type { ModelFacts } from '../../../core/terms/facts';
import type { ScatterView } from '../../../webview/protocol/stats-board';
import { formatUsd } from '../../shown/format';
import { countText, intervalOf, qualityText } from './figures';

interface Standing extends CostAndQuality {
  readonly error: number;
  readonly answers: number;
  readonly answered: number;
}

/** What a request to each model cost, against how good its answers were; who is on the front, and where all of them are. */
export function scatterView(
  groups: readonly ModelFacts[],
  preset: string,
  dominatingOf: typeof dominating<Standing>,
): ScatterView {
  const simulated = groups.filter(({ kind }) => kind === 'simulated');
  // Pretended prices beside real ones would compare nothing.
  const compared =
    simulated.length < groups.length ? groups.filter(({ kind }) => kind !== 'simulated') : groups;
  const byModel = [...Map.groupBy(compared, ({ model }) => model)];
  const all = byModel.map(([model, own]) => ({ model, standing: standingOf(model, own) }));
  const standings = all.flatMap(({ standing }) => standing ?? []);
  const mixLabel = l10n.t('all answers ({0})', preset);
  const mix = byModel.length < 2 ? undefined : standingOf(mixLabel, compared);
  const points = standings.map((standing) => {
    const better = dominatingOf(standing, standings);
    return { standing, better };
  });
  const missing = all.filter(({ standing }) => standing === undefined).map(({ model }) => model);
  return {
    points: [
      ...points.map(({ standing, better }) => pointOf(standing, better === undefined ? 'front' : 'behind')),
      ...(mix === undefined ? [] : [pointOf(mix, 'mix')]),
    ],
    notes: [
      ...points.flatMap(({ standing, better }) =>
        better === undefined ? [] : [behindText(standing, better)],
      ),
      ...(simulated.length === 0
        ? []
        : compared === groups
          ? [l10n.t('All of these prices are simulated.')]
          : [l10n.t('Models with simulated prices are left out.')]),
      ...(missing.length > 0
        ? [l10n.t('Not shown, as their cost or quality is not known: {0}.', missing.join(', '))]
        : []),
    ],
    table: {
      columns: [
        l10n.t('Model'),
        l10n.t('Mean cost'),
        l10n.t('Quality'),
        l10n.t('Answers told of'),
        l10n.t('On the front'),
      ],
      rows: [...points, ...(mix === undefined ? [] : [{ standing: mix, better: undefined }])].map(
        ({ standing, better }) => [
          standing.label,
          formatUsd(standing.usd),
          qualityText({ quality01: standing.quality01, qualityError: standing.error }),
          l10n.t('{0} of {1}', countText(standing.answers), countText(standing.answered)),
          standing === mix
            ? '–'
            : better === undefined
              ? l10n.t('yes')
              : l10n.t('no: {0} is not worse, and not dearer', better.label),
        ],
      ),
    },
  };
}

/** Undefined where no cost is known, or no quality. */
function standingOf(label: string, groups: readonly ModelFacts[]): Standing | undefined {
  const usd = meanUsdOf(groups);
  const answered = sum(groups, (group) => group.answered);
  const { quality01, qualityError, answers } = meanQuality(groups);
  if (usd === undefined || quality01 === undefined || qualityError === undefined) return undefined;
  return { label, usd, quality01, error: qualityError, answers, answered };
}

function pointOf(
  { label, usd, quality01, error, answers }: Standing,
  kind: ScatterView['points'][number]['kind'],
): ScatterView['points'][number] {
  const interval = intervalOf(quality01, error);
  return {
    label,
    usd,
    quality01,
    ...interval,
    kind,
    says: l10n.t(
      '{0}: quality {1}, likely {2} to {3}, at {4} a request; by {5} answers.',
      label,
      quality01.toFixed(2),
      interval.low01.toFixed(2),
      interval.high01.toFixed(2),
      formatUsd(usd),
      countText(answers),
    ),
  };
}

/** Two standard errors of the difference or more are no chance. */
const sureErrors = 2;

function behindText(standing: Standing, better: Standing): string {
  const apart = better.quality01 - standing.quality01;
  const sure = apart >= sureErrors * Math.hypot(standing.error, better.error);
  return sure
    ? l10n.t(
        '{0} is not worth it here: {1} is better ({2}, not {3}) and costs {4} a request instead of {5}.',
        standing.label,
        better.label,
        better.quality01.toFixed(2),
        standing.quality01.toFixed(2),
        formatUsd(better.usd),
        formatUsd(standing.usd),
      )
    : l10n.t(
        '{0} does not look worth it so far: {1} is not worse by what is known ({2}, not {3}) and costs {4} a request instead of {5}. More ratings would tell.',
        standing.label,
        better.label,
        better.quality01.toFixed(2),
        standing.quality01.toFixed(2),
        formatUsd(better.usd),
        formatUsd(standing.usd),
      );
}
