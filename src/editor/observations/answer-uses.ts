import type { AnswerOfModel, Conduit } from '../../core/conduit';
import type { UseSignal } from '../../core/observation';

/** Records what the user does with the answers of a conversation, each thing once for each answer. */
export interface AnswerUses {
  tell(answer: AnswerOfModel, how: UseSignal['kind']): Promise<void>;
  /** Another answer is asked for: from the model `by`, where the user picked one. Never rejects. */
  replaced(answer: AnswerOfModel, by: string | undefined): void;
}

export function createAnswerUses(
  conduit: () => Promise<Pick<Conduit, 'observe'>>,
  onProblem: (error: unknown) => void,
): AnswerUses {
  const told = new Set<string>();

  async function tell({ decisionId, deploymentId }: AnswerOfModel, kind: UseSignal['kind']): Promise<void> {
    const use = `${decisionId} ${kind}`;
    if (told.has(use)) return;
    told.add(use);
    try {
      await (await conduit()).observe(decisionId, deploymentId, { kind });
    } catch (error) {
      told.delete(use);
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
