import type { Choice, Question } from '../bandit/policy';
import type { Measure } from '../terms/configuration';
import type { RouteRequest } from '../terms/request';
import type { DeploymentOption } from './options';

/**
 * Whether a share of such requests may go to the model that is measured: a new turn, of which the user neither named a
 * model nor wanted another answer than one's, and whose options have it among others.
 */
export function canMeasure(
  { only, avoid = [], continues }: RouteRequest,
  { options }: Question<DeploymentOption>,
  { against }: Measure,
): boolean {
  const isFree = only === undefined && avoid.length === 0 && continues === undefined;
  return isFree && options.length > 1 && options.some(({ id }) => id === against);
}

/**
 * Whether what prompt caches save makes another arm the likeliest: the conversation stays where it has been read. It is
 * asked of the chances, not of what was drawn, so that to leave such turns out of a comparison favours no model.
 */
export function isHeldByCache(warm: Choice<DeploymentOption>, cold: Choice<DeploymentOption>): boolean {
  return likeliestOf(warm) !== likeliestOf(cold);
}

function likeliestOf({ chances }: Choice<DeploymentOption>): string | undefined {
  let [best] = chances;
  for (const chance of chances) if (chance.probability > (best?.probability ?? 0)) best = chance;
  return best?.option.id;
}

/** One number for two draws: below `share` the share's, and what is left of it, spread over 0..1 again, the policy's. */
export function splitNumber(
  number: number,
  share: number,
): { readonly drawn: boolean; readonly rest: number } {
  return number < share
    ? { drawn: true, rest: number / share }
    : { drawn: false, rest: (number - share) / (1 - share) };
}

/** The policy's choice, in the mixture (1 − share)·p + share·1{against} that it was drawn from. */
export function mixedChoice(
  choice: Choice<DeploymentOption>,
  { against, share }: Measure,
  drawn: boolean,
): Choice<DeploymentOption> {
  const chances = choice.chances.map((chance) => ({
    ...chance,
    probability: (1 - share) * chance.probability + (chance.option.id === against ? share : 0),
  }));
  const id = drawn ? against : choice.chosen.option.id;
  const chosen = chances.find(({ option }) => option.id === id);
  if (chosen === undefined) throw new RangeError(`${id} is no option.`);
  return { ...choice, chosen, chances, explored: !drawn && choice.explored };
}
