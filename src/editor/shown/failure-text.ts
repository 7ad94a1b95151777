import type { ExclusionReason } from '../../core/decision';
import type { Failure } from '../../core/failure';
import type { TurnView } from '../../webview/protocol';

type Action = NonNullable<TurnView['error']>['actions'][number];

/** What a failure is called in a sentence: "gpt-4o failed (server error)". */
export function nameOfFailure(failure: Pick<Failure, 'reason'>): string {
  switch (failure.reason) {
    case 'rate-limit':
      return 'rate limit';
    case 'quota':
      return 'quota used up';
    case 'refused-key':
      return 'key refused';
    case 'missing-key':
      return 'no key';
    case 'not-found':
      return 'model not found';
    case 'context-too-long':
      return 'conversation too long';
    case 'content-filter':
      return 'content filter';
    case 'invalid-request':
      return 'request not accepted';
    case 'timeout':
      return 'no answer in time';
    case 'network':
      return 'server not reached';
    case 'server-error':
      return 'server error';
    case 'malformed-stream':
      return 'answer broke off';
  }
}

/** What the user can do about it. */
export function adviceFor(failure: Failure): { readonly text: string; readonly actions: readonly Action[] } {
  switch (failure.reason) {
    case 'rate-limit':
      return { text: 'Wait a moment and retry.', actions: ['retry'] };
    case 'quota':
      return { text: 'Check the account at the provider.', actions: ['retry', 'open-configuration'] };
    case 'refused-key':
      return {
        text: 'Set the key again: in the environment variable where conduit.yaml names one, else here.',
        actions: ['set-key', 'open-configuration', 'retry'],
      };
    case 'missing-key':
      return { text: 'Set a key.', actions: ['set-key', 'retry'] };
    case 'not-found':
      return { text: 'Check the model’s name in conduit.yaml.', actions: ['open-configuration', 'retry'] };
    case 'context-too-long':
      return { text: 'Start a new conversation, or attach less.', actions: ['retry'] };
    case 'content-filter':
      return { text: 'The provider refuses this content.', actions: ['retry'] };
    case 'invalid-request':
      return {
        text: 'The provider’s reason is above.',
        actions: ['retry', 'open-configuration', 'show-log'],
      };
    case 'network':
      return {
        text: 'Check that the server runs and its address is right.',
        actions: ['retry', 'open-configuration'],
      };
    case 'timeout':
    case 'server-error':
    case 'malformed-stream':
      return { text: 'Retry.', actions: ['retry', 'show-log'] };
  }
}

export function nameOfExclusion(reason: ExclusionReason): string {
  switch (reason) {
    case 'missing-key':
      return 'no API key';
    case 'context-too-small':
      return 'the conversation does not fit its context window';
    case 'not-wanted':
      return 'you wanted another';
    case 'no-tools':
      return 'it can’t call tools';
    case 'no-images':
      return 'it takes no images';
    case 'breaker-open':
      return 'it failed several times and rests for a moment';
    case 'over-request-cap':
      return 'it would cost more than max_cost_per_request_usd, or its price is unknown';
    case 'over-daily-budget':
      return 'it would go over daily_budget_usd, or its price is unknown';
  }
}
