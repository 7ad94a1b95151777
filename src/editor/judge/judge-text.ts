import * as l10n from '@vscode/l10n';
import type { ShownAgreement } from '../../core/learning/agreement';
import type { JudgeStats } from '../../core/stats/judgements';
import type { Spent } from '../../core/stats/spending';
import type { JudgeConfiguration } from '../../core/terms/configuration';
import { atLeastUsd, formatUsd } from '../shown/format';

/** What the judge is set to, and what it cost today. */
export function judgeStateText(judge: JudgeConfiguration, spent: Spent | undefined): string {
  if (!judge.enabled) return l10n.t('off: no answer is judged');
  if (judge.models.length === 0) return l10n.t('on, but judge.model names nobody');
  return l10n.t(
    '{0} judges {1} % of the answers for at most {2} a day; today {3}',
    judge.models.join(', '),
    percent(judge.sampleRate),
    formatUsd(judge.dailyBudgetUsd),
    spent === undefined ? l10n.t('not known') : formatUsd(spent.judgingUsd ?? 0),
  );
}

/** What one judge did so far, what that cost, and what it is worth. */
export function judgeStatsText(stats: JudgeStats): string {
  const { verdicts, noVerdicts, failures, totalUsd, unpriced, agreement } = stats;
  const cost = unpriced === 0 ? formatUsd(totalUsd) : atLeastUsd(totalUsd);
  return [
    l10n.t('{0} verdicts, {1} replies without one, {2} failures', verdicts, noVerdicts, failures),
    l10n.t('cost {0}', cost),
    agreementText(agreement),
  ].join('; ');
}

function agreementText({ up, down, youden, alwaysSame }: ShownAgreement): string {
  if (alwaysSame) return l10n.t('its verdicts are all alike and count for nothing');
  if (youden === undefined)
    return l10n.t(
      'how far it agrees with your ratings is not known yet: {0} good and {1} bad of 30, of which 8 of each',
      up,
      down,
    );
  const [mean, low, high] = [youden.mean, youden.low, youden.high].map((value) => value.toFixed(2));
  return l10n.t(
    'it agrees with your ratings by {0} ({1} to {2}; 0 is chance, 1 always)',
    mean ?? '',
    low ?? '',
    high ?? '',
  );
}

/** What the user agrees to. */
interface JudgeOffer {
  readonly model: string;
  /** Host that it is reached at; undefined: the editor's own model. */
  readonly host: string | undefined;
  readonly judge: JudgeConfiguration;
  /** Requests of a day, as of late. */
  readonly requestsPerDay: number;
  /** What judging one answer costs at most; undefined: the price isn't known. */
  readonly mostUsd: number | undefined;
}

/** Which model judges, what is sent there, and what it may cost: all that the dialogue says. */
export function judgeOfferText(offer: JudgeOffer): string {
  const { model, host, judge, requestsPerDay, mostUsd } = offer;
  const share = percent(judge.sampleRate);
  return [
    l10n.t(
      'Of about {0} % of the answers, and of those that you rate, the question with what is attached to it, what came before it, and the answer are sent to {1}. That is so for requests of other extensions to Conduit, too. Where any of it looks like a password or a key, nothing is sent. Conduit keeps the verdict alone.',
      share,
      host ?? l10n.t('the editor’s own model {0}', model),
    ),
    l10n.t(
      'It happens in the background, after the answer. {0} doesn’t judge its own answers. What it says is learnt from, and your ratings go before it.',
      model,
    ),
    costText(judge, requestsPerDay, mostUsd),
    l10n.t('The same command turns it off.'),
  ].join('\n\n');
}

function costText(judge: JudgeConfiguration, requestsPerDay: number, mostUsd: number | undefined): string {
  const limit = formatUsd(judge.dailyBudgetUsd);
  if (mostUsd === undefined)
    return l10n.t(
      'What it costs isn’t known, so that the limit of {0} a day can’t be kept: as long as that is so, nothing is judged. A price in conduit.yaml helps.',
      limit,
    );
  if (mostUsd === 0) return l10n.t('It costs nothing.');
  const judged = requestsPerDay * judge.sampleRate;
  const day = Math.min(judged * mostUsd, judge.dailyBudgetUsd);
  return requestsPerDay === 0
    ? l10n.t('Judging an answer costs {0} at most, and a day {1} at most.', formatUsd(mostUsd), limit)
    : l10n.t(
        'With requests as of late, {0} a day, that is at most {1} a day for what is drawn, and {2} for each answer that you rate; never more than {3} a day in all.',
        Math.round(requestsPerDay),
        formatUsd(day),
        formatUsd(mostUsd),
        limit,
      );
}

function percent(share01: number): string {
  return String(Number((100 * share01).toFixed(1)));
}
