import * as l10n from '@vscode/l10n';
import type { Exclusion } from '../../core/terms/decision';
import type { Comparison, Factor, Standing } from '../../core/stats/comparison';
import type { Diagnosis, Finding } from '../../core/stats/diagnose';
import { nameOfTask } from '../shown/code-names';
import { nameOfExclusion } from '../shown/failure-text';
import { aboutUsd, formatDuration } from '../shown/format';

/** A question about a pool, with its answers in sentences, most telling first. */
export interface Answered {
  readonly question: string;
  readonly answers: readonly string[];
}

export function answersOf({ alwaysSame, seemsRandom }: Diagnosis): readonly Answered[] {
  return [
    { question: l10n.t('Why is it always the same model?'), answers: alwaysSame.map(sentence) },
    { question: l10n.t('Why does it seem random?'), answers: seemsRandom.map(sentence) },
  ];
}

function sentence(finding: Finding): string {
  switch (finding.kind) {
    case 'nothing-asked':
      return l10n.t('Nothing was asked of this pool yet, so nothing is learnt of it.');
    case 'only-one-in-pool':
      return l10n.t(
        '{0} is the only model of this pool: there is nothing to choose. Models that share a model_name in conduit.yaml form one pool.',
        finding.model,
      );
    case 'none-available':
      return l10n.t('No model of this pool can be asked now: {0}.', reasons(finding.left));
    case 'only-one-available':
      return l10n.t('Only {0} can be asked now: {1}.', finding.model, reasons(finding.left));
    case 'only-one-fits':
      return l10n.t('For the last request only {0} was left: {1}.', finding.model, reasons(finding.left));
    case 'shares':
      return shares(finding);
    case 'nothing-rated':
      return unrated(finding.because);
    case 'leads':
      return leads(finding);
    case 'other-presets':
      return l10n.t(
        'The preset “{0}” is part of it: for the last request {1}.',
        finding.preset,
        finding.choices
          .map(({ preset, model }) => l10n.t('“{0}” would have chosen {1}', preset, model))
          .join(', '),
      );
    case 'repeats':
      return l10n.t(
        '{0} the same question came again within a minute: then the same model answers again.',
        times(finding),
      );
    case 'sticky':
      return l10n.t(
        '{0} a conversation stayed with its model because that one’s prompt cache holds what was said: another would have had to read it all anew.',
        times(finding),
      );
    case 'left-out':
      return l10n.t(
        '{0} {1} was left out: {2}.',
        times(finding),
        finding.deploymentId,
        nameOfExclusion(finding.reason),
      );
    case 'ucb1':
      return l10n.t(
        'The pool is in its first phase (UCB1, {0} of {1} requests): models are compared by their means, those with few answers get a bonus, and what you ask doesn’t count yet. So the model changes for reasons that the prompt doesn’t show.',
        finding.asked,
        finding.switchAfter,
      );
    case 'untried':
      return finding.models.length === 1
        ? l10n.t(
            '{0} has not been tried yet: every model is tried once, whatever the others have shown.',
            list(finding.models),
          )
        : l10n.t(
            '{0} have not been tried yet: every model is tried once, whatever the others have shown.',
            list(finding.models),
          );
    case 'first-tries':
      return l10n.t(
        'The last request was still one of the first, in which each model is tried once: from the next one on they are compared.',
      );
    case 'newcomer':
      return l10n.t(
        '{0} joined later and had {1} of its {2} tries: until then it gets {3} of the requests.',
        finding.model,
        finding.tries,
        finding.ofTries,
        percent(finding.share01),
      );
    case 'drawn':
      return l10n.t(
        '{0} of the requests are drawn evenly over the models that might be best, to keep learning: {1} of the last {2} went to a model that wasn’t the best.',
        percent(finding.epsilon01),
        finding.count,
        finding.of,
      );
    case 'by-task':
      return byTask(finding.tasks);
    case 'close':
      return l10n.t(
        '{0} and {1} can’t be told apart yet (utility {2} against {3}, which is within what isn’t known of the first): a rating or a longer prompt can turn them about.',
        finding.leader.model,
        finding.rival.model,
        finding.leader.utility.toFixed(3),
        finding.rival.utility.toFixed(3),
      );
    case 'stood-in':
      return l10n.t(
        '{0} another model answered than was chosen, because the chosen one failed.',
        times(finding),
      );
    case 'changed':
      return finding.models.length === 1
        ? l10n.t(
            '{0} answers no longer as before: what was learnt earlier counts less since, so the choice is being learnt anew.',
            list(finding.models),
          )
        : l10n.t(
            '{0} answer no longer as before: what was learnt earlier counts less since, so the choice is being learnt anew.',
            list(finding.models),
          );
  }
}

