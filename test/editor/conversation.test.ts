import { expect, test, vi } from 'vitest';
import type { AnswerEvent } from '../../src/core/answer-event';
import type { Conduit } from '../../src/core/conduit';
import type { RouteRequest } from '../../src/core/request';
import type { Conversation } from '../../src/editor/conversation';
import { createConversation } from '../../src/editor/conversation';
import type { ToChat } from '../../src/webview/protocol';
import { toChatSchema } from '../../src/webview/protocol';
import { attemptWith, decisionWith } from '../core/samples';

interface Stage {
  readonly conversation: Conversation;
  readonly posted: ToChat[];
  readonly requests: RouteRequest[];
  readonly rate: ReturnType<typeof vi.fn<Conduit['rate']>>;
}

/** A conversation whose answers are scripted: one list of events for each request. */
function stage(...answers: (readonly AnswerEvent[] | Error)[]): Stage {
  const posted: ToChat[] = [];
  const requests: RouteRequest[] = [];
  const rate = vi.fn<Conduit['rate']>(() => Promise.resolve());
  let ids = 0;
  const conduit: Pick<Conduit, 'answer' | 'rate'> = {
    // eslint-disable-next-line @typescript-eslint/require-await -- the port is a stream
    answer: async function* (request) {
      requests.push(request);
      const script = answers.shift();
      if (script instanceof Error) throw script;
      yield* script ?? [];
    },
    rate,
  };
  const conversation = createConversation(
    {
      conduit: () => Promise.resolve(conduit),
      pool: () => Promise.resolve('default'),
      agreeToCost: () => Promise.resolve(true),
      newId: () => `id-${String((ids += 1))}`,
      post: (message) => posted.push(toChatSchema.parse(message)),
      onAnswering: () => undefined,
      onAnswered: () => undefined,
      onChanged: () => undefined,
    },
    'conversation',
  );
  return { conversation, posted, requests, rate };
}

const decided: AnswerEvent = {
  type: 'decided',
  decision: decisionWith({ id: 'd1', deploymentId: 'strong' }),
};
const finished = (deploymentId: string): AnswerEvent => ({
  type: 'finished',
  attempt: attemptWith({ decisionId: 'd1', deploymentId }),
  truncated: false,
});
const failure = { reason: 'server-error', detail: '500 from the server', status: 500 } as const;
const question = (prompt: string) => ({ prompt, attachments: [], origin: 'chat' as const });

async function ended(conversation: Conversation): Promise<void> {
  await vi.waitFor(() => expect(conversation.answering).toBe(false));
}

test('an answer streams into its turn and ends with the line', async () => {
  const { conversation, posted } = stage([
    decided,
    { type: 'text', text: 'A' },
    { type: 'text', text: 'B' },
    finished('strong'),
  ]);
  expect(conversation.ask(question('Why?'))).toBe(true);
  await ended(conversation);
  expect(conversation.turns).toMatchObject([
    { prompt: 'Why?', answer: 'AB', status: 'done', line: { model: 'strong' } },
  ]);
  expect(posted.filter(({ type }) => type === 'delta')).toHaveLength(2);
});

test('a second question is refused while an answer is under way, so that the caller keeps its text', async () => {
  const { conversation } = stage([decided, finished('strong')]);
  expect(conversation.ask(question('first'))).toBe(true);
  expect(conversation.ask(question('second'))).toBe(false);
  await ended(conversation);
  expect(conversation.turns).toHaveLength(1);
});

test('the conversation goes on: the history carries what was asked and answered', async () => {
  const { conversation, requests } = stage(
    [decided, { type: 'text', text: 'Four.' }, finished('strong')],
    [decided, finished('strong')],
  );
  conversation.ask(question('2+2?'));
  await ended(conversation);
  conversation.ask(question('And 3+3?'));
  await ended(conversation);
  expect(requests[1]?.messages.map(({ role, text }) => `${role}: ${text}`)).toEqual([
    'user: 2+2?',
    'assistant: Four.',
    'user: And 3+3?',
  ]);
  expect(requests[0]?.conversationId).toBe(requests[1]?.conversationId);
});

