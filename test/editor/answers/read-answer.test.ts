import { expect, test } from 'vitest';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import type { AnswerFacts } from '../../../src/editor/answers/answer-facts';
import { readAnswer } from '../../../src/editor/answers/read-answer';
import { attemptWith, decisionWith } from '../../core/samples';

const decided: AnswerEvent = { type: 'decided', decision: decisionWith({ id: 'd', deploymentId: 'mini' }) };
const text = (words: string): AnswerEvent => ({ type: 'text', text: words });
const finished: AnswerEvent = { type: 'finished', attempt: attemptWith(), truncated: false };

async function* streamOf(...events: readonly (AnswerEvent | Error)[]): AsyncGenerator<AnswerEvent> {
  for (const event of events) {
    await Promise.resolve();
    if (event instanceof Error) throw event;
    yield event;
  }
}

test('each event is told with what is known by then, and the end is all that is known', async () => {
  const told: AnswerFacts[] = [];
  const facts = await readAnswer(streamOf(decided, text('a'), text('b'), finished), (known) =>
    told.push(known),
  );
  expect(told.map((known) => known.text)).toEqual(['', 'a', 'ab', 'ab']);
  expect(told.map(({ end }) => end?.type)).toEqual([undefined, undefined, undefined, 'finished']);
  expect(facts).toBe(told.at(-1));
});

test('events that stop without an end leave none', async () => {
  expect((await readAnswer(streamOf(decided))).end).toBeUndefined();
});

test('what the events throw is thrown on, and so is what the listener throws, which ends the answer', async () => {
  await expect(readAnswer(streamOf(decided, new Error('locked')))).rejects.toThrow('locked');
  const seen: string[] = [];
  const refuse = ({ text: known }: AnswerFacts): void => {
    seen.push(known);
    if (known === 'a') throw new Error('enough');
  };
  const events = streamOf(text('a'), text('b'));
  await expect(readAnswer(events, refuse)).rejects.toThrow('enough');
  expect(seen).toEqual(['a']);
  expect(await events.next()).toMatchObject({ done: true });
});
