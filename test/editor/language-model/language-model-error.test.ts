import { describe, expect, test, vi } from 'vitest';
import type { ExclusionReason } from '../../../src/core/terms/decision';
import type { FailureReason } from '../../../src/core/terms/failure';
import { failureReasons } from '../../../src/core/terms/failure';
import { noCaps } from '../../../src/core/terms/cost-caps';
import type { AnswerEnd } from '../../../src/editor/answers/answer-facts';
import { languageModelError } from '../../../src/editor/language-model/language-model-error';
import { attemptWith } from '../../core/samples';
import { LanguageModelError } from '../fake-vscode';

vi.mock('vscode', () => import('../fake-vscode'));

const attempt = attemptWith({ deploymentId: 'mini' });

function failed(reason: FailureReason): Error | undefined {
  const failure = { reason, detail: 'It said no.', status: undefined };
  return languageModelError({ type: 'failed', attempt, failure, partial: false });
}

function noModel(...reasons: readonly ExclusionReason[]): Error | undefined {
  const excluded = reasons.map((reason, index) => ({ deploymentId: `model ${String(index)}`, reason }));
  return languageModelError({ type: 'no-model', pool: 'gpt', excluded });
}

/** What a caller can tell the error by; undefined: an error of no class of the editor's. */
const codeOf = (error: Error | undefined): string | undefined =>
  error instanceof LanguageModelError ? error.code : undefined;

const codes: Readonly<Record<FailureReason, string | undefined>> = {
  'not-found': 'NotFound',
  'refused-key': 'NoPermissions',
  'no-access': 'NoPermissions',
  'missing-key': 'NoPermissions',
  quota: 'Blocked',
  'rate-limit': 'Blocked',
  'content-filter': 'Blocked',
  'context-too-long': undefined,
  'invalid-request': undefined,
  timeout: undefined,
  network: undefined,
  'server-error': undefined,
  'malformed-stream': undefined,
};

test.each(failureReasons)('a model that failed with %s is told in the editor’s class for it', (reason) => {
  const error = failed(reason);
  expect(codeOf(error)).toBe(codes[reason]);
  expect(error?.message).toMatch(/^mini: .+: It said no\.$/);
});

describe('no model of the pool can answer', () => {
  test.each([
    ['NoPermissions', ['missing-key', 'missing-key']],
    ['NotFound', ['missing-key', 'breaker-open']],
    ['NotFound', ['no-tools']],
    ['NotFound', []],
    // Another, shorter request would be answered: that the model is there must not be doubted.
    [undefined, ['context-too-small', 'missing-key']],
  ] as const)('%s: %j', (code, reasons) => {
    expect(codeOf(noModel(...reasons))).toBe(code);
  });

  test('the reasons are in the message', () => {
    expect(noModel('missing-key', 'no-images')?.message).toMatch(/'gpt'.*model 0: .+; model 1: .+/);
  });
});

test('what the user’s budget forbids is blocked, with what it would cost', () => {
  const cheapest = { deploymentId: 'mini', costUsd: 0.5 };
  const caps = { ...noCaps, requestUsd: 0.01 };
  const error = languageModelError({ type: 'over-budget', pool: 'gpt', excluded: [], caps, cheapest });
  expect(codeOf(error)).toBe('Blocked');
  expect(error?.message).toContain('$0.5000');
});

test('nothing else is an error: a caller that cancelled gets none either', () => {
  const ends: readonly AnswerEnd[] = [
    { type: 'finished', attempt, truncated: true },
    { type: 'stopped', attempt },
  ];
  expect(ends.map(languageModelError)).toEqual(ends.map(() => undefined));
});
