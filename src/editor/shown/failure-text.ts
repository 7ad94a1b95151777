import * as l10n from '@vscode/l10n';
import type { ExclusionReason } from '../../core/terms/decision';
import type { Failure } from '../../core/terms/failure';
import type { ErrorAction } from '../../webview/protocol/chat';

/** What a failure is called in a sentence: "gpt-4o failed (server error)". */
export function nameOfFailure(failure: Pick<Failure, 'reason'>): string {
  switch (failure.reason) {
    case 'rate-limit':
      return l10n.t('rate limit');
    case 'quota':
      return l10n.t('quota used up');
    case 'refused-key':
      return l10n.t('key refused');
    case 'missing-key':
      return l10n.t('no key');
    case 'no-access':
      return l10n.t('no access');
    case 'not-found':
      return l10n.t('model not found');
    case 'context-too-long':
      return l10n.t('conversation too long');
    case 'content-filter':
      return l10n.t('content filter');
    case 'invalid-request':
      return l10n.t('request not accepted');
    case 'timeout':
      return l10n.t('no answer in time');
    case 'network':
      return l10n.t('server not reached');
    case 'server-error':
      return l10n.t('server error');
    case 'malformed-stream':
      return l10n.t('answer broke off');
  }
}

/** What the user can do about it. */
export function adviceFor(failure: Pick<Failure, 'reason'>): {
  readonly text: string;
  readonly actions: readonly ErrorAction[];
} {
  switch (failure.reason) {
    case 'rate-limit':
      return { text: l10n.t('Wait a moment and retry.'), actions: ['retry'] };
    case 'quota':
      return { text: l10n.t('Check the account at the provider.'), actions: ['retry', 'open-configuration'] };
    case 'refused-key':
      return {
        text: l10n.t(
          'Set the key again: in the environment variable where conduit.yaml names one, else here.',
        ),
        actions: ['set-key', 'open-configuration', 'retry'],
      };
    case 'missing-key':
      return { text: l10n.t('Set a key.'), actions: ['set-key', 'retry'] };
    case 'no-access':
      return {
        text: l10n.t('This account, region or network has no access; the provider says why.'),
        actions: ['retry', 'open-configuration'],
      };
    case 'not-found':
      return {
        text: l10n.t('Check the model’s name in conduit.yaml.'),
        actions: ['open-configuration', 'retry'],
      };
    case 'context-too-long':
      return { text: l10n.t('Start a new conversation, or attach less.'), actions: ['retry'] };
    case 'content-filter':
      return { text: l10n.t('The provider refuses this content.'), actions: ['retry'] };
    case 'invalid-request':
      return {
        text: l10n.t('Check the model’s options in conduit.yaml.'),
        actions: ['retry', 'open-configuration', 'show-log'],
      };
    case 'network':
      return {
        text: l10n.t('Check that the server runs and its address is right.'),
        actions: ['retry', 'open-configuration'],
      };
    case 'timeout':
    case 'server-error':
    case 'malformed-stream':
      return { text: l10n.t('Retry.'), actions: ['retry', 'show-log'] };
  }
}

export function nameOfExclusion(reason: ExclusionReason): string {
  switch (reason) {
    case 'missing-key':
      return l10n.t('no API key');
    case 'context-too-small':
      return l10n.t('the conversation does not fit its context window');
    case 'not-wanted':
      return l10n.t('you wanted another');
    case 'stuck':
      return l10n.t('an agent was stuck with it');
    case 'no-tools':
      return l10n.t('it can’t call tools');
    case 'no-images':
      return l10n.t('it takes no images');
    case 'breaker-open':
      return l10n.t('it failed and rests for a moment');
    case 'over-request-cap':
      return l10n.t('it would cost more than max_cost_per_request_usd, or its price is unknown');
    case 'over-daily-budget':
      return l10n.t('it would go over daily_budget_usd, or its price is unknown');
    case 'over-month-budget':
      return l10n.t('it would go over the budget of the month, or its price is unknown');
    case 'over-session-budget':
      return l10n.t('it would go over the budget of this window, or its price is unknown');
    case 'over-conversation-budget':
      return l10n.t('it would go over the budget of this conversation, or its price is unknown');
    case 'over-pool-budget':
      return l10n.t('it would go over the budget of its pool, or its price is unknown');
    case 'over-model-budget':
      return l10n.t('it would go over its own budget, or its price is unknown');
    case 'over-window-share':
      return l10n.t('the ledger can’t be reached, and this window’s share of the budget is used up');
  }
}
