import type { FormatName } from '../features/format';
import { formatNames } from '../features/format';
import { textGroups } from '../features/feature-space';
import type { ConsideredChoice } from './what-if';
import { standingsOf } from './what-if';

/** A part of what is known of a prompt, that a choice may turn on. */
export type PromptPart =
  /** The kind of task. */
  | 'task'
  /** The family of kinds. */
  | 'domain'
  | FormatName
  /** What a sentence encoder makes of its words, all of its numbers together. */
  | 'meaning';

/** What the choice between the two best turned on. */
export interface TellingFeature {
  readonly part: PromptPart;
  /** By how much it moves the best's lead over the runner-up, in units of utility: below 0, it speaks for that one. */
  readonly share: number;
  readonly rival: string;
}

/** A lead that moves by less than this was moved by nothing that is worth telling. */
const leastShare = 0.005;

/**
 * The part of the prompt without which the lead of the best model over the second would be the most different, found by
 * scoring the prompt without each. Undefined where there is no second, the prompt doesn't count yet, or no part does much.
 */
export function tellingFeature(considered: ConsideredChoice): TellingFeature | undefined {
  const [best, second] = standingsOf(considered);
  if (best === undefined || second === undefined || considered.state.decisions < considered.switchAfter)
    return undefined;
  const rival = second.option.id;
  const leadOf = (choice: ConsideredChoice): number => {
    const utilities = new Map(standingsOf(choice).map(({ option, utility }) => [option.id, utility]));
    return (utilities.get(best.option.id) ?? 0) - (utilities.get(rival) ?? 0);
  };
  const lead = leadOf(considered);
  const { description } = considered;
  const shares = partsOf(description.features).map(({ part, from, to }): TellingFeature => {
    const features = description.features.map((value, index) => (index >= from && index < to ? 0 : value));
    return {
      part,
      share: lead - leadOf({ ...considered, description: { ...description, features } }),
      rival,
    };
  });
  const [most] = shares.toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share));
  return most === undefined || Math.abs(most.share) < leastShare ? undefined : most;
}

interface Part {
  readonly part: PromptPart;
  /** Positions in the vector, `to` not included. */
  readonly from: number;
  readonly to: number;
}

/** The parts of a description that aren't 0 throughout; the constant is none. */
function partsOf(features: readonly number[]): readonly Part[] {
  const starts = new Map<string, number>();
  let start = 0;
  for (const { name, size } of textGroups) {
    starts.set(name, start);
    start += size;
  }
  const sizeOf = (group: string): number => textGroups.find(({ name }) => name === group)?.size ?? 0;
  const whole = (part: PromptPart, group: string): Part => {
    const from = starts.get(group) ?? 0;
    return { part, from, to: from + sizeOf(group) };
  };
  const formats = starts.get('formats') ?? 0;
  const parts: readonly Part[] = [
    whole('task', 'kinds'),
    whole('domain', 'families'),
    ...formatNames.map((part, index) => ({ part, from: formats + index, to: formats + index + 1 })),
    { part: 'meaning', from: start, to: features.length },
  ];
  return parts.filter(({ from, to }) => features.slice(from, to).some((value) => value !== 0));
}
