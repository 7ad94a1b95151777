import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { AnswerEvent } from '../../../src/core/answer-event';
import type { Conduit } from '../../../src/core/conduit';
import type { RouteRequest } from '../../../src/core/request';
import type { SavedTurn } from '../../../src/editor/chat/saved-conversation';
import { parseSaved } from '../../../src/editor/chat/saved-conversation';
import type { Target } from '../../../src/editor/chat/answer-runner';
import type { Conversation } from '../../../src/editor/chat/conversation';
import { createConversation } from '../../../src/editor/chat/conversation';
import type { ToChat } from '../../../src/webview/protocol';
import { toChatSchema } from '../../../src/webview/protocol';
import { attemptWith, decisionWith } from '../../core/samples';

interface Stage {
  readonly conversation: Conversation;
  readonly posted: ToChat[];
  readonly requests: RouteRequest[];
  readonly rate: ReturnType<typeof vi.fn<Conduit['rate']>>;
  readonly compare: ReturnType<typeof vi.fn<Conduit['compare']>>;
  readonly observe: ReturnType<typeof vi.fn<Conduit['observe']>>;
}

/** Where requests go. */
let target: Target;
beforeEach(() => (target = { pool: 'default' }));

/** A conversation whose answers are scripted: one list of events for each request. */
function stage(...answers: (readonly AnswerEvent[] | Error)[]): Stage {
  return stageWith([], ...answers);
}

/** The same, going on from earlier turns. */
function stageWith(earlier: readonly SavedTurn[], ...answers: (readonly AnswerEvent[] | Error)[]): Stage {
  const posted: ToChat[] = [];
  const requests: RouteRequest[] = [];
  const rate = vi.fn<Conduit['rate']>(() => Promise.resolve());
  const compare = vi.fn<Conduit['compare']>(() => Promise.resolve());
  const observe = vi.fn<Conduit['observe']>(() => Promise.resolve());
  let ids = 0;
  const conduit: Pick<Conduit, 'answer' | 'rate' | 'compare' | 'observe'> = {
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
  };
  const conversation = createConversation(
    {
      conduit: () => Promise.resolve(conduit),
      target: () => Promise.resolve(target),
      agreeToCost: () => Promise.resolve(true),
      newId: () => `id-${String((ids += 1))}`,
      post: (message) => posted.push(toChatSchema.parse(message)),
      onAnswering: () => undefined,
      onAnswered: () => undefined,
      onChanged: () => undefined,
      onProblem: () => undefined,
    },
    'conversation',
    earlier,
  );
  return { conversation, posted, requests, rate, compare, observe };
}

const decided: AnswerEvent = {
  type: 'decided',
  decision: decisionWith({ id: 'd1', deploymentId: 'strong' }),
};
const decidedFor = (id: string, deploymentId: string): AnswerEvent => ({
  type: 'decided',
  decision: decisionWith({ id, deploymentId }),
});
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
  expect(rate).toHaveBeenLastCalledWith('d1', 'weak', 'down', undefined);
  expect(conversation.turns[0]?.thumb).toBe('down');
  await conversation.rate('d1', undefined);
  expect(rate).toHaveBeenLastCalledWith('d1', 'weak', undefined, undefined);
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

/** Two models' answers to the same question, ready to be told apart. */
const strongAnswer = [decidedFor('d1', 'strong'), { type: 'text', text: 'S' }, finished('strong')] as const;
const weakAnswer = [decidedFor('d2', 'weak'), { type: 'text', text: 'W' }, finished('weak')] as const;

async function asked(...answers: (readonly AnswerEvent[])[]): Promise<Stage & { readonly id: string }> {
  const staged = stage(...answers);
  staged.conversation.ask(question('Why?'));
  await ended(staged.conversation);
  return { ...staged, id: staged.conversation.turns[0]?.id ?? '' };
}

test('regenerating asks the same of the other models, and keeps the answer of before', async () => {
  const { conversation, requests, id } = await asked(strongAnswer, weakAnswer);
  expect(conversation.redo(id)).toBe(true);
  await ended(conversation);
  expect(requests[1]).toMatchObject({ messages: requests[0]?.messages, avoid: ['strong'] });
  expect(conversation.turns).toMatchObject([
    { id, answer: 'W', decisionId: 'd2', earlier: [{ answer: 'S', line: { model: 'strong' } }] },
  ]);
});

test('another model is asked where the user picks one, of another pool too', async () => {
  const { conversation, requests, id } = await asked(strongAnswer, weakAnswer);
  conversation.redo(id, { pool: 'fast', deploymentId: 'weak' });
  await ended(conversation);
  expect(requests[1]).toMatchObject({ pool: 'fast', only: 'weak' });
  expect(requests[1]?.avoid).toBeUndefined();
});

