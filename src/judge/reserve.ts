import type { Configuration } from '../core/terms/configuration';
import type { Judgement } from '../core/terms/judgement';
import type { JudgeDoor } from '../core/terms/judging';

/** Sums of prices have rounding errors. */
const tolerance = 1e-12;

/**
 * Holds what a call may cost at most, so that no two windows spend the same money, and records it before anything is
 * sent: a window that is killed meanwhile leaves what it may have spent in the ledger. Resolves to false where a budget
 * has no place for it: then nothing may be sent, and nothing stays reserved. Rejects where the ledger can't be written.
 */
export async function reserve(
  door: JudgeDoor,
  judgement: Pick<Judgement, 'id' | 'decisionId' | 'judge' | 'mostUsd'>,
  configuration: Configuration,
  isToday: (atMs: number) => boolean,
): Promise<boolean> {
  const { id, mostUsd } = judgement;
  const fits = (before?: string): boolean =>
    mostUsd === 0 ||
    door.judgingUsd(isToday, before) + mostUsd <= configuration.judge.dailyBudgetUsd + tolerance;
  if (!fits()) return false;
  const held = await door.hold(configuration, judgement);
  if (held === undefined) return false;
  try {
    await door.record([{ kind: 'judgement', judgement: { ...judgement, outcome: 'reserved' } }]);
  } catch (error) {
    held.release();
    throw error;
  }
  // What a window that was killed reserved is in the ledger's rows alone.
  if (fits(id)) return true;
  await door.record([{ kind: 'judgement', judgement: { ...judgement, outcome: 'not-asked', mostUsd: 0 } }]);
  return false;
}
