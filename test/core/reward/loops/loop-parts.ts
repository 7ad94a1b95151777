import type { Message } from '../../../../src/core/terms/request';
import { pick, shuffled } from '../../seeded-random';
import type { checkers, testRunners } from './outputs';
import type { Stage } from './stage';
import { nouns } from './stage';

/** A sort of loops: each is played on a stage of its own. */
export interface Sort {
  readonly name: string;
  play(on: Stage): void;
}

export interface ScriptedLoop {
  readonly name: string;
  readonly messages: readonly Message[];
}

export const fileNames = (on: Stage, count: number): readonly string[] =>
  shuffled(nouns, on.random)
    .slice(0, count)
    .map((noun) => `src/${noun}.ts`);
export const line = (on: Stage): number => on.between(1, 38);
export const runTests = (
  on: Stage,
  runner: (typeof testRunners)[number],
  failing: readonly string[],
  of = 24,
): void => {
  const { output, code } = runner.print({ failing, of }, on.random);
  on.run(runner.command, output, code);
};
export const check = (
  on: Stage,
  checker: (typeof checkers)[number],
  errors: readonly { text: string; line: number }[],
): void => {
  const { output, code } = checker.print(errors, on.random);
  on.run(checker.command, output, code);
};
export const testName = (on: Stage): string =>
  `${pick(nouns, on.random)} keeps its ${pick(nouns, on.random)}`;