test('a conversation that is locked asks only its model, again too; a duel is with another', async () => {
  target = { pool: 'default', only: 'strong' };
  const { conversation, requests, id } = await asked(strongAnswer, strongAnswer, weakAnswer);
  conversation.redo(id);
  await ended(conversation);
  conversation.duel(id);
  await ended(conversation);
  expect(requests.map(({ only }) => only)).toEqual(['strong', 'strong', undefined]);
  expect(requests[2]?.avoid).toEqual(['strong']);
});

test('only the last question can be asked again in place, and not while an answer is under way', async () => {
  const { conversation, requests, id } = await asked(strongAnswer, weakAnswer);
  conversation.ask(question('And?'));
  expect(conversation.redo(conversation.turns[1]?.id ?? '')).toBe(false);
  await ended(conversation);
  expect([conversation.redo(id), conversation.duel(id), conversation.redo('none')]).toEqual([
    false,
    false,
    false,
  ]);
  expect(requests).toHaveLength(2);
});

test.each([
  ['the second', 'd2', { answer: 'W', decisionId: 'd2' }, 'S'],
  ['the first', 'd1', { answer: 'S', decisionId: 'd1' }, 'W'],
] as const)('a duel that %s wins is evidence on both, and the other one stays to be read', async (...row) => {
  const [, better, winner, other] = row;
  const { conversation, posted, compare, id } = await asked(strongAnswer, weakAnswer);
  expect(conversation.duel(id)).toBe(true);
  await ended(conversation);
  expect(conversation.turns).toMatchObject([{ answer: 'S', rival: { answer: 'W', status: 'done' } }]);
  const rivalId = conversation.turns[0]?.rival?.id;
  expect(posted).toContainEqual({ type: 'delta', turnId: rivalId, text: 'W' });

  await conversation.prefer(id, better);
  const arms = { d1: 'strong', d2: 'weak' };
  const loser = better === 'd1' ? 'd2' : 'd1';
  expect(compare.mock.calls).toEqual([
    [
      { decisionId: better, deploymentId: arms[better] },
      { decisionId: loser, deploymentId: arms[loser] },
    ],
  ]);
  const [turn] = conversation.turns;
  expect(turn).toMatchObject({ id, ...winner, earlier: [{ answer: other }] });
  expect(turn?.rival).toBeUndefined();
  await conversation.prefer(id, better);
  expect(compare).toHaveBeenCalledTimes(1);
});

test('of a double click one comparison is recorded, and an answer that is asked for meanwhile stands', async () => {
  const { conversation, compare, id } = await asked(strongAnswer, weakAnswer, strongAnswer);
  conversation.duel(id);
  await ended(conversation);
  const clicks = [conversation.prefer(id, 'd2'), conversation.prefer(id, 'd2')];
  expect(conversation.redo(id)).toBe(true);
  await Promise.all(clicks);
  await ended(conversation);
  expect(compare).toHaveBeenCalledTimes(1);
  expect(conversation.turns).toMatchObject([
    { id, answer: 'S', earlier: [{ answer: 'S' }, { answer: 'W' }] },
  ]);
});

test('a choice that could not be recorded can be made again', async () => {
  const { conversation, compare, id } = await asked(strongAnswer, weakAnswer);
  conversation.duel(id);
  await ended(conversation);
  compare.mockRejectedValueOnce(new Error('conduit.db is locked'));
  await expect(conversation.prefer(id, 'd2')).rejects.toThrow('locked');
  await conversation.prefer(id, 'd2');
  expect(conversation.turns).toMatchObject([{ answer: 'W' }]);
});

test('an answer that broke off stays to be read when it is asked for again', async () => {
  const brokenOff: AnswerEvent = {
    type: 'failed',
    attempt: attemptWith({ decisionId: 'd1', deploymentId: 'strong', outcome: 'failed', failure }),
    failure,
    partial: true,
  };
  const { conversation, id } = await asked([decided, { type: 'text', text: 'Half' }, brokenOff], weakAnswer);
  expect(conversation.retry(id)).toBe(true);
  await ended(conversation);
  expect(conversation.turns).toMatchObject([{ answer: 'W', earlier: [{ answer: 'Half' }] }]);
});

test('each answer of a duel can be rated, and a duel survives a reload', async () => {
  const { conversation, rate, id } = await asked(strongAnswer, weakAnswer);
  conversation.duel(id);
  await ended(conversation);
  await conversation.rate('d2', 'up');
  expect(rate).toHaveBeenLastCalledWith('d2', 'weak', 'up', undefined);
  const saved = parseSaved(
    JSON.stringify({ id: 'c', revision: '', updatedMs: 0, turns: conversation.saved() }),
  );
  expect(saved?.turns).toMatchObject([
    { answeredBy: 'strong', rivalAnsweredBy: 'weak', view: { rival: { thumb: 'up' } } },
  ]);
  expect(saved?.turns).toEqual(conversation.saved());
});

