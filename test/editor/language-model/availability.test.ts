import { expect, test, vi } from 'vitest';
import { createAvailability } from '../../../src/editor/language-model/availability';
import type { BreakerState } from '../../../src/core/terms/ports';
import { deploymentWith } from '../../core/simulation';

vi.mock('vscode', () => import('../fake-vscode'));

test('a model serves that has its key and didn’t fail lately; a change is told, and the end of its rest', async () => {
  vi.useFakeTimers();
  const deployments = ['a', 'b', 'c'].map((id) => deploymentWith(id));
  const availability = createAvailability({
    keyFor: ({ id }) =>
      id === 'a' ? Promise.reject(new Error('locked')) : Promise.resolve(id === 'b' ? undefined : ''),
  });
  const serving = async () => [...(await availability.servingOf(deployments))].map(({ id }) => id);
  expect(await serving()).toEqual(['a', 'c']);

  let state: BreakerState = 'closed';
  let tell: (id: string, changed: BreakerState) => void = () => undefined;
  const told = vi.fn();
  availability.onDidChange(told);
  availability.watch({
    stateOf: (id) => (id === 'c' ? state : 'closed'),
    reset: () => undefined,
    onStateChange: (listener) => (tell = listener),
  });
  state = 'open';
  tell('c', state);
  expect(told).toHaveBeenCalledOnce();
  expect(await serving()).toEqual(['a']);
  state = 'half-open';
  vi.advanceTimersByTime(31_000);
  expect(told).toHaveBeenCalledTimes(2);
  expect(await serving()).toEqual(['a', 'c']);
  availability.dispose();
  vi.useRealTimers();
});
