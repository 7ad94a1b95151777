import { expect, test } from 'vitest';
import { errorOf } from '../../../src/editor/answers/answer-texts';
import { adviceFor } from '../../../src/editor/shown/failure-text';
import { attemptWith } from '../../core/samples';

const failure = { reason: 'invalid-request', detail: 'temperature is not supported', status: 400 } as const;

test('what to do about a refused request is true wherever it is shown', () => {
  expect(adviceFor(failure).text).toBe('Check the model’s options in conduit.yaml.');
});

test('in a chat the part that arrived stands above', () => {
  const attempt = attemptWith({ deploymentId: 'mini', outcome: 'failed', failure });
  expect(errorOf({ type: 'failed', attempt, failure, partial: true })?.text).toBe(
    'mini failed (request not accepted): temperature is not supported. What arrived so far stands above. Check the model’s options in conduit.yaml.',
  );
});