test('a question that names a pool goes there, past the lock of its conversation', async () => {
  target = { pool: 'default', only: 'strong' };
  const { conversation, requests } = stage(weakAnswer, strongAnswer);
  conversation.ask({ ...question('Why?'), pool: 'fast' });
  await ended(conversation);
  conversation.ask(question('And?'));
  await ended(conversation);
  expect(requests).toMatchObject([{ pool: 'fast' }, { pool: 'default', only: 'strong' }]);
  expect(requests[0]?.only).toBeUndefined();
});

describe('what is done with an answer', () => {
  const hello: AnswerEvent = { type: 'text', text: 'Hello' };

  test('is told once of the decision and the model that answered, after a fallback too', async () => {
    const fell: AnswerEvent = {
      type: 'fell-back',
      from: 'strong',
      to: 'weak',
      failure,
    };
    const { conversation, observe } = stage([decided, fell, hello, finished('weak')]);
    conversation.ask(question('Why?'));
    await ended(conversation);
    await conversation.used('d1', 'copied');
    await conversation.used('d1', 'copied');
    await conversation.used('d1', 'inserted');
    expect(observe.mock.calls).toEqual([
      ['d1', 'weak', { kind: 'copied' }],
      ['d1', 'weak', { kind: 'inserted' }],
    ]);
  });

  test('is told of nothing that the conversation does not show: the page is not trusted', async () => {
    const { conversation, observe } = stage([decided, hello, finished('strong')]);
    conversation.ask(question('Why?'));
    await ended(conversation);
    await conversation.used('somebody else’s', 'copied');
    expect(observe).not.toHaveBeenCalled();
  });

  test('is told of an earlier answer, after its window was closed too', async () => {
    const { conversation } = stage(
      [decided, hello, finished('strong')],
      [decidedFor('d2', 'weak'), hello, finished('weak')],
    );
    conversation.ask(question('Why?'));
    await ended(conversation);
    conversation.redo('id-1');
    await ended(conversation);
    const file = JSON.stringify({ id: 'c', revision: 'r', updatedMs: 0, turns: conversation.saved() });
    const { conversation: reopened, observe } = stageWith(parseSaved(file)?.turns ?? []);
    await reopened.used('d1', 'copied');
    await reopened.used('d2', 'inserted');
    expect(observe.mock.calls).toEqual([
      ['d1', 'strong', { kind: 'copied' }],
      ['d2', 'weak', { kind: 'inserted' }],
    ]);
  });

  test.each([
    ['regenerated', undefined],
    ['regenerated', { pool: 'default', deploymentId: 'strong' }],
    ['retried-elsewhere', { pool: 'default', deploymentId: 'weak' }],
  ] as const)('asked for again it is %s, by %j', async (kind, by) => {
    const { conversation, observe } = stage([decided, hello, finished('strong')], []);
    conversation.ask(question('Why?'));
    await ended(conversation);
    conversation.redo('id-1', by);
    await ended(conversation);
    expect(observe.mock.calls).toEqual([['d1', 'strong', { kind }]]);
  });

  test('of a duel that is answered anew both answers are told', async () => {
    const { conversation, observe } = stage(
      [decided, hello, finished('strong')],
      [decidedFor('d2', 'weak'), hello, finished('weak')],
      [],
    );
    conversation.ask(question('Why?'));
    await ended(conversation);
    conversation.duel('id-1');
    await ended(conversation);
    await conversation.used('d2', 'copied');
    conversation.redo('id-1');
    await ended(conversation);
    expect(observe.mock.calls).toEqual([
      ['d2', 'weak', { kind: 'copied' }],
      ['d1', 'strong', { kind: 'regenerated' }],
      ['d2', 'weak', { kind: 'regenerated' }],
    ]);
  });

  test('a thumb down may have a reason, which goes when the thumb is changed', async () => {
    const { conversation, rate } = stage([decided, hello, finished('strong')]);
    conversation.ask(question('Why?'));
    await ended(conversation);
    await conversation.rate('d1', 'down', 'too-long');
    expect(rate.mock.calls).toEqual([['d1', 'strong', 'down', 'too-long']]);
    expect(conversation.turns[0]).toMatchObject({ thumb: 'down', reason: 'too-long' });
    await conversation.rate('d1', 'up');
    expect(conversation.turns[0]).not.toHaveProperty('reason');
  });
});
