import type { Signal } from '../../src/core/terms/observation';
import type { Developer, Told } from '../routing/policies/conduit';
import type { Answer, AnswerBook } from './answers';
import { answersOf } from './answers';
import { columns, noticing, signalsNamed, turnedRound } from './implicit-signals';
import type { JudgeSettings } from './judge';
import { judging } from './judge';
import type { Scenario } from './scenario';
import type { ThumbSettings } from './thumbs';
import { rating } from './thumbs';

/** What all simulated developers of a run have in common. */
export interface DeveloperSettings extends Omit<ThumbSettings, 'rate01'> {
  /** Names of rows of the table. */
  readonly signals: readonly string[];
  readonly judge: JudgeSettings;
  /** Signals come after 1 to so many further decisions. */
  readonly latest: number;
}

/** A signal, and after how many further decisions it comes, ≥ 1. */
export interface Timed {
  readonly signal: Signal;
  readonly after: number;
}

/** Everything that one answer will ever be told by, in the order in which it happens to it. */
export function tellingsOf(
  scenario: Scenario,
  book: AnswerBook,
  settings: DeveloperSettings,
  seed: number,
): (answer: Answer) => readonly Timed[] {
  const { thumbs01, column, only, against, judge, scored } = scenario;
  const rate = rating({ ...settings, rate01: thumbs01 }, book, seed);
  const kinds = signalsNamed(column === undefined ? [] : only === undefined ? settings.signals : [only]).map(
    (kind) => (kind.name === against ? turnedRound(kind) : kind),
  );
  const notice = column === undefined ? () => [] : noticing(kinds, columns[column], book.good01);
  const verdictOn =
    judge === true ? judging(settings.judge, thumbs01, against === 'judged') : () => undefined;

  return (answer) => {
    const chance = answer.chanceOf('delay');
    const later = (): number => 1 + Math.floor(chance() * settings.latest);
    const timed = (signal: Signal): Timed => ({ signal, after: later() });
    if (scored === true) return [timed({ kind: 'scored', quality01: answer.quality01 })];
    const rated = rate(answer);
    const verdict = verdictOn(answer, rated !== undefined);
    return [...ratingsOf(rated, later), ...(verdict ? [timed(verdict)] : []), ...notice(answer).map(timed)];
  };
}

function ratingsOf(rated: ReturnType<ReturnType<typeof rating>>, later: () => number): readonly Timed[] {
  if (rated === undefined) return [];
  const after = later();
  const thumb = { signal: rated.thumb, after };
  if (!rated.undone) return [thumb];
  return [thumb, { signal: { kind: 'rating', thumb: undefined }, after: after + later() }];
}

/** A developer of one pass. What would come after its end never does. */
export function simulatedDeveloper(
  scenario: Scenario,
  book: AnswerBook,
  settings: DeveloperSettings,
  seed: number,
): Developer {
  const answerAt = answersOf(book, seed);
  const tell = tellingsOf(scenario, book, settings, seed);
  const due = new Map<number, Told[]>();
  return {
    after: ({ number: step, row }, arm) => {
      for (const { signal, after } of tell(answerAt(row, arm))) {
        const told = due.get(step + after) ?? [];
        due.set(step + after, [...told, { step, arm, signal }]);
      }
      const now = due.get(step) ?? [];
      due.delete(step);
      return now;
    },
  };
}
