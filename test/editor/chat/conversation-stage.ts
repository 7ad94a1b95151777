import { expect, vi } from 'vitest';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import type { Conduit } from '../../../src/core/conduit';
import type { RouteRequest } from '../../../src/core/terms/request';
import type { Target } from '../../../src/editor/chat/answer-runner';
import type { Conversation } from '../../../src/editor/chat/conversation';
import { createConversation } from '../../../src/editor/chat/conversation';
import type { RatingOffers } from '../../../src/editor/chat/rating-offers';
import type { SavedTurn } from '../../../src/editor/chat/saved-conversation';
import type { ToldUses } from '../../../src/editor/observations/answer-uses';
import type { ToChat } from '../../../src/webview/protocol/chat';
import { toChatSchema } from '../../../src/webview/protocol/chat';
import { attemptWith, decisionWith } from '../../core/samples';

export interface Stage {
  readonly conversation: Conversation;
  readonly posted: ToChat[];
  readonly requests: RouteRequest[];
  readonly rate: ReturnType<typeof vi.fn<Conduit['rate']>>;
  readonly compare: ReturnType<typeof vi.fn<Conduit['compare']>>;
  readonly observe: ReturnType<typeof vi.fn<Conduit['observe']>>;
  readonly changed: ReturnType<typeof vi.fn<() => void>>;
}

/** Where requests go. */
export const target: { current: Target } = { current: { pool: 'default' } };

/** Whether next turns may be read. */
export const noticing = { current: false };

/** A conversation whose answers are scripted: one list of events for each request. */
export function stage(...answers: (readonly AnswerEvent[] | Error)[]): Stage {
  return stageWith([], ...answers);
}

/** The same, going on from earlier turns, in another window. */
export function stageWith(
  earlier: readonly SavedTurn[],
  ...answers: (readonly AnswerEvent[] | Error)[]
): Stage {
  return stageIn(new Map(), earlier, ...answers);
}

/** The same, in a window that has told something already. */
export function stageIn(
  told: ToldUses,
  earlier: readonly SavedTurn[],
  ...answers: (readonly AnswerEvent[] | Error)[]
): Stage {
  return stageAsking(undefined, told, earlier, ...answers);
}

/** The same, in a window that asks about answers. */
export function stageAsking(
  offers: RatingOffers | undefined,
  told: ToldUses,
  earlier: readonly SavedTurn[],
  ...answers: (readonly AnswerEvent[] | Error)[]
): Stage {
  const posted: ToChat[] = [];
  const requests: RouteRequest[] = [];
  const rate = vi.fn<Conduit['rate']>(() => Promise.resolve());
  const compare = vi.fn<Conduit['compare']>(() => Promise.resolve());
  const observe = vi.fn<Conduit['observe']>(() => Promise.resolve());
  const changed = vi.fn<() => void>();
  let ids = 0;
  const conduit: Pick<Conduit, 'answer' | 'rate' | 'compare' | 'observe' | 'allowOver'> = {
    // eslint-disable-next-line @typescript-eslint/require-await -- the port is a stream
    answer: async function* (request) {
      requests.push(request);
      const script = answers.shift();
      if (script instanceof Error) throw script;
      yield* script ?? [];
    },
    rate,
    compare,
    observe,
    allowOver: () => Promise.resolve(),
  };
  const conversation = createConversation(
    {
      conduit: () => Promise.resolve(conduit),
      target: () => Promise.resolve(target.current),
      agreeToCost: () => Promise.resolve('once'),
      told,
      noticing: () => noticing.current,
      ...(offers && { offers }),
      newId: () => `id-${String((ids += 1))}`,
      post: (message) => posted.push(toChatSchema.parse(message)),
      onAnswering: () => undefined,
      onAnswered: () => undefined,
      onChanged: changed,
      onProblem: () => undefined,
    },
    'conversation',
    earlier,
  );
  return { conversation, posted, requests, rate, compare, observe, changed };
}

export const decided: AnswerEvent = {
  type: 'decided',
  decision: decisionWith({ id: 'd1', deploymentId: 'strong' }),
};
export const decidedFor = (id: string, deploymentId: string): AnswerEvent => ({
  type: 'decided',
  decision: decisionWith({ id, deploymentId }),
});
export const finished = (deploymentId: string): AnswerEvent => ({
  type: 'finished',
  attempt: attemptWith({ decisionId: 'd1', deploymentId }),
  truncated: false,
});
export const failure = { reason: 'server-error', detail: '500 from the server', status: 500 } as const;
export const question = (prompt: string) => ({ prompt, attachments: [], origin: 'chat' as const });

export async function ended(conversation: Conversation): Promise<void> {
  await vi.waitFor(() => expect(conversation.answering).toBe(false));
}

export const strongAnswer = [
  decidedFor('d1', 'strong'),
  { type: 'text', text: 'S' },
  finished('strong'),
] as const;
export const weakAnswer = [decidedFor('d2', 'weak'), { type: 'text', text: 'W' }, finished('weak')] as const;

export async function asked(
  ...answers: (readonly AnswerEvent[])[]
): Promise<Stage & { readonly id: string }> {
  const staged = stage(...answers);
  staged.conversation.ask(question('Why?'));
  await ended(staged.conversation);
  return { ...staged, id: staged.conversation.part().turns[0]?.id ?? '' };
}
