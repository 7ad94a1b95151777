import * as l10n from '@vscode/l10n';
import type { Comparator, LeftOut, MoneySaved } from '../../../core/stats/savings/money-saved';
import { fewestAnswers } from '../../../core/stats/savings/answer-lengths';
import type { Measure } from '../../../core/terms/configuration';
import type { QualitySaved } from '../../../core/terms/quality-savings';
import type { SavingsView } from '../../../webview/protocol/stats-board';
import { aboutUsd, formatUsd } from '../../shown/format';
import { countText, percentText } from './figures';
import { measureOffer } from './measure-offer';
import { qualityFigures } from './quality-figures';
import type { SavedFigure } from './tiles';

/** What the page says of savings. */
export interface Savings {
  readonly money: readonly MoneySaved[];
  /** Undefined: quality is told against one model alone. */
  readonly quality: QualitySaved | undefined;
  /** As configured: the model that gets a share of the requests by chance. */
  readonly measure?: Measure | undefined;
}

/** Those that something can be said of. */
const toldIn = (all: readonly MoneySaved[]): readonly MoneySaved[] =>
  all.filter(({ compared }) => compared > 0);

/** Of those that something can be said of the one that the page names, else the dearest. */
export function chosenOf(all: readonly MoneySaved[], against: string): MoneySaved | undefined {
  const told = toldIn(all);
  return (
    told.find(({ comparator }) => valueOf(comparator) === against) ??
    told.find(({ comparator }) => comparator.kind === 'dearest') ??
    told[0]
  );
}

/** "about $12.30 [9.80–14.10]", "against always claude-opus". */
export function savedFigure(all: readonly MoneySaved[], against: string): SavedFigure {
  const chosen = chosenOf(all, against);
  if (chosen === undefined) return { value: '–', notes: [whyNothing(all)] };
  return {
    value: amountText(chosen),
    notes: [againstText(chosen.comparator, all), l10n.t('money alone: quality is apart')],
  };
}

function whyNothing(all: readonly MoneySaved[]): string {
  const whole = all.find(({ comparator }) => comparator.kind === 'random');
  return whole !== undefined && whole.requests > 0 && whole.leftOut.simulated === whole.requests
    ? l10n.t('simulated prices are no money')
    : l10n.t('needs prices of the models that did not answer');
}

/** Undefined: there is nothing to compare. */
export function savingsView(
  { money: all, quality, measure }: Savings,
  against: string,
): SavingsView | undefined {
  const chosen = chosenOf(all, against);
  if (chosen === undefined) return undefined;
  const offer = measureOffer(quality, measure);
  return {
    ...(offer && { measure: offer }),
    against: valueOf(chosen.comparator),
    choices: toldIn(all).map(({ comparator }) => ({
      value: valueOf(comparator),
      label: againstText(comparator, all),
    })),
    says: saysOf(chosen, all),
    notes: notesOf(chosen),
    quality: qualityFigures(quality),
    table: {
      columns: [
        l10n.t('Against'),
        l10n.t('Requests compared'),
        l10n.t('Paid'),
        l10n.t('For judging'),
        l10n.t('Would have cost'),
        l10n.t('Saved'),
      ],
      rows: all
        .filter(({ compared, priceUnknown }) => compared + priceUnknown > 0)
        .map((each) => [
          againstText(each.comparator, all),
          l10n.t('{0} of {1}', countText(each.compared), countText(each.requests)),
          ...(each.compared === 0
            ? ['–', '–', l10n.t('price unknown'), '–']
            : [
                formatUsd(each.paidUsd),
                formatUsd(each.judgingUsd),
                aboutUsd(each.otherUsd),
                amountText(each),
              ]),
        ]),
    },
  };
}

function valueOf(comparator: Comparator): string {
  return comparator.kind === 'always' ? `always:${comparator.model}` : comparator.kind;
}

