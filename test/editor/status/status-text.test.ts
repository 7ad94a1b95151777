import { expect, test } from 'vitest';
import { publicCommands } from '../../../src/editor/command-table';
import { menuItems } from '../../../src/editor/status/menu-items';
import type { StatusFacts } from '../../../src/editor/status/status-text';
import { statusText } from '../../../src/editor/status/status-text';

const facts: StatusFacts = {
  pool: 'gpt',
  simulated: false,
  preset: 'balanced',
  model: 'mini',
  encoder: undefined,
  spent: { usd: 0.0123, expectedUsd: 0, unknownAttempts: 0 },
  dailyBudgetUsd: 2,
  learning: true,
};

test('the pool, the last model and what today cost stand in the status bar', () => {
  const { text, tooltip, label } = statusText(facts);
  expect(text).toBe('$(type-hierarchy) gpt · mini · $0.01');
  expect(tooltip).toContain('Conduit: pool gpt, preset balanced, last answered by mini.');
  expect(tooltip).toContain('Spent: today $0.0123 of $2.00.');
  expect(label).toBe('Conduit, pool gpt, last answered by mini, today $0.0123 of $2.00');
});

test('what isn’t known is left out, and an unknown price is never counted as free', () => {
  expect(statusText({ ...facts, model: undefined, spent: undefined }).text).toBe('$(type-hierarchy) gpt');
  const unknown = { usd: 0.5, expectedUsd: 0, unknownAttempts: 2 };
  const { text, tooltip } = statusText({ ...facts, spent: unknown, dailyBudgetUsd: undefined });
  expect(text).toBe('$(type-hierarchy) gpt · mini · ≥ $0.50');
  expect(tooltip).toContain('Spent: today at least $0.5000.');
});

test.each([
  [0, '$0 + unknown', 'today $0 + unknown'],
  [0.0049, '< $0.01 + unknown', 'today at least $0.0049'],
  [0.005, '≥ $0.01', 'today at least $0.0050'],
])('%d USD and an unknown cost are short: %s', (usd, short, long) => {
  const spent = { usd, expectedUsd: 0, unknownAttempts: 1 };
  const { text, tooltip } = statusText({ ...facts, spent });
  expect(text).toBe(`$(type-hierarchy) gpt · mini · ${short}`);
  expect(tooltip).toContain(long);
});

test.each([
  [0, '$0'],
  [0.00001, '< $0.01'],
  [0.0049, '< $0.01'],
  [0.005, '$0.01'],
  [12.345, '$12.35'],
])('%d USD are short: %s', (usd, text) => {
  const spent = { usd, expectedUsd: 0, unknownAttempts: 0 };
  expect(statusText({ ...facts, spent }).text).toBe(`$(type-hierarchy) gpt · mini · ${text}`);
});

test('long names are cut in the bar, and whole in the tooltip', () => {
  const model = 'a-very-long-name-of-a-model-that-somebody-chose';
  const { text, tooltip } = statusText({ ...facts, model });
  expect(text).toBe('$(type-hierarchy) gpt · a-very-long-name-of-a-m… · $0.01');
  expect(tooltip).toContain(model);
});

test('a paused learning is marked, and simulated models and the encoder are told', () => {
  const { text, tooltip } = statusText({ ...facts, learning: false, simulated: true, encoder: 'MiniLM' });
  expect(text).toMatch(/ \$\(debug-pause\)$/);
  for (const part of ['Learning is paused.', 'simulated', 'encoder MiniLM']) expect(tooltip).toContain(part);
});

test('each row of the menu runs a command of the palette, and says what is in force', () => {
  const rows = menuItems(facts, 'large').filter(({ command }) => command !== undefined);
  expect(rows.filter(({ command }) => !publicCommands.includes(command!))).toEqual([]);
  const described = rows.filter(({ description }) => description !== '');
  expect(described.map(({ command, description }) => [command, description])).toEqual([
    ['conduit.selectPool', 'gpt'],
    ['conduit.selectPreset', 'balanced'],
    ['conduit.setBudget', 'today $0.0123 of $2.00'],
    ['conduit.lockConversation', 'locked to large'],
    ['conduit.showStats', 'today $0.0123 of $2.00'],
  ]);
  const unlocked = menuItems(facts, undefined).map(({ description }) => description);
  expect(unlocked).toContain('not locked');
});

test('what judging cost is a line of its own in the tooltip, where anything was judged', () => {
  const spent = { usd: 0.0123, expectedUsd: 0, unknownAttempts: 0 };
  expect(statusText({ ...facts, spent }).tooltip).not.toContain('judging');
  const judged = statusText({ ...facts, spent: { ...spent, judgingUsd: 0.004 } });
  expect(judged.tooltip).toContain('Of it for judging answers: $0.0040.');
});
