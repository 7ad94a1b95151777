import type { Corpus } from './corpus';
import type { Result } from './result';
import { exactPercent } from './text-table';

/** The results of one corpus at one feedback rate. */
export interface Cell {
  readonly corpus: Pick<Corpus, 'name' | 'models' | 'dearestMeanUsd'>;
  /** Rows that are walked. */
  readonly rows: number;
  readonly feedback: number;
  /** Of all policies, at each λ. */
  readonly results: readonly Result[];
}

/** `ulab, 5 %, λ 0.2`. */
export function cellName({ corpus, feedback }: Cell, lambda: number): string {
  return `${corpus.name}, ${exactPercent(feedback)}, λ ${String(lambda)}`;
}

export function resultOf({ results }: Cell, policy: string, lambda: number): Result | undefined {
  return results.find((result) => result.policy === policy && result.lambda === lambda);
}

export function lambdasOf({ results }: Cell): readonly number[] {
  return [...new Set(results.map(({ lambda }) => lambda))];
}

/** Whether it is a variant of the router at hand, by its name. */
export function isOfRouter(policy: string): boolean {
  return /^(?:conduit(?!-before$)|set:)/.test(policy);
}
