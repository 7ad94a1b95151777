import { expect, test } from 'vitest';
import { createSimulatedClient } from '../../src/providers/protocols/simulated';
import { call, deploymentWith, failureOf, question, textOf } from './stream-helpers';

const client = createSimulatedClient({ sleep: () => Promise.resolve() });
const simulated = (model: string) =>
  deploymentWith({
    id: model,
    model,
    provider: 'simulated',
    protocol: 'simulated',
    apiBase: 'simulated:',
    key: { kind: 'none' },
  });
const hard =
  'Design a distributed lock service and prove that it has no deadlock and no race condition. It must never lose a ' +
  'lock, should work without a leader, and you must analyze its complexity step by step.\n'.repeat(4);

test('says first that it is simulated, and is the same each time', async () => {
  const events = await call(client, simulated('sim-swift'));
  expect(textOf(events)).toMatch(/^\*Simulated answer/);
  expect(textOf(await call(client, simulated('sim-swift')))).toBe(textOf(events));
  expect(events.at(-1)).toMatchObject({ type: 'finished', truncated: false });
});

test('shows code for a prompt about code', async () => {
  const prompt = [{ role: 'user', text: 'Write a TypeScript function that sorts numbers.' }] as const;
  expect(textOf(await call(client, simulated('sim-middle'), prompt))).toContain('```typescript');
});

test('is better at hard prompts where the model is strong', async () => {
  const goodAnswers = async (model: string): Promise<number> => {
    const prompts = Array.from({ length: 100 }, (_, index) => `${hard} Case ${String(index)}.`);
    const answers = await Promise.all(
      prompts.map((text) => call(client, simulated(model), [{ role: 'user', text }])),
    );
    return answers.filter((events) => textOf(events).includes('got it right')).length;
  };
  const [swift, middle, strong] = await Promise.all(
    ['sim-swift', 'sim-middle', 'sim-strong'].map(goodAnswers),
  );
  expect(swift).toBeLessThan(middle ?? 0);
  expect(middle).toBeLessThan(strong ?? 0);
});

test('stops at once when it is aborted', async () => {
  const events = await call(createSimulatedClient(), simulated('sim-strong'), question, AbortSignal.abort());
  expect(events).toEqual([]);
});

test('knows only its own models', async () => {
  expect(failureOf(await call(client, simulated('sim-genius'))).reason).toBe('not-found');
});
