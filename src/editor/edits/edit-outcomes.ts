import type * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import { createAnswerUses } from '../observations/answer-uses';
import { errorText } from '../shown/error-text';
import type { AnswerOfModel } from '../../core/terms/observation';

/** Records what became of proposals that were not accepted. Never rejects. */
export interface EditOutcomes {
  rejected(by: AnswerOfModel): void;
  /** The router is to pick another model for the same. */
  replaced(by: AnswerOfModel): void;
}

export function createEditOutcomes(
  conduit: () => Promise<Pick<Conduit, 'observe'>>,
  log: vscode.LogOutputChannel,
): EditOutcomes {
  const onProblem = (error: unknown): void =>
    log.error(`What became of an edit was not recorded: ${errorText(error)}`);
  const uses = createAnswerUses(conduit, onProblem);
  return {
    rejected: ({ decisionId, deploymentId }) => {
      conduit()
        .then((found) => found.observe(decisionId, deploymentId, { kind: 'edit', outcome: 'rejected' }))
        .catch(onProblem);
    },
    replaced: (by) => uses.replaced(by, undefined),
  };
}
