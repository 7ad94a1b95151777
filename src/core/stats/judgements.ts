import type { ShownAgreement } from '../learning/agreement';
import type { SavedJudgedAnswers } from '../learning/judged-answers';
import { createJudgedAnswers, readJudgedAnswers } from '../learning/judged-answers';
import { createUnsealed } from '../learning/unsealed';
import type { Judgement } from '../terms/judgement';
import type { StoredEntry } from '../terms/ledger-entry';
import { observationsIn } from '../terms/ledger-entry';
import type { Observation } from '../terms/observation';
import { usdOf } from '../terms/receipt';
import { readList, readMap, readNumber, readNumbers, readShape, readText } from '../terms/saved';

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
  /** `earlier` are the entries of the same decision before it, where that is sealed. */
  apply(entry: StoredEntry, earlier?: readonly StoredEntry[]): void;
  /** See `JudgeDoor.judgingUsd`. What was reserved more than two days ago is forgotten. */
  judgingUsd(counts: (atMs: number) => boolean, before?: string): number;
  /** Each judge that was ever asked or gave a verdict, the one that was asked last first. */
  judges(): readonly JudgeStats[];
  /** To go on from, as what can be cloned. */
  save(): SavedJudgements;
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

interface SavedJudgements {
  /** Ids of judgements, in the order in which they were reserved, and of each: sequence number, time, USD. */
  readonly reserved: { readonly ids: readonly string[]; readonly rows: Float64Array };
  readonly tallies: ReadonlyMap<string, Readonly<Tally>>;
  readonly answers: SavedJudgedAnswers;
  /** Ids of the decisions that aren't sealed, oldest first. */
  readonly decisions: readonly string[];
}

const readJudgements = readShape<SavedJudgements>({
  reserved: readShape<SavedJudgements['reserved']>({ ids: readList(readText), rows: readNumbers() }),
  tallies: readMap(
    readShape<Tally>({
      verdicts: readNumber,
      noVerdicts: readNumber,
      failures: readNumber,
      totalUsd: readNumber,
      unpriced: readNumber,
      lastSequence: readNumber,
    }),
  ),
  answers: readJudgedAnswers,
  decisions: readList(readText),
});

const keptMs = 48 * 3_600_000;

/**
 * `kept` as in `createUnsealed`; `carried`: what was saved is taken as sealed. Throws a RangeError where `saved` is not what
 * `save` gave.
 */
export function createJudgementFold(saved?: unknown, kept?: number, carried = false): JudgementFold {
  const before = saved === undefined ? undefined : readJudgements(saved, 'judgements');
  /** By the judgement's id, in the order in which they were reserved. */
  const reserved = reservedIn(before?.reserved);
  const tallies = copyOf(before?.tallies);
  const answers = createJudgedAnswers(before?.answers);
  const decisions = createUnsealed<string>(kept);
  for (const id of before?.decisions ?? []) {
    if (carried) answers.seal(id);
    else decisions.add(id, id);
  }

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

  function applyDecision(id: string): void {
    const sealed = decisions.add(id, id);
    if (sealed !== undefined) answers.seal(sealed);
  }

  function applyObservation(observation: Observation, earlier: readonly StoredEntry[] | undefined): void {
    if (observation.signal.kind === 'judged') tallyOf(observation.signal.judge);
    const isSealed = earlier !== undefined && !decisions.has(observation.decisionId);
    answers.apply(observation, isSealed ? observationsIn(earlier) : undefined);
  }

  return {
    apply: (entry, earlier) => {
      if (entry.kind === 'decision') applyDecision(entry.decision.id);
      else if (entry.kind === 'judgement') applyJudgement(entry.judgement, entry.sequence, entry.atMs);
      else if (entry.kind === 'observation') applyObservation(entry.observation, earlier);
    },
    judgingUsd: (counts, before) => {
      const limit = before === undefined ? Infinity : (reserved.get(before)?.sequence ?? Infinity);
      let sum = 0;
      for (const { sequence, atMs, usd } of reserved.values())
        if (sequence < limit && counts(atMs)) sum += usd;
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
    save: () => ({
      reserved: {
        ids: [...reserved.keys()],
        rows: Float64Array.from(
          Array.from(reserved.values(), ({ sequence, atMs, usd }) => [sequence, atMs, usd]).flat(),
        ),
      },
      tallies: copyOf(tallies),
      answers: answers.save(),
      decisions: Array.from(decisions.entries(), ([id]) => id),
    }),
  };
}

function reservedIn({ ids, rows }: SavedJudgements['reserved'] = noneReserved): Map<string, Reserved> {
  if (rows.length !== 3 * ids.length)
    throw new RangeError('The saved judgements have columns of different lengths.');
  const reserved = new Map<string, Reserved>();
  for (const [place, id] of ids.entries()) {
    const at = 3 * place;
    reserved.set(id, { sequence: rows[at] ?? NaN, atMs: rows[at + 1] ?? NaN, usd: rows[at + 2] ?? NaN });
  }
  return reserved;
}

const noneReserved: SavedJudgements['reserved'] = { ids: [], rows: new Float64Array() };

function copyOf<Value extends object>(
  of: ReadonlyMap<string, Readonly<Value>> = new Map(),
): Map<string, Value> {
  return new Map(Array.from(of, ([key, value]) => [key, { ...value }]));
}
