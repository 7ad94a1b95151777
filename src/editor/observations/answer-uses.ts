import type { Conduit } from '../../core/conduit';
import type { AnswerOfModel, UseSignal } from '../../core/terms/observation';

/** What was told of answers, by their decisions. */
export type ToldUses = Map<string, Set<string>>;

/** Records what the user does with the answers of a conversation, each thing once for each answer. */
export interface AnswerUses {
  /** False where it was told before. */
  tell(answer: AnswerOfModel, how: UseSignal['kind']): Promise<boolean>;
  /** Another answer is asked for: from the model `by`, where the user picked one. Never rejects. */
  replaced(answer: AnswerOfModel, by: string | undefined): void;
}

/** `told` may hold what was told before; it grows by what is told now. */
export function createAnswerUses(
  conduit: () => Promise<Pick<Conduit, 'observe'>>,
  onProblem: (error: unknown) => void,
  told: ToldUses = new Map(),
): AnswerUses {
  async function tell(
    { decisionId, deploymentId }: AnswerOfModel,
    kind: UseSignal['kind'],
  ): Promise<boolean> {
    const uses = told.get(decisionId) ?? new Set();
    if (uses.has(kind)) return false;
    told.set(decisionId, uses.add(kind));
    try {
      await (await conduit()).observe(decisionId, deploymentId, { kind });
      return true;
    } catch (error) {
      uses.delete(kind);
      throw error;
    }
  }

  return {
    tell,
    replaced: (answer, by) => {
      // The same model picked again is no other one.
      const elsewhere = by !== undefined && by !== answer.deploymentId;
      tell(answer, elsewhere ? 'retried-elsewhere' : 'regenerated').catch(onProblem);
    },
  };
}
