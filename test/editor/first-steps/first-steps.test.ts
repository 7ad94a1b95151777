import { beforeEach, expect, test, vi } from 'vitest';
import { createFirstSteps } from '../../../src/editor/first-steps/first-steps';

const run = vi.hoisted(() => vi.fn<(command: string, ...values: unknown[]) => Promise<void>>());
vi.mock('vscode', () => ({ commands: { executeCommand: run } }));

/** A memento that outlives what is made with it, as the editor's does a window. */
function memory() {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  };
}

const ticked = (): readonly unknown[] =>
  run.mock.calls
    .filter(([command, , value]) => command === 'setContext' && value === true)
    .map(([, key]) => key);

beforeEach(() => {
  run.mockReset();
  run.mockResolvedValue();
});

test('a look at the stats counts at once, and also where the walkthrough is opened later', async () => {
  const kept = memory();
  const steps = createFirstSteps(kept);
  await steps.show();
  expect(ticked()).toEqual([]);
  steps.looked();
  expect(ticked()).toEqual(['conduit.hasLooked']);

  run.mockClear();
  await steps.show();
  expect(run.mock.calls[0]?.[0]).toBe('workbench.action.openWalkthrough');
  expect(ticked()).toEqual(['conduit.hasLooked']);

  run.mockClear();
  await createFirstSteps(kept).show();
  expect(ticked()).toEqual(['conduit.hasLooked']);
});