function shares({ one, of, shares: counts }: Extract<Finding, { kind: 'shares' }>): string {
  const [first] = counts;
  if (of === 1 && first !== undefined) return l10n.t('The only request so far went to {0}.', first.model);
  const text = counts.map(({ model, count }) => `${model} ${String(count)}`).join(', ');
  return one
    ? l10n.t('Of the last {0} requests: {1} – nearly always the same one.', of, text)
    : l10n.t('Of the last {0} requests: {1}.', of, text);
}

function unrated(because: Comparison['because']): string {
  switch (because) {
    case 'cost':
      return l10n.t(
        'No answer of this pool was rated yet and none failed, so no model has shown to be better: only price and speed decide, above all the price. Rate a few answers.',
      );
    case 'time':
      return l10n.t(
        'No answer of this pool was rated yet and none failed, so no model has shown to be better: only price and speed decide, above all the speed. Rate a few answers.',
      );
    case 'quality':
      return l10n.t(
        'No answer of this pool was rated yet and none failed, so no model has shown to be better: what decides is the quality that conduit.yaml states (model_info.quality) and the bonus of models with few answers. Rate a few answers.',
      );
    case undefined:
      return l10n.t(
        'No answer of this pool was rated yet and none failed, so no model has shown to be better, and they cost and take the same. Rate a few answers.',
      );
  }
}

function leads({ leader, rival, because, levelAt01, ratings }: Extract<Finding, { kind: 'leads' }>): string {
  const figures = (one: Standing): string => {
    const rated = ratings.get(one.model) ?? 0;
    return l10n.t(
      '{0} (expected quality {1}, {2}; {3}; {4}; utility {5})',
      one.model,
      one.quality01.toFixed(2),
      rated === 1 ? l10n.t('1 rating') : l10n.t('{0} ratings', rated),
      cost(one),
      time(one),
      one.utility.toFixed(3),
    );
  };
  const level =
    levelAt01 === undefined
      ? l10n.t('No quality would be enough for {0} to draw level.', rival.model)
      : l10n.t('{0} would draw level with an expected quality of {1}.', rival.model, levelAt01.toFixed(2));
  return `${ahead(figures(leader), figures(rival), because)} ${level}`;
}

function ahead(leader: string, rival: string, because: Factor | undefined): string {
  switch (because) {
    case undefined:
      return l10n.t('For the last request {0} is ahead of {1}.', leader, rival);
    case 'quality':
      return l10n.t('For the last request {0} is ahead of {1}, mostly for its quality.', leader, rival);
    case 'cost':
      return l10n.t('For the last request {0} is ahead of {1}, mostly for its price.', leader, rival);
    case 'time':
      return l10n.t('For the last request {0} is ahead of {1}, mostly for its speed.', leader, rival);
  }
}

function byTask(tasks: Extract<Finding, { kind: 'by-task' }>['tasks']): string {
  const start = l10n.t(
    'The first phase is over (LinUCB): what you ask decides, so one kind of prompt may go to another model than the next.',
  );
  if (tasks.length === 0) return start;
  const rows = tasks.map(({ task, model, count, of }) =>
    l10n.t('{0}: {1} {2} of {3}', nameOfTask(task), model, count, of),
  );
  return `${start} ${l10n.t('Lately: {0}.', rows.join('; '))}`;
}

function cost({ costUsd }: Standing): string {
  return costUsd === undefined ? l10n.t('cost unknown') : aboutUsd(costUsd);
}

function time({ latencyMs }: Standing): string {
  return latencyMs === undefined ? l10n.t('speed not known yet') : formatDuration(latencyMs);
}

function reasons(left: readonly Exclusion[]): string {
  return left.map(({ deploymentId, reason }) => `${deploymentId}: ${nameOfExclusion(reason)}`).join('; ');
}

function times({ count, of }: { readonly count: number; readonly of: number }): string {
  if (of === 1) return l10n.t('Once');
  return count === of
    ? l10n.t('Each of the last {0} times', of)
    : l10n.t('{0} of the last {1} times', count, of);
}

function list(names: readonly string[]): string {
  return names.join(', ');
}

function percent(share01: number): string {
  return `${String(Number((share01 * 100).toPrecision(2)))} %`;
}
