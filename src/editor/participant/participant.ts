import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { participantId } from '../command-table';
import { createAnswerUses } from '../observations/answer-uses';
import { createNextTurns } from '../observations/next-turns';
import { errorText } from '../shown/error-text';
import { followUpsOf } from './participant-follow-ups';
import { createAskedPictures } from './participant-images';
import { pastOf, turnMetadataSchema } from './participant-history';
import type { ParticipantParts } from './participant-turn';

/** `@conduit` in the editor's own chat. */
export function registerParticipant(parts: ParticipantParts): vscode.Disposable {
  const onProblem = (error: unknown): void =>
    parts.log.error(`What was done with an answer was not recorded: ${errorText(error)}`);
  const uses = createAnswerUses(parts.conduit, onProblem);
  const { conduit, noticing } = parts;
  const nextTurns = createNextTurns({ conduit, noticing, told: new Map(), onProblem });
  const pictures = createAskedPictures();
  const participant = vscode.chat.createChatParticipant(
    participantId,
    async (request, { history }, stream, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      const past = pastOf(history.map(metadataOf));
      const conversationId = past.conversationId ?? parts.newId();
      const turn = { request, stream, signal: controller.signal, past, conversationId };
      try {
        const { respond } = await import('./participant-turn');
        return await respond({ ...parts, uses, nextTurns, pictures }, turn);
      } catch (error) {
        parts.log.error(`@conduit: ${errorText(error)}`);
        const message = l10n.t('{0} Your question is above: send it again to retry.', errorText(error));
        return { errorDetails: { message } };
      } finally {
        subscription.dispose();
      }
    },
  );
  participant.iconPath = new vscode.ThemeIcon('type-hierarchy');
  participant.followupProvider = {
    provideFollowups: async ({ metadata }) => {
      const turn = turnMetadataSchema.safeParse(metadata);
      if (!turn.success) return [];
      const { pools } = await parts.configuration.current();
      const models = pools.find(({ name }) => name === turn.data.pool)?.deployments.length ?? 0;
      return [...followUpsOf(turn.data, models)];
    },
  };
  const feedback = participant.onDidReceiveFeedback(({ result, kind }) => {
    const { decisionId, deploymentId } = turnMetadataSchema.safeParse(result.metadata).data ?? {};
    if (decisionId === undefined || deploymentId === undefined) return;
    const thumb = kind === vscode.ChatResultFeedbackKind.Helpful ? 'up' : 'down';
    parts
      .conduit()
      .then(async (conduit) => conduit.rate(decisionId, deploymentId, thumb))
      .catch((error: unknown) => parts.log.error(`The rating was not recorded: ${errorText(error)}`));
  });
  return vscode.Disposable.from(participant, feedback);
}

function metadataOf(turn: vscode.ChatRequestTurn | vscode.ChatResponseTurn): unknown {
  return turn instanceof vscode.ChatResponseTurn ? turn.result.metadata : undefined;
}
