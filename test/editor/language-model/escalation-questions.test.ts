import { beforeEach, expect, test, vi } from 'vitest';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import { createEscalationQuestions } from '../../../src/editor/language-model/escalation-questions';

const editor = vi.hoisted(() => ({
  shown: [] as string[],
  answer: (_label: string | undefined): void => undefined,
}));

vi.mock('vscode', () => ({
  commands: { executeCommand: () => Promise.resolve() },
  window: {
    showInformationMessage: (message: string) => {
      editor.shown.push(message);
      return new Promise((resolve) => {
        editor.answer = resolve;
      });
    },
  },
}));

type Stuck = Extract<AnswerEvent, { type: 'stuck' }>;
const stuck: Stuck = {
  ...{ type: 'stuck', decisionId: 'd1', deploymentId: 'mini', stuck: 'failed-edits' },
  next: { deploymentId: 'large', costUsd: 0.0123 },
};

beforeEach(() => {
  editor.shown = [];
});

test('says who is stuck, how, who would go on and for how much', () => {
  const questions = createEscalationQuestions();
  questions.ask(stuck);
  questions.ask({ ...stuck, decisionId: 'd2', next: { deploymentId: 'large', costUsd: undefined } });
  expect(editor.shown[0]).toMatch(/stuck with mini: edits that don’t apply.*such as large.*about \$0\.0123/);
  expect(editor.shown[1]).toMatch(/such as large.*isn’t known/);
});

test('asks once for each loop, and takes a yes for that loop alone', async () => {
  const questions = createEscalationQuestions();
  questions.ask(stuck);
  questions.ask(stuck);
  expect(editor.shown).toHaveLength(1);
  expect(questions.isAgreed('d1')).toBe(false);
  editor.answer('Use Another Model');
  await vi.waitFor(() => expect(questions.isAgreed('d1')).toBe(true));
  expect(questions.isAgreed('d2')).toBe(false);
});

test.each(['Keep This Model', undefined])('%s changes nothing', async (label) => {
  const questions = createEscalationQuestions();
  questions.ask(stuck);
  editor.answer(label);
  await new Promise((resolve) => setImmediate(resolve));
  expect(questions.isAgreed('d1')).toBe(false);
});
