import { describe, expect, it } from 'vitest';
import { createTextbookLinUcb } from '../../../bench/routing/policies/textbook-lin-ucb';
import { describe as describeRequest, textSpace } from '../../../src/core/features/feature-space';
import type { Random } from '../../../src/core/terms/ports';
import { attemptWith } from '../samples';
import { lessonOf, optionWith } from '../bandit/policy-samples';
import { seededRandom, shuffled } from '../seeded-random';
import { requestFor } from '../simulation';
import type { PromptKind } from '../two-kinds-of-prompt';
import { promptOfKind } from '../two-kinds-of-prompt';
import { decide, learnerOf, observed, policies } from './history';

const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
const requests = 300;

/** Probability of a good answer, by kind of prompt and by arm. */
type World = Readonly<Record<PromptKind, readonly number[]>>;

const oneBest: World = { code: [0.8, 0.5, 0.3], prose: [0.8, 0.5, 0.3] };
/** Level at large: only the prompt tells the models apart. */
const eachForItsKind: World = { code: [0.9, 0.4, 0.5], prose: [0.35, 0.85, 0.5] };
const arms = ['0', '1', '2'];

/** A policy as the simulation sees it. */
interface Player {
  choose(prompt: string, number: number): number;
  learn(arm: number, good: boolean): void;
}

interface Contestant {
  readonly name: string;
  readonly start: (random: Random) => Player;
}

const ours: readonly Contestant[] = policies.map((policy) => ({
  name: policy.name,
  start: (random) => {
    const learner = learnerOf(policy);
    let last = '';
    return {
      choose: (prompt, number) => {
        last = `d${String(number)}`;
        const decision = decide(policy, learner, random, prompt, arms, undefined, last);
        learner.apply({ kind: 'decision', decision, sequence: 1, atMs: 0 });
        return Number(decision.deploymentId);
      },
      learn: (arm, good) => {
        const deploymentId = String(arm);
        const attempt = attemptWith({ decisionId: last, deploymentId });
        learner.apply({ kind: 'attempt', attempt, sequence: 1, atMs: 0 });
        const rated = observed(last, deploymentId, { kind: 'rating', thumb: good ? 'up' : 'down' });
        learner.apply({ ...rated, sequence: 1, atMs: 0 });
      },
    };
  },
}));

const textbook: Contestant = {
  name: 'textbook LinUCB',
  start: (random) => {
    const policy = createTextbookLinUcb(textSpace.ridge.length);
    const options = arms.map((id) => optionWith(id));
    let x = new Float64Array();
    return {
      choose: (prompt) => {
        x = Float64Array.from(describeRequest(requestFor(prompt)).features);
        // The first of the best is certain: in another order each time, ties are drawn.
        const order = shuffled(options, random);
        const { chosen } = policy.choose({ options: order, x, phase: 'lin-ucb' }, random);
        return options.indexOf(chosen.option);
      },
      learn: (arm, good) => policy.learn(lessonOf(String(arm), x, { quality: good ? 1 : 0, weight: 1 })),
    };
  },
};

interface Played {
  readonly choices: readonly number[];
  readonly regret: number;
  /** What choosing at random loses on the same prompts in expectation. */
  readonly randomRegret: number;
}

function play({ start }: Contestant, world: World, seed: number): Played {
  const random = seededRandom(seed);
  const player = start(seededRandom(seed + 1_000));
  const choices: number[] = [];
  let regret = 0;
  let randomRegret = 0;
  for (let number = 0; number < requests; number += 1) {
    const kind: PromptKind = random() < 0.5 ? 'code' : 'prose';
    const arm = player.choose(promptOfKind(kind, random), number);
    const chances = world[kind];
    const best = Math.max(...chances);
    player.learn(arm, random() < (chances[arm] ?? 0));
    choices.push(arm);
    regret += best - (chances[arm] ?? 0);
    randomRegret += best - chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
  }
  return { choices, regret, randomRegret };
}

/** Regret over all seeds, as a share of that of random choice. */
function regretShare(contestant: Contestant, world: World): number {
  const played = seeds.map((seed) => play(contestant, world, seed));
  const sum = (of: (each: Played) => number): number => played.reduce((total, each) => total + of(each), 0);
  const share = sum(({ regret }) => regret) / sum(({ randomRegret }) => randomRegret);
  console.log(`${contestant.name}: regret ${(100 * share).toFixed(0)} % of that of random choice`);
  return share;
}

describe.each([...ours, textbook])('$name', { timeout: 30_000 }, (contestant) => {
  it('makes the same choices from the same seed', () => {
    for (const seed of [1, 2]) {
      expect(play(contestant, eachForItsKind, seed)).toEqual(play(contestant, eachForItsKind, seed));
    }
    expect(play(contestant, oneBest, 1).choices).not.toEqual(play(contestant, oneBest, 2).choices);
  });

  it('loses far less than random choice where one model is the best', () => {
    expect(regretShare(contestant, oneBest)).toBeLessThan(0.5);
  });
});

describe.each([...ours.filter(({ name }) => name !== 'UCB1'), textbook])(
  '$name, which reads the prompt',
  { timeout: 30_000 },
  (contestant) => {
    it('loses far less than random choice where each model is the best for its kind of prompt', () => {
      expect(regretShare(contestant, eachForItsKind)).toBeLessThan(0.75);
    });
  },
);
