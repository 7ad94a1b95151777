import * as l10n from '@vscode/l10n';
import { z } from 'zod';
import type { RequestOrigin } from '../../core/request';
import type { TurnView } from '../../webview/protocol';
import { turnSchema } from '../../webview/protocol';
import type { Attachment } from '../attachments/selection';

/** What is asked in one turn. */
export interface Question {
  readonly prompt: string;
  readonly attachments: readonly Attachment[];
  readonly origin: RequestOrigin;
  /** The pool that the user named for it; absent: the one in use. */
  readonly pool?: string | undefined;
}

/** A model of a pool that the user chose. */
export interface ModelChoice {
  readonly pool: string;
  readonly deploymentId: string;
}

export interface SavedTurn {
  readonly question: Question;
  readonly view: TurnView;
  /** The arm that a rating is evidence about. */
  readonly answeredBy?: string | undefined;
  /** The same of the rival's answer, where there is one. */
  readonly rivalAnsweredBy?: string | undefined;
  /** What was told of what the user did with its answers, by their decisions: it is told once. */
  readonly told?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A conversation as its file keeps it. */
export interface SavedConversation {
  /** Its file's name, and what groups its requests in the ledger. */
  readonly id: string;
  /** Another one with every writing: tells whether another window wrote meanwhile. Empty: never written. */
  readonly revision: string;
  /** Unix ms. */
  readonly updatedMs: number;
  /** The user's own name for it; absent: its first question. */
  readonly name?: string | undefined;
  /** The only model that it asks. */
  readonly lockedTo?: ModelChoice | undefined;
  readonly turns: readonly SavedTurn[];
}

/** An id becomes the name of a file: nothing in it leads out of the folder. */
const idSchema = z.string().regex(/^[\w-]{1,64}$/);

const attachmentSchema = z.object({ label: z.string(), languageId: z.string(), text: z.string() });

/** What was asked somewhere that this version doesn't know was asked in a chat. */
const originSchema = z
  .enum(['chat', 'participant', 'explain-selection', 'language-model'])
  .catch('chat') satisfies z.ZodType<RequestOrigin>;

const savedTurnSchema = z.object({
  question: z.object({
    prompt: z.string(),
    attachments: z.array(attachmentSchema),
    origin: originSchema,
    pool: z.string().optional(),
  }),
  view: turnSchema,
  answeredBy: z.string().optional(),
  rivalAnsweredBy: z.string().optional(),
  told: z.record(z.string(), z.array(z.string())).optional(),
});

const savedSchema: z.ZodType<SavedConversation> = z.object({
  id: idSchema,
  revision: z.string(),
  updatedMs: z.number(),
  name: z.string().optional(),
  lockedTo: z.object({ pool: z.string(), deploymentId: z.string() }).optional(),
  turns: z.array(savedTurnSchema),
});

/** A conversation from the text of its file; undefined where it isn't one. */
export function parseSaved(text: string): SavedConversation | undefined {
  try {
    const saved = savedSchema.safeParse(JSON.parse(text));
    return saved.success ? saved.data : undefined;
  } catch {
    return undefined;
  }
}

const longestTitle = 60;

/** What a conversation is called: by the user, else by its first question. */
export function titleOf({ name, turns }: Pick<SavedConversation, 'name' | 'turns'>): string {
  if (name !== undefined) return name;
  const first = (turns[0]?.question.prompt ?? '').replaceAll(/\s+/g, ' ').trim();
  if (first === '') return l10n.t('New conversation');
  return first.length <= longestTitle ? first : `${first.slice(0, longestTitle - 1)}…`;
}
