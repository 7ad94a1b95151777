import * as l10n from '@vscode/l10n';
import type { Exclusion } from '../../core/terms/decision';
import type { Comparison, Factor, Standing } from '../../core/stats/comparison';
import type { Diagnosis, Finding } from '../../core/stats/diagnose';
import { nameOfTask } from '../shown/code-names';
import { beliefText, expectedText, ratingsText } from '../shown/expectation';
import { nameOfExclusion } from '../shown/failure-text';
import { aboutUsd, formatDuration } from '../shown/format';

/** A question about a pool, with its answers in sentences, most telling first. */
export interface Answered {
  readonly question: string;
  readonly answers: readonly string[];
}

export function answersOf({ alwaysSame, seemsRandom, beforehand }: Diagnosis): readonly Answered[] {
  return [
    { question: l10n.t('Why is it always the same model?'), answers: alwaysSame.map(sentence) },
    { question: l10n.t('Why does it seem random?'), answers: seemsRandom.map(sentence) },
    ...(beforehand.length === 0
      ? []
      : [
          { question: l10n.t('What was known of the models beforehand?'), answers: beforehand.map(sentence) },
        ]),
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
        'The pool is in its first phase (UCB1, {0} of {1} requests): models are compared by what was expected of them and by their means here, those with few answers get a bonus, and for what is learnt here the prompt doesn’t count yet. So the model changes for reasons that the prompt doesn’t show.',
        finding.asked,
        finding.switchAfter,
      );
    case 'untried':
      return untried(finding);
    case 'also-untried':
      return l10n.t('Nor have {0}.', list(finding.models));
    case 'belief':
      return beliefText(finding.slope);
    case 'expected':
      return expected(finding);
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
        'No answer of this pool was rated yet and none failed, so no model has shown to be better: only what is known beforehand, price and speed decide, above all the price. Rate a few answers.',
      );
    case 'time':
      return l10n.t(
        'No answer of this pool was rated yet and none failed, so no model has shown to be better: only what is known beforehand, price and speed decide, above all the speed. Rate a few answers.',
      );
    case 'quality':
      return l10n.t(
        'No answer of this pool was rated yet and none failed, so no model has shown to be better: what decides is the quality that public figures or conduit.yaml (model_info.quality) let expect, and the bonus of models with few answers. Rate a few answers.',
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
      ratingsText(rated),
      cost(one),
      time(one),
      one.utility.toFixed(3),
    );
  };
  return `${ahead(figures(leader), figures(rival), because)} ${levelText(rival.model, levelAt01)}`;
}

function levelText(model: string, levelAt01: number | undefined): string {
  return levelAt01 === undefined
    ? l10n.t('No quality would be enough for {0} to draw level.', model)
    : l10n.t('{0} would draw level with an expected quality of {1}.', model, levelAt01.toFixed(2));
}

function untried({ model, comparison }: Extract<Finding, { kind: 'untried' }>): string {
  if (comparison === undefined)
    return l10n.t(
      '{0} has not been tried yet: it is the next choice, or it could not take the last request.',
      model,
    );
  const { leader, rival, levelAt01 } = comparison;
  const change = l10n.t(
    'Bad ratings of {0}, another model_info.quality or preset would change that; and you can ask {1} yourself.',
    leader.model,
    model,
  );
  return `${behind(leader, rival, comparison.because)} ${levelText(model, levelAt01)} ${change}`;
}

function behind(leader: Standing, rival: Standing, because: Factor | undefined): string {
  switch (because) {
    case undefined:
      return l10n.t('{0} has not been tried yet, though it is level with {1}.', rival.model, leader.model);
    case 'quality':
      return l10n.t(
        '{0} has not been tried yet: its answers are expected to be worse than those of {1} (quality {2} against {3}).',
        rival.model,
        leader.model,
        rival.quality01.toFixed(2),
        leader.quality01.toFixed(2),
      );
    case 'cost':
      return l10n.t(
        '{0} has not been tried yet: it is dearer than {1} ({2} against {3}) by more than its answers are expected to be better.',
        rival.model,
        leader.model,
        cost(rival),
        cost(leader),
      );
    case 'time':
      return l10n.t(
        '{0} has not been tried yet: it is expected to be slower than {1}.',
        rival.model,
        leader.model,
      );
  }
}

function expected(finding: Extract<Finding, { kind: 'expected' }>): string {
  const { learnt01, ratings } = finding;
  const learnt =
    learnt01 === undefined
      ? l10n.t('Nothing was learnt of it here yet.')
      : ratings === 0
        ? l10n.t('What became of its answers here says {0}.', learnt01.toFixed(2))
        : l10n.t('Its answers here say {0}, with {1}.', learnt01.toFixed(2), ratingsText(ratings));
  return `${expectedText(finding) ?? ''} ${learnt}`.trim();
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
