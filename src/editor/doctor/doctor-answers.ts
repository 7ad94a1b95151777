import type { Exclusion } from '../../core/decision';
import type { Comparison, Factor, Standing } from '../../core/stats/comparison';
import type { Diagnosis, Finding } from '../../core/stats/diagnose';
import { nameOfExclusion } from '../shown/failure-text';
import { formatDuration, formatUsd } from '../shown/format';

/** A question about a pool, with its answers in sentences, most telling first. */
export interface Answered {
  readonly question: string;
  readonly answers: readonly string[];
}

export function answersOf({ alwaysSame, seemsRandom }: Diagnosis): readonly Answered[] {
  return [
    { question: 'Why is it always the same model?', answers: alwaysSame.map(sentence) },
    { question: 'Why does it seem random?', answers: seemsRandom.map(sentence) },
  ];
}

function sentence(finding: Finding): string {
  switch (finding.kind) {
    case 'nothing-asked':
      return 'Nothing was asked of this pool yet, so nothing is learnt of it.';
    case 'only-one-in-pool':
      return `${finding.model} is the only model of this pool: there is nothing to choose. Models that share a model_name in conduit.yaml form one pool.`;
    case 'none-available':
      return `No model of this pool can be asked now: ${reasons(finding.left)}.`;
    case 'only-one-available':
      return `Only ${finding.model} can be asked now: ${reasons(finding.left)}.`;
    case 'only-one-fits':
      return `For the last request only ${finding.model} was left: ${reasons(finding.left)}.`;
    case 'shares':
      return shares(finding);
    case 'nothing-rated':
      return unrated(finding.because);
    case 'leads':
      return leads(finding);
    case 'other-presets':
      return `The preset “${finding.preset}” is part of it: for the last request ${finding.choices
        .map(({ preset, model }) => `“${preset}” would have chosen ${model}`)
        .join(', ')}.`;
    case 'repeats':
      return `${times(finding)} the same question came again within a minute: then the same model answers again.`;
    case 'sticky':
      return `${times(finding)} a conversation stayed with its model because that one’s prompt cache holds what was said: another would have had to read it all anew.`;
    case 'left-out':
      return `${times(finding)} ${finding.deploymentId} was left out: ${nameOfExclusion(finding.reason)}.`;
    case 'ucb1':
      return `The pool is in its first phase (UCB1, ${String(finding.asked)} of ${String(finding.switchAfter)} requests): models are compared by their means, those with few answers get a bonus, and what you ask doesn’t count yet. So the model changes for reasons that the prompt doesn’t show.`;
    case 'untried':
      return `${list(finding.models)} ${finding.models.length === 1 ? 'has' : 'have'} not been tried yet: every model is tried once, whatever the others have shown.`;
    case 'first-tries':
      return 'The last request was still one of the first, in which each model is tried once: from the next one on they are compared.';
    case 'newcomer':
      return `${finding.model} joined later and had ${String(finding.tries)} of its ${String(finding.ofTries)} tries: until then it gets ${percent(finding.share01)} of the requests.`;
    case 'drawn':
      return `${percent(finding.epsilon01)} of the requests are drawn evenly over the models that might be best, to keep learning: ${String(finding.count)} of the last ${String(finding.of)} went to a model that wasn’t the best.`;
    case 'by-task':
      return byTask(finding.tasks);
    case 'close':
      return `${finding.leader.model} and ${finding.rival.model} can’t be told apart yet (utility ${finding.leader.utility.toFixed(3)} against ${finding.rival.utility.toFixed(3)}, which is within what isn’t known of the first): a rating or a longer prompt can turn them about.`;
    case 'stood-in':
      return `${times(finding)} another model answered than was chosen, because the chosen one failed.`;
    case 'changed':
      return `${list(finding.models)} ${finding.models.length === 1 ? 'answers' : 'answer'} no longer as before: what was learnt earlier counts less since, so the choice is being learnt anew.`;
  }
}

function shares({ one, of, shares: counts }: Extract<Finding, { kind: 'shares' }>): string {
  const [first] = counts;
  if (of === 1 && first !== undefined) return `The only request so far went to ${first.model}.`;
  const text = counts.map(({ model, count }) => `${model} ${String(count)}`).join(', ');
  return `Of the last ${String(of)} requests: ${text}${one ? ' – nearly always the same one' : ''}.`;
}

function unrated(because: Comparison['because']): string {
  const start = 'No answer of this pool was rated yet and none failed, so no model has shown to be better';
  switch (because) {
    case 'cost':
      return `${start}: only price and speed decide, above all the price. Rate a few answers.`;
    case 'time':
      return `${start}: only price and speed decide, above all the speed. Rate a few answers.`;
    case 'quality':
      return `${start}: what decides is the quality that conduit.yaml states (model_info.quality) and the bonus of models with few answers. Rate a few answers.`;
    case undefined:
      return `${start}, and they cost and take the same. Rate a few answers.`;
  }
}

function leads({ leader, rival, because, levelAt01, ratings }: Extract<Finding, { kind: 'leads' }>): string {
  const figures = (one: Standing): string => {
    const rated = ratings.get(one.model) ?? 0;
    return `${one.model} (expected quality ${one.quality01.toFixed(2)}, ${rated === 1 ? '1 rating' : `${String(rated)} ratings`}; ${cost(one)}; ${time(one)}; utility ${one.utility.toFixed(3)})`;
  };
  const level =
    levelAt01 === undefined
      ? `No quality would be enough for ${rival.model} to draw level`
      : `${rival.model} would draw level with an expected quality of ${levelAt01.toFixed(2)}`;
  return `For the last request ${figures(leader)} is ahead of ${figures(rival)}${factor(because)}. ${level}.`;
}

function factor(because: Factor | undefined): string {
  switch (because) {
    case undefined:
      return '';
    case 'quality':
      return ', mostly for its quality';
    case 'cost':
      return ', mostly for its price';
    case 'time':
      return ', mostly for its speed';
  }
}

function byTask(tasks: Extract<Finding, { kind: 'by-task' }>['tasks']): string {
  const start =
    'The first phase is over (LinUCB): what you ask decides, so one kind of prompt may go to another model than the next';
  if (tasks.length === 0) return `${start}.`;
  const rows = tasks.map(
    ({ task, model, count, of }) =>
      `${task.replaceAll('-', ' ')}: ${model} ${String(count)} of ${String(of)}`,
  );
  return `${start}. Lately: ${rows.join('; ')}.`;
}

function cost({ costUsd }: Standing): string {
  return costUsd === undefined ? 'price unknown' : `about ${formatUsd(costUsd)}`;
}

function time({ latencyMs }: Standing): string {
  return latencyMs === undefined ? 'speed not known yet' : formatDuration(latencyMs);
}

function reasons(left: readonly Exclusion[]): string {
  return left.map(({ deploymentId, reason }) => `${deploymentId}: ${nameOfExclusion(reason)}`).join('; ');
}

function times({ count, of }: { readonly count: number; readonly of: number }): string {
  if (of === 1) return 'Once';
  return count === of
    ? `Each of the last ${String(of)} times`
    : `${String(count)} of the last ${String(of)} times`;
}

function list(names: readonly string[]): string {
  return names.join(', ');
}

function percent(share01: number): string {
  return `${String(Number((share01 * 100).toPrecision(2)))} %`;
}
