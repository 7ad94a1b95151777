import * as vscode from 'vscode';
import { z } from 'zod';
import type { Message } from '../../core/request';
import { withAttachments } from '../attachments/attach';
import type { Attachment } from '../attachments/selection';
import { labelOf } from '../attachments/selection';

/** What every answer in the native chat carries: the editor keeps it with the turn, also over a reload. */
export const turnMetadataSchema = z.object({
  conversationId: z.string(),
  /** The answer as the model gave it, without what Conduit wrote around it. */
  answer: z.string(),
});

/** The conversation that the earlier turns belong to. */
export function conversationOf(context: vscode.ChatContext): string | undefined {
  for (const turn of context.history.toReversed()) {
    const metadata = metadataOf(turn);
    if (metadata !== undefined) return metadata.conversationId;
  }
  return undefined;
}

/** The earlier turns as messages: questions with what was attached to them, answers in the models' own words. */
export async function historyOf(context: vscode.ChatContext): Promise<readonly Message[]> {
  const messages = await Promise.all(
    context.history.map(async (turn): Promise<Message> => {
      if (!(turn instanceof vscode.ChatRequestTurn))
        return { role: 'assistant', text: metadataOf(turn)?.answer ?? '' };
      const { attachments } = await attachmentsOf(turn.references);
      return { role: 'user', text: withAttachments(turn.prompt, attachments) };
    }),
  );
  return messages.filter(({ text }) => text !== '');
}

function metadataOf(
  turn: vscode.ChatRequestTurn | vscode.ChatResponseTurn,
): z.infer<typeof turnMetadataSchema> | undefined {
  if (!(turn instanceof vscode.ChatResponseTurn)) return undefined;
  const metadata = turnMetadataSchema.safeParse(turn.result.metadata);
  return metadata.success ? metadata.data : undefined;
}

/** A whole file counts only up to this many characters. */
const longestAttachment = 50_000;

export interface Attached {
  readonly attachments: readonly Attachment[];
  /** What could not be read, or not all of it: one sentence each. */
  readonly notices: readonly string[];
}

/** Selections and files that the user attached. What can't be read as text (a folder, a picture) is left out. */
export async function attachmentsOf(references: readonly vscode.ChatPromptReference[]): Promise<Attached> {
  const attachments: Attachment[] = [];
  const notices: string[] = [];
  for (const { value } of references) {
    const uri =
      value instanceof vscode.Location ? value.uri : value instanceof vscode.Uri ? value : undefined;
    if (uri === undefined) continue;
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
      const range = value instanceof vscode.Location ? value.range : whole;
      const text = document.getText(range);
      const label = labelOf(document, range);
      if (text.length > longestAttachment) notices.push(`Of ${label} only the beginning was sent.`);
      attachments.push({ label, languageId: document.languageId, text: text.slice(0, longestAttachment) });
    } catch {
      notices.push(`${uri.path.split('/').at(-1) ?? uri.path} can’t be read as text and was left out.`);
    }
  }
  return { attachments, notices };
}
