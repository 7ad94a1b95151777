import * as l10n from '@vscode/l10n';
import type { MoneySaved } from '../../../core/stats/savings/money-saved';
import type { PlanGrounds } from '../../../core/stats/savings/measure-plan';
import { measurePlan, preciseHalfWidth } from '../../../core/stats/savings/measure-plan';
import type { Measure } from '../../../core/terms/configuration';
import type { QualitySaved } from '../../../core/terms/quality-savings';
import type { SavingsView } from '../../../webview/protocol/stats-board';
import { aboutUsd } from '../../shown/format';
import { countText } from './figures';

/** Shares that are offered; any other from 1 to 20 % can be written into the file. */
export const offeredShares = [0.02, 0.03, 0.05] as const;

/** What the page offers beside the measured figure: to measure its model, or no longer. Undefined: no model is chosen. */
export function measureOffer(
  quality: QualitySaved | undefined,
  measure: Measure | undefined,
): SavingsView['measure'] {
  if (quality === undefined) return undefined;
  const { model } = quality;
  if (measure?.against === model)
    return {
      ...{ model, on: true },
      says: l10n.t(
        '{0} of the requests go to {1} by chance, to measure it.',
        shareText(measure.share),
        model,
      ),
      label: l10n.t('Stop measuring {0}', model),
    };
  return {
    ...{ model, on: false },
    says:
      measure === undefined
        ? l10n.t('To measure it, a share of the requests would have to go to {0} by chance.', model)
        : l10n.t('{0} is measured now, and only one model can be at a time.', measure.against),
    label: l10n.t('Measure against {0}…', model),
  };
}

/** What is known of a pool and of one of its models, before that is measured. */
export interface MeasureGrounds extends PlanGrounds {
  readonly pool: string;
  readonly model: string;
  /** Of a request with it, and as a rule, in USD; undefined: unknown. */
  readonly otherUsd: number | undefined;
  readonly usualUsd: number | undefined;
}

export function measureGrounds(quality: QualitySaved, money: readonly MoneySaved[]): MeasureGrounds {
  const { pool, model, own, told } = quality;
  const saved = money.find(
    ({ comparator }) =>
      comparator.kind === 'always' && comparator.pool === pool && comparator.model === model,
  );
  const { requests = 0, compared = 0, otherUsd = 0, paidUsd = 0 } = saved ?? {};
  return {
    ...{ pool, model },
    otherUsd: compared === 0 ? undefined : otherUsd / compared,
    usualUsd: compared === 0 ? undefined : paidUsd / compared,
    own01: requests === 0 ? undefined : Math.min(1, own / requests),
    told01: own === 0 ? undefined : told / own,
  };
}

/** What is said before a model is measured: how, at which price, and how many requests it takes. */
export function measureTerms(grounds: MeasureGrounds): readonly string[] {
  const { pool, model, otherUsd, usualUsd } = grounds;
  return [
    l10n.t(
      'A share of the requests to {0} goes to {1} by chance, whatever its score: not where you name a model, where a prompt cache holds the conversation, or within an agent’s loop. Budgets and limits hold. It is router.measure in your conduit.yaml.',
      pool,
      model,
    ),
    otherUsd === undefined || usualUsd === undefined
      ? l10n.t('What a request costs with {0} is not known yet.', model)
      : l10n.t(
          'A request costs {0} with {1}, as far as can be told, and {2} as a rule.',
          aboutUsd(otherUsd),
          model,
          aboutUsd(usualUsd),
        ),
    ...offeredShares.map((share) => shareTerms(share, grounds)),
    grounds.told01 === undefined || grounds.told01 === 0
      ? l10n.t(
          'That is where every answer is told of, by a rating for example; of fewer, it takes as many times more.',
        )
      : l10n.t('That is if something is told of {0} of the answers, as so far.', shareText(grounds.told01)),
  ];
}

function shareTerms(share: number, grounds: MeasureGrounds): string {
  const { untilShown, untilPrecise } = measurePlan(share, grounds);
  const { otherUsd, usualUsd, own01 = 1 } = grounds;
  const width = preciseHalfWidth.toFixed(2);
  const [first, precise] = [aboutCount(untilShown), aboutCount(untilPrecise)];
  if (otherUsd === undefined || usualUsd === undefined)
    return l10n.t(
      '{0}: a number after about {1} requests, to ±{2} after about {3}.',
      shareText(share),
      first,
      width,
      precise,
    );
  const more = Math.max(0, 100 * share * own01 * (otherUsd - usualUsd));
  return l10n.t(
    '{0}: {1} more for 100 requests; a number after about {2} requests, to ±{3} after about {4}.',
    shareText(share),
    aboutUsd(more),
    first,
    width,
    precise,
  );
}

/** To two digits. */
function aboutCount(count: number): string {
  return countText(Number(count.toPrecision(2)));
}

export function shareText(share: number): string {
  return l10n.t('{0} %', Number((100 * share).toFixed(1)));
}
