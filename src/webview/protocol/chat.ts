import { z } from 'zod';

/** Messages between the extension host and the chat view. Both sides parse what they get: neither trusts the other. */

export const thumbSchema = z.enum(['up', 'down']);
export const ratingReasonSchema = z.enum([
  'wrong',
  'outdated',
  'ignored-instructions',
  'too-long',
  'too-slow',
  'refused',
]);

const candidateSchema = z.object({
  model: z.string(),
  chosen: z.boolean(),
  quality01: z.number(),
  /** "0.71 (figures)": before its own outcomes; absent: it wasn't kept. */
  expected: z.string().optional(),
  bonus: z.number(),
  cost: z.string(),
  latency: z.string(),
  /** "38 %": how likely it was to give no answer; absent: nothing was held against it. */
  risk: z.string().optional(),
  utility: z.number(),
  probability: z.number(),
});

export const explanationSchema = z.object({
  /** Claims no more than was known. Absent: kept by a version that said it among the reasons. */
  sentence: z.string().optional(),
  /** Sentences, most important first. */
  reasons: z.array(z.string()),
  candidates: z.array(candidateSchema),
  excluded: z.array(z.object({ model: z.string(), reason: z.string() })),
});

/** The line under an answer. Texts are ready to show; the webview formats nothing. */
const answerLineSchema = z.object({
  model: z.string(),
  /** "$0.0003", "about $0.0003", "cost unknown", "simulated price $0.0003". */
  cost: z.string(),
  time: z.string(),
  phase: z.string(),
  simulated: z.boolean(),
  explored: z.boolean(),
});

export const answerSchema = z.object({
  id: z.string(),
  prompt: z.string(),
  /** Names of what was attached, e.g. "math.ts:3–9"; the webview does not need the texts. */
  attachments: z.array(z.string()).optional(),
  /** What the model thought before; absent: nothing that it told. */
  thoughts: z.string().optional(),
  answer: z.string(),
  status: z.enum(['waiting', 'streaming', 'done', 'stopped', 'failed']),
  /** "gpt-4o failed (server error); claude-haiku was asked instead." */
  notices: z.array(z.string()),
  /** What happened and what to do, where `status` is `failed`. */
  error: z
    .object({
      text: z.string(),
      actions: z.array(z.enum(['retry', 'set-key', 'open-configuration', 'show-log'])),
    })
    .optional(),
  line: answerLineSchema.optional(),
  explanation: explanationSchema.optional(),
  decisionId: z.string().optional(),
  thumb: thumbSchema.optional(),
  reason: ratingReasonSchema.optional(),
  /** What the user is asked about it; absent: nothing, as nearly always. */
  offer: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('rating') }),
      /** `model` would answer beside it. */
      z.object({ kind: z.literal('duel'), model: z.string() }),
    ])
    .optional(),
});

export const turnSchema = answerSchema.extend({
  /** Answers that were replaced by another, oldest first. */
  earlier: z
    .array(
      z.object({
        answer: z.string(),
        line: answerLineSchema.optional(),
        decisionId: z.string().optional(),
        /** The arm that what is done with it is evidence about. */
        answeredBy: z.string().optional(),
      }),
    )
    .optional(),
  /** A second model's answer, until the user has picked the better one. */
  rival: answerSchema.optional(),
});

/** What the active editor has that can be attached. */
const editorSchema = z.object({
  /** "math.ts:3–9". */
  selection: z.string().optional(),
  openFile: z.string().optional(),
  /** How many problems the open file has; absent: none. */
  problems: z.number().optional(),
});

/** A word that a question may begin with, and what it does. */
const slashWordSchema = z.object({ name: z.string(), text: z.string() });

const chipSchema = z.object({
  key: z.string(),
  label: z.string(),
  icon: z.enum(['file', 'code', 'warning']),
});

export const toChatSchema = z.discriminatedUnion('type', [
  editorSchema.extend({
    type: z.literal('conversation'),
    pool: z.string(),
    simulated: z.boolean(),
    /** The only model that this conversation asks, where the user said so. */
    lockedTo: z.string().optional(),
    /** What `/` offers. */
    slashWords: z.array(slashWordSchema).optional(),
    /** How many turns come before `turns`; the page asks for them when they are near. */
    earlier: z.number().optional(),
    turns: z.array(turnSchema),
  }),
  /** Adds the turn, or replaces the one with the same id. */
  z.object({ type: z.literal('turn'), turn: turnSchema }),
  /** Appends to the turn's answer, or to what the model thinks. */
  z.object({
    type: z.literal('delta'),
    turnId: z.string(),
    text: z.string(),
    of: z.literal('thoughts').optional(),
  }),
  editorSchema.extend({ type: z.literal('selection') }),
  /** Turns before those that the page has, and how many come before them. */
  z.object({ type: z.literal('earlier'), turns: z.array(turnSchema), earlier: z.number() }),
  /** What goes with the next question. */
  z.object({ type: z.literal('attachments'), attachments: z.array(chipSchema) }),
  /** Questions that are asked when the answer under way has ended, in order. */
  z.object({ type: z.literal('waiting'), prompts: z.array(z.string()) }),
  /** The question was not sent after all: it goes back to where it was typed. */
  z.object({ type: z.literal('unsent'), text: z.string() }),
  /** What was typed and not sent before the page was loaded; whatever was typed since stays. */
  z.object({ type: z.literal('draft'), text: z.string() }),
  /** What would change the choice of a decision, in sentences: the answer to `reconsider`. */
  z.object({ type: z.literal('what-if'), decisionId: z.string(), sentences: z.array(z.string()) }),
  z.object({ type: z.literal('focus') }),
]);

