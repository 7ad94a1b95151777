import { expect, test } from 'vitest';
import { createWorkspaceName } from '../../../src/editor/forgetting/workspace-name';

test('a workspace has one name for good, and a window without a folder has none', () => {
  const kept = new Map<string, unknown>();
  const memory = {
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  } as never;
  let ids = 0;
  const open = (hasFolder: boolean) =>
    createWorkspaceName(
      memory,
      () => hasFolder,
      () => `drawn ${String((ids += 1))}`,
    );
  expect(open(false)()).toBeUndefined();
  expect(kept.size).toBe(0);
  const name = open(true);
  expect([name(), name(), open(true)()]).toEqual(['drawn 1', 'drawn 1', 'drawn 1']);
});
