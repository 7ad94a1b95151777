import { describe, expect, test } from 'vitest';
import type { Random } from '../../src/core/ports';
import { seededRandom } from './seeded-random';
import { deploymentWith, poolWith, simulation } from './simulation';

const requests = 300;
const lastRequests = 100;
const seeds = Array.from({ length: 10 }, (_, index) => index + 1);

type Kind = 'code' | 'prose';
const bestFor: Readonly<Record<Kind, string>> = { code: 'coder', prose: 'writer' };
/** True quality of the better and of the other model: a thumb up with this probability. */
const better = 0.9;
const worse = 0.3;

const pool = poolWith([deploymentWith('coder'), deploymentWith('writer')]);

function promptOf(kind: Kind, random: Random): string {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';
  const language = pick(['TypeScript', 'Python', 'Rust', 'Go']);
  const thing = pick(['a queue', 'a parser', 'a cache', 'a binary tree', 'a retry helper']);
  const topic = pick(['the sea', 'autumn', 'a lighthouse', 'friendship', 'an old train']);
  const form = pick(['poem', 'letter', 'short story', 'essay']);
  return kind === 'code'
    ? pick([`Implement ${thing} in ${language}.`, `Write a function for ${thing} in ${language} with types.`])
    : pick([`Write a ${form} about ${topic}.`, `Compose a warm ${form} on ${topic} for my family.`]);
}

interface Replay {
  readonly rightOfLast: Readonly<Record<Kind, number>>;
  readonly meanQuality: number;
}

function replay(seed: number): Replay {
  const random = seededRandom(seed);
  const run = simulation(random);
  const last = { code: { right: 0, all: 0 }, prose: { right: 0, all: 0 } };
  let quality = 0;
  for (let index = 0; index < requests; index += 1) {
    const kind: Kind = random() < 0.5 ? 'code' : 'prose';
    const chosen = run.choose(promptOf(kind, random), pool);
    const right = chosen.decision.deploymentId === bestFor[kind];
    const trueQuality = right ? better : worse;
    quality += trueQuality;
    run.finish(chosen, random() < trueQuality ? 'up' : 'down');
    if (index < requests - lastRequests) continue;
    last[kind].all += 1;
    if (right) last[kind].right += 1;
  }
  return {
    rightOfLast: { code: last.code.right / last.code.all, prose: last.prose.right / last.prose.all },
    meanQuality: quality / requests,
  };
}

describe('300 requests of two kinds, each best served by another model', () => {
  test.each(seeds)('seed %i: the better model is chosen for more than 80 %% of each kind at the end', (seed) => {
    const { rightOfLast, meanQuality } = replay(seed);
    console.log(
      `seed ${String(seed)}: code ${rightOfLast.code.toFixed(2)}, prose ${rightOfLast.prose.toFixed(2)}, mean quality ${meanQuality.toFixed(3)}`,
    );
    expect(rightOfLast.code).toBeGreaterThan(0.8);
    expect(rightOfLast.prose).toBeGreaterThan(0.8);
  });

  test('over the whole pass the regret is below that of random choice', () => {
    const mean = seeds.reduce((sum, seed) => sum + replay(seed).meanQuality, 0) / seeds.length;
    const randomChoice = (better + worse) / 2;
    expect(better - mean).toBeLessThan(better - randomChoice);
  });
});
