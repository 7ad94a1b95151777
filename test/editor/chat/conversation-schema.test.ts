import { expect, test } from 'vitest';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import { nothingYet, take } from '../../../src/editor/answers/answer-facts';
import { reasonsOf } from '../../../src/editor/answers/reasons';
import { savedTurnSchema } from '../../../src/editor/chat/conversation-schema';
import { decisionWith } from '../../core/samples';

/** The facts of an answer, as a conversation's file gives them back. */
function kept(event: AnswerEvent) {
  const facts = take(nothingYet, event);
  const question = { prompt: 'Why?', attachments: [], origin: 'chat' };
  const turn = { question, answer: { id: 'a', facts }, earlier: [] };
  return savedTurnSchema.parse(JSON.parse(JSON.stringify(turn))).answer.facts.decision;
}

test('an answer that is opened again says what was expected of its model', () => {
  const candidates = decisionWith().candidates.map((candidate) => ({
    ...candidate,
    before: { quality01: 0.71, weight: 14 },
    known: { ability: 1, from: 'family', as: 'claude-sonnet-4.5' } as const,
    outcomes: 3,
  }));
  const decision = decisionWith({ candidates, belief: { slope: 0.6, level01: 0.6 } });
  const facts = kept({ type: 'decided', decision });
  expect(facts?.candidates).toEqual(candidates);
  expect(reasonsOf(facts!)).toEqual(reasonsOf(decision));
  expect(reasonsOf(facts!).join('\n')).toMatch(/as claude-sonnet-4\.5.*as much as 3 ratings[^]*60 %/);
});

test('one of a version that kept no such thing is opened as it was', () => {
  const decision = decisionWith();
  expect(reasonsOf(kept({ type: 'decided', decision })!)).toEqual(reasonsOf(decision));
});
