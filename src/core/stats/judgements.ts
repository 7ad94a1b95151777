import type { ShownAgreement } from '../learning/agreement';
import { createJudgedAnswers } from '../learning/judged-answers';
import type { Judgement } from '../terms/judgement';
import type { StoredEntry } from '../terms/ledger-entry';
import type { Observation } from '../terms/observation';
import { usdOf } from '../terms/receipt';

/** What one judge did, cost, and how it agrees with the user. */
export interface JudgeStats {
  /** The deployment that judged. */
  readonly judge: string;
  /** Calls that ended in a verdict, in an answer that was none, and in a failure. */
  readonly verdicts: number;
  readonly noVerdicts: number;
  readonly failures: number;
  /** Sum of the known costs. */
  readonly totalUsd: number;
  /** Calls that were answered at a cost that nobody knows: `totalUsd` is a lower bound where there are any. */
  readonly unpriced: number;
  readonly agreement: ShownAgreement;
}

/** What judging does, costs and is worth, as a fold over the ledger. */
export interface JudgementFold {
  apply(entry: StoredEntry): void;
  /** See `JudgeDoor.judgingUsd`. What was reserved more than two days ago is forgotten. */
  judgingUsd(sinceMs: number, before?: string): number;
  /** Each judge that was ever asked or gave a verdict, the one that was asked last first. */
  judges(): readonly JudgeStats[];
}

interface Reserved {
  readonly sequence: number;
  readonly atMs: number;
  /** What counts: at most, until it ended. */
  usd: number;
}

interface Tally {
  verdicts: number;
  noVerdicts: number;
  failures: number;
  totalUsd: number;
  unpriced: number;
  lastSequence: number;
}

const keptMs = 48 * 3_600_000;

export function createJudgementFold(): JudgementFold {
  /** By the judgement's id, in the order in which they were reserved. */
  const reserved = new Map<string, Reserved>();
  const tallies = new Map<string, Tally>();
  const answers = createJudgedAnswers();

  function tallyOf(judge: string): Tally {
    const known = tallies.get(judge) ?? {
      verdicts: 0,
      noVerdicts: 0,
      failures: 0,
      totalUsd: 0,
      unpriced: 0,
      lastSequence: 0,
    };
    tallies.set(judge, known);
    return known;
  }

  function dropOld(nowMs: number): void {
    for (const [id, { atMs }] of reserved) {
      if (nowMs - atMs < keptMs) break;
      reserved.delete(id);
    }
  }

  function applyJudgement(judgement: Judgement, sequence: number, atMs: number): void {
    const { id, judge, outcome, mostUsd, receipt } = judgement;
    dropOld(atMs);
    const known = reserved.get(id);
    const usd = (receipt && usdOf(receipt.cost)) ?? mostUsd;
    if (known === undefined) reserved.set(id, { sequence, atMs, usd });
    else known.usd = usd;
    const tally = tallyOf(judge);
    tally.lastSequence = sequence;
    switch (outcome) {
      case 'reserved':
      case 'not-asked':
        return;
      case 'verdict':
        tally.verdicts += 1;
        break;
      case 'no-verdict':
        tally.noVerdicts += 1;
        break;
      case 'failed':
        tally.failures += 1;
        break;
    }
    if (receipt === undefined) return;
    const { cost } = receipt;
    // Most failures cost nothing, and say nothing: they are no unknown costs.
    if (cost.kind !== 'unknown') tally.totalUsd += cost.kind === 'simulated' ? 0 : cost.usd;
    else if (outcome !== 'failed') tally.unpriced += 1;
  }

  function applyObservation(observation: Observation): void {
    if (observation.signal.kind === 'judged') tallyOf(observation.signal.judge);
    answers.apply(observation);
  }

  return {
    apply: (entry) => {
      if (entry.kind === 'judgement') applyJudgement(entry.judgement, entry.sequence, entry.atMs);
      else if (entry.kind === 'observation') applyObservation(entry.observation);
    },
    judgingUsd: (sinceMs, before) => {
      const limit = before === undefined ? Infinity : (reserved.get(before)?.sequence ?? Infinity);
      let sum = 0;
      for (const { sequence, atMs, usd } of reserved.values())
        if (atMs >= sinceMs && sequence < limit) sum += usd;
      return sum;
    },
    judges: () =>
      [...tallies]
        .toSorted(([, a], [, b]) => b.lastSequence - a.lastSequence)
        .map(([judge, { lastSequence: _, ...tally }]) => ({
          judge,
          ...tally,
          agreement: answers.shown(judge),
        })),
  };
}