export const fromChatSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** Once for each draft, when it begins: a question may follow. */
  z.object({ type: z.literal('typing') }),
  /** What is typed and not sent: the page has no memory that survives a restart. */
  z.object({ type: z.literal('draft'), text: z.string() }),
  z.object({ type: z.literal('send'), text: z.string() }),
  /** Asks for turns before this one. */
  z.object({ type: z.literal('earlier'), before: z.string() }),
  z.object({ type: z.literal('attach'), what: z.enum(['files', 'selection', 'open-file', 'problems']) }),
  z.object({ type: z.literal('detach'), key: z.string() }),
  /** Takes a waiting question back. */
  z.object({ type: z.literal('take-back'), index: z.number(), prompt: z.string() }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('retry'), turnId: z.string() }),
  /** Answers the last question anew, by whichever model the router picks among those that haven't answered it. */
  z.object({ type: z.literal('regenerate'), turnId: z.string() }),
  /** The same by a model that the user picks. */
  z.object({ type: z.literal('retry-with'), turnId: z.string() }),
  /** Lets a second model answer the last question beside the first. */
  z.object({
    type: z.literal('duel'),
    turnId: z.string(),
    /** By the model that the page was told to suggest. */
    offered: z.literal(true).optional(),
  }),
  /** The better one of two answers. */
  z.object({ type: z.literal('prefer'), turnId: z.string(), decisionId: z.string() }),
  /** Asks an earlier question again in other words, in a conversation of its own. */
  z.object({ type: z.literal('edit'), turnId: z.string(), text: z.string() }),
  /** Locks the conversation to a model, or lets the router choose again. */
  z.object({ type: z.literal('choose-model') }),
  z.object({
    type: z.literal('rate'),
    decisionId: z.string(),
    thumb: thumbSchema.optional(),
    reason: ratingReasonSchema.optional(),
  }),
  /** The user wants to know what would change the choice of a decision. */
  z.object({ type: z.literal('reconsider'), decisionId: z.string() }),
  /** All that is known of a choice goes to the clipboard, as JSON. */
  z.object({ type: z.literal('copy-why'), decisionId: z.string() }),
  /** Text of an answer was copied with the editor's own means. Told once for each answer on the page. */
  z.object({ type: z.literal('copied'), decisionId: z.string() }),
  z.object({ type: z.literal('insert'), code: z.string(), decisionId: z.string().optional() }),
  z.object({ type: z.literal('copy'), code: z.string(), decisionId: z.string().optional() }),
  /** Shows what the code makes of the open file, to be applied or not. */
  z.object({ type: z.literal('apply'), code: z.string(), decisionId: z.string().optional() }),
  /** `language` is what stands at the code's fence, or empty. */
  z.object({
    type: z.literal('new-file'),
    code: z.string(),
    language: z.string(),
    decisionId: z.string().optional(),
  }),
  z.object({ type: z.literal('open-link'), href: z.string() }),
  /** A file that an answer names: `src/foo.ts#L10`. */
  z.object({ type: z.literal('open-file'), href: z.string() }),
  z.object({ type: z.literal('new-conversation') }),
  z.object({
    type: z.literal('command'),
    command: z.enum(['set-key', 'open-configuration', 'show-log', 'show-stats']),
  }),
]);

export type RatingReason = z.infer<typeof ratingReasonSchema>;
export type AnswerView = z.infer<typeof answerSchema>;
export type AnswerError = NonNullable<AnswerView['error']>;
/** What can be done about an answer that failed. */
export type ErrorAction = AnswerError['actions'][number];
export type TurnView = z.infer<typeof turnSchema>;
export type Explanation = z.infer<typeof explanationSchema>;
export type AnswerLine = z.infer<typeof answerLineSchema>;
export type AttachmentChip = z.infer<typeof chipSchema>;
export type SlashWord = z.infer<typeof slashWordSchema>;
export type ToChat = z.infer<typeof toChatSchema>;
export type FromChat = z.infer<typeof fromChatSchema>;
