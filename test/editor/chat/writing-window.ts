import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import { createConversation } from '../../../src/editor/chat/conversation';
import { createKeeper } from '../../../src/editor/chat/conversation-keeper';
import { createConversationStore } from '../../../src/editor/chat/conversation-store';
import { attemptWith, decisionWith } from '../../core/samples';

/**
 * A window in a process of its own that shows the conversation `first` of a folder. For each line of its input it does one
 * thing with it (`ask`, `redo` or `rate`), and says as a line of JSON what must be in the file from then on.
 */
const [folder = '', name = ''] = process.argv.slice(2);
const never = (problem: unknown): never => {
  throw problem instanceof Error ? problem : new Error(String(problem));
};
const store = createConversationStore({
  folder,
  newId: randomUUID,
  nowMs: Date.now,
  onBroken: never,
  onShortened: never,
});

let answers = 0;
async function* answer(): AsyncGenerator<AnswerEvent> {
  answers += 1;
  const id = `${name}-${String(answers)}`;
  yield { type: 'decided', decision: decisionWith({ id }) };
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
  yield { type: 'text', text: `Answer ${id}` };
  yield { type: 'finished', attempt: attemptWith({ decisionId: id }), truncated: false };
}

const nothing = (): Promise<void> => Promise.resolve();
const saved = await store.read('first');
if (saved === undefined) throw new Error('There is no conversation.');
const ended: (() => void)[] = [];
const conversation = createConversation(
  {
    conduit: () =>
      Promise.resolve({ answer, rate: nothing, compare: nothing, observe: nothing, allowOver: nothing }),
    target: () => Promise.resolve({ pool: 'gpt' }),
    agreeToCost: () => Promise.resolve(undefined),
    newId: randomUUID,
    told: new Map(),
    noticing: () => false,
    post: () => undefined,
    onAnswering: (answering) => {
      if (!answering) for (const resolve of ended.splice(0)) resolve();
    },
    onAnswered: () => undefined,
    onChanged: () => keeper.changed(),
    onProblem: never,
  },
  'first',
  saved.turns,
);
const keeper = createKeeper(
  {
    store,
    turns: conversation.saved,
    takeIn: conversation.takeIn,
    onKept: () => undefined,
    onGone: () => never('Nobody deletes it.'),
    onProblem: never,
  },
  saved,
);
store.watch('first', () => keeper.refresh());

async function act(what: string): Promise<object> {
  const over = new Promise<void>((resolve) => ended.push(resolve));
  const last = conversation.saved().at(-1);
  if (what === 'rate') {
    const by = last?.answer.facts.by;
    if (by !== undefined) await conversation.rate(by.decisionId, 'up');
    await keeper.flushed();
    return { thumb: by?.decisionId };
  }
  const prompt = `Question ${name}-${String(answers + 1)}`;
  const asks = what === 'ask' || last === undefined || !conversation.redo(last.answer.id);
  if (asks) conversation.ask({ prompt, attachments: [], origin: 'chat' });
  await over;
  await keeper.flushed();
  return { answer: `Answer ${name}-${String(answers)}`, ...(asks && { prompt }) };
}

process.stdout.write('"ready"\n');
for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await act(line))}\n`);
process.exit(0);