function againstText(comparator: Comparator, all: readonly MoneySaved[]): string {
  switch (comparator.kind) {
    case 'always': {
      const pools = new Set(
        all.flatMap((each) => (each.comparator.kind === 'always' ? [each.comparator.pool] : [])),
      );
      return pools.size > 1
        ? l10n.t('against always {0} in {1}', comparator.model, comparator.pool)
        : l10n.t('against always {0}', comparator.model);
    }
    case 'random':
      return l10n.t('against a random model');
    case 'dearest':
      return l10n.t('against your dearest model');
  }
}

/** With as many digits for all of it. */
function amountText({ savedUsd, lowUsd, highUsd }: MoneySaved): string {
  const most = Math.max(...[savedUsd, lowUsd, highUsd].map(Math.abs));
  const digits = most < 1 ? 4 : 2;
  const text = (usd: number, unit = ''): string => {
    const shown = Math.abs(usd).toFixed(digits);
    return `${usd < 0 && Number(shown) > 0 ? '−' : ''}${unit}${shown}`;
  };
  const [value, low, high] = [text(savedUsd, '$'), text(lowUsd), text(highUsd)];
  if (low === high) return l10n.t('about {0}', value);
  return lowUsd < 0
    ? l10n.t('about {0} [{1} to {2}]', value, low, high)
    : l10n.t('about {0} [{1}–{2}]', value, low, high);
}

function saysOf(chosen: MoneySaved, all: readonly MoneySaved[]): string {
  const { compared, paidUsd, judgingUsd, otherUsd, comparator } = chosen;
  const [count, other] = [countText(compared), aboutUsd(otherUsd)];
  const saved = l10n.t('Saved {0}: {1}.', againstText(comparator, all), amountText(chosen));
  const paid =
    judgingUsd > 0
      ? l10n.t(
          '{0} requests cost {1}, and judging answers {2}. Elsewhere the same tokens would have cost {3}.',
          count,
          formatUsd(paidUsd),
          formatUsd(judgingUsd),
          other,
        )
      : l10n.t(
          '{0} requests cost {1}. Elsewhere the same tokens would have cost {2}.',
          count,
          formatUsd(paidUsd),
          other,
        );
  return `${paid} ${saved}`;
}

function notesOf(chosen: MoneySaved): string[] {
  const left: readonly (readonly [number, (count: string) => string])[] = [
    ...(['cost-unknown', 'tokens-unknown', 'simulated', 'pending'] as const).map(
      (why) => [chosen.leftOut[why], (count: string) => leftOutText(why, count)] as const,
    ),
    [chosen.priceUnknown, (count) => l10n.t('{0} to which a model of unknown price belongs', count)],
  ];
  const reasons = left.flatMap(([count, text]) => (count === 0 ? [] : [text(countText(count))]));
  return [
    l10n.t(
      'An estimate at today’s prices; what a prompt cache saved is taken as it was. Failed calls count with what they cost. What the answers were worth is another question.',
    ),
    ...(chosen.lowUsd === chosen.highUsd
      ? []
      : [
          l10n.t(
            'The range is for the length of the other’s own answers: from the same length to the ratio of their mean lengths in the same kind of task and its 95 % interval, from half to twice as long below {0} answers ({1} of what its output costs).',
            fewestAnswers,
            percentText(chosen.assumed01),
          ),
        ]),
    ...(reasons.length === 0 ? [] : [l10n.t('Left out on both sides: {0}.', reasons.join(', '))]),
    ...(chosen.judgingUnpriced === 0
      ? []
      : [
          chosen.judgingUnpriced === 1
            ? l10n.t('What 1 judgement cost nobody knows.')
            : l10n.t('What {0} judgements cost nobody knows.', countText(chosen.judgingUnpriced)),
        ]),
  ];
}

/** Requests that can't be compared in money, with why. */
export function leftOutText(why: LeftOut, count: string): string {
  switch (why) {
    case 'cost-unknown':
      return l10n.t('{0} at an unknown cost', count);
    case 'tokens-unknown':
      return l10n.t('{0} without a count of tokens', count);
    case 'simulated':
      return l10n.t('{0} at simulated prices', count);
    case 'pending':
      return l10n.t('{0} under way, or cut off', count);
  }
}
