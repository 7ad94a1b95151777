import { expect, test } from 'vitest';
import { isSameModel } from '../../src/providers/dispatch/served-model';

test.each([
  ['claude-sonnet-4-0', 'claude-sonnet-4-20250514', true],
  ['anthropic/claude-sonnet-4.5', 'anthropic/claude-4.5-sonnet-20250929', true],
  ['claude-sonnet-4-5', 'claude-sonnet-5-4', false],
  ['gpt-4', 'gpt-4-0613', true],
  ['gpt-4', 'gpt-4o', false],
])('%s and %s', (asked, served, same) => expect(isSameModel(asked, served)).toBe(same));