test('a failure keeps the prompt, says what happened, and retry asks the same again', async () => {
  const failed: AnswerEvent = {
    type: 'failed',
    attempt: attemptWith({ decisionId: 'd1', deploymentId: 'strong', outcome: 'failed', failure }),
    failure,
    partial: false,
  };
  const { conversation, requests } = stage(
    [decided, failed],
    [decided, { type: 'text', text: 'ok' }, finished('strong')],
  );
  conversation.ask(question('Why?'));
  await ended(conversation);
  const [turn] = conversation.turns;
  expect(turn).toMatchObject({ prompt: 'Why?', status: 'failed' });
  expect(turn?.error?.text).toContain('strong failed (server error): 500 from the server');
  expect(turn?.error?.actions).toContain('retry');
  expect(conversation.retry(turn?.id ?? '')).toBe(true);
  await ended(conversation);
  expect(conversation.turns).toMatchObject([{ prompt: 'Why?', answer: 'ok', status: 'done' }]);
  expect(requests[1]?.messages).toEqual(requests[0]?.messages);
});

test('what throws (a ledger that can not be written) becomes an error of the turn', async () => {
  const { conversation } = stage(new Error('conduit.db is locked'));
  conversation.ask(question('Why?'));
  await ended(conversation);
  expect(conversation.turns).toMatchObject([
    {
      prompt: 'Why?',
      status: 'failed',
      error: { text: 'conduit.db is locked', actions: ['retry', 'show-log'] },
    },
  ]);
});

test('after a fallback the notice names both models and the rating is evidence about the one that answered', async () => {
  const { conversation, rate } = stage([
    decided,
    { type: 'fell-back', from: 'strong', to: 'weak', failure },
    { type: 'text', text: 'x' },
    finished('weak'),
  ]);
  conversation.ask(question('Why?'));
  await ended(conversation);
  expect(conversation.turns[0]?.notices).toEqual(['strong failed (server error); weak was asked instead.']);
  await conversation.rate('d1', 'down');
  expect(rate).toHaveBeenLastCalledWith('d1', 'weak', 'down');
  expect(conversation.turns[0]?.thumb).toBe('down');
  await conversation.rate('d1', undefined);
  expect(rate).toHaveBeenLastCalledWith('d1', 'weak', undefined);
  expect(conversation.turns[0]?.thumb).toBeUndefined();
});

test('a model that is asked again is said so until something becomes of it', async () => {
  const again = { type: 'retrying', deploymentId: 'strong', waitMs: 3_000, failure } as const;
  const retried = 'strong failed (server error); it was asked again after 3 s.';
  const { conversation, posted } = stage(
    [decided, again, { type: 'fell-back', from: 'strong', to: 'weak', failure }, finished('weak')],
    [decided, again, { type: 'text', text: 'x' }, finished('strong')],
  );
  conversation.ask(question('Why?'));
  await ended(conversation);
  expect(JSON.stringify(posted)).toContain(retried);
  expect(conversation.turns[0]?.notices).toEqual(['strong failed (server error); weak was asked instead.']);
  conversation.ask(question('And why?'));
  await ended(conversation);
  expect(conversation.turns[1]?.notices).toEqual([retried]);
});

test('no eligible model: the reason for each, and the way to a key', async () => {
  const { conversation } = stage([
    { type: 'no-model', pool: 'gpt', excluded: [{ deploymentId: 'mini', reason: 'missing-key' }] },
  ]);
  conversation.ask(question('Why?'));
  await ended(conversation);
  expect(conversation.turns[0]?.error?.text).toContain('mini: no API key');
  expect(conversation.turns[0]?.error?.actions[0]).toBe('set-key');
});
