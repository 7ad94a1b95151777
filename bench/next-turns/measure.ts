import type { TurnClass } from '../../src/core/terms/observation';
import { turnClasses } from '../../src/core/terms/observation';
import { turnClassOf } from '../../src/text/next-turn/turn-class';
import type { LabelledTurn } from './labelled-turns';
import type { Count, Interval } from './rates';
import { certainOf, differenceOf } from './rates';

/** A labelled turn, and what was read of it. */
export interface ReadTurn extends LabelledTurn {
  readonly read: TurnClass | undefined;
}

export function readTurns(turns: readonly LabelledTurn[]): readonly ReadTurn[] {
  return turns.map((turn) => ({
    ...turn,
    read: turnClassOf({ question: turn.question, answerHasCode: turn.code, next: turn.next }),
  }));
}

/** How often a class is read of turns after a good answer, and after a bad one. */
export interface ClassRates {
  readonly turn: TurnClass;
  readonly good: Count;
  readonly bad: Count;
  /** Rate after good answers less rate after bad ones. */
  readonly difference: Interval;
  /** What it surely is, and in outcomes of full weight: the square. */
  readonly certain: number;
  readonly weight: number;
}

export function ratesOf(turns: readonly ReadTurn[]): readonly ClassRates[] {
  return turnClasses.map((turn) => {
    const good = countOf(
      turns.filter((each) => each.good),
      turn,
    );
    const bad = countOf(
      turns.filter((each) => !each.good),
      turn,
    );
    const difference = differenceOf(good, bad);
    const certain = certainOf(difference);
    return { turn, good, bad, difference, certain, weight: certain ** 2 };
  });
}

function countOf(turns: readonly ReadTurn[], turn: TurnClass): Count {
  return { hits: turns.filter(({ read }) => read === turn).length, of: turns.length };
}

/** How right the reading of a class is, against its label. */
export interface Accuracy {
  readonly turn: TurnClass;
  readonly precision: Count;
  readonly recall: Count;
}

export function accuracyOf(turns: readonly ReadTurn[]): readonly Accuracy[] {
  return turnClasses.map((turn) => {
    const hits = turns.filter((each) => each.turn === turn && each.read === turn).length;
    return {
      turn,
      precision: { hits, of: turns.filter(({ read }) => read === turn).length },
      recall: { hits, of: turns.filter((each) => each.turn === turn).length },
    };
  });
}
