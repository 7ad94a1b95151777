import * as l10n from '@vscode/l10n';
import type { Cost } from '../core/terms/receipt';
import type { Failure } from '../core/terms/failure';
import type { Deployment } from '../core/terms/deployment';
import type { Clock, ModelClient, PriceBook, Report } from '../core/terms/ports';
import { attemptOf, createRun } from './dispatch/attempt-run';

/** What came of asking a deployment for a word. */
export type CheckResult =
  | {
      readonly kind: 'answered';
      /** The model that the reply names, where it is another one than was asked for. */
      readonly servedModel: string | undefined;
      /** Undefined where the answer had no text. */
      readonly timeToFirstTokenMs: number | undefined;
      readonly cost: Cost;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

const deadlineMs = 20_000;
const question = 'Ping. Reply with one word.';
/** The smallest limit that every API takes. */
const maxOutputTokens = 16;

/**
 * Asks a deployment for a word, within 20 s. An answer that is cut at its limit, or that never began because the model
 * thought up to it, proves the deployment as well as a whole one. Never rejects; aborting `signal` ends the call.
 */
export async function checkDeployment(
  client: ModelClient,
  deployment: Deployment,
  prices: PriceBook,
  clock: Clock,
  signal: AbortSignal,
): Promise<CheckResult> {
  const late = AbortSignal.timeout(deadlineMs);
  const ended = AbortSignal.any([signal, late]);
  // A client that doesn't end when it is told to isn't waited for.
  const over = new Promise<undefined>((resolve) => {
    ended.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  try {
    const result = await Promise.race([ask(client, deployment, prices, clock, ended), over]);
    return result ?? noAnswer(late.aborted);
  } catch (error) {
    // A mistake of Conduit's own, whose words may hold anything.
    const detail =
      error instanceof Error
        ? l10n.t('Conduit failed to ask: {0}.', error.name)
        : l10n.t('Conduit failed to ask.');
    return { kind: 'failed', failure: { reason: 'invalid-request', detail, status: undefined } };
  }
}

/** Undefined where the stream ended without an end: it was aborted. */
async function ask(
  client: ModelClient,
  deployment: Deployment,
  prices: PriceBook,
  clock: Clock,
  signal: AbortSignal,
): Promise<CheckResult | undefined> {
  const messages = [{ role: 'user', text: question }] as const;
  const options = { maxOutputTokens };
  const run = createRun(
    { decisionId: '', index: 0, deployment, messages, options, outputCap: undefined },
    clock,
  );
  run.sent = true;
  const answered = (report: Report | undefined): CheckResult => {
    const { receipt } = attemptOf(run, 'completed', { report }, { prices, clock });
    const { servedModel, timeToFirstTokenMs, cost } = receipt;
    return { kind: 'answered', servedModel, timeToFirstTokenMs, cost };
  };
  for await (const event of client.stream({ deployment, messages, options }, signal)) {
    switch (event.type) {
      case 'text':
        run.answer += event.text;
        if (event.text.trim() !== '') run.firstTokenMs ??= clock.monotonicMs();
        break;
      case 'tool-call':
        run.firstTokenMs ??= clock.monotonicMs();
        break;
      case 'thought':
      case 'rethought':
      case 'alive':
      case 'usage':
        break;
      case 'finished':
        if (run.firstTokenMs === undefined && !event.truncated) return empty;
        return answered(event);
      case 'failed':
        return thoughtToItsLimit(event.failure)
          ? answered(event.report)
          : { kind: 'failed', failure: event.failure };
    }
  }
  return undefined;
}

/** OpenAI refuses, after the fact, where its model has no token left for the answer. */
function thoughtToItsLimit({ reason, detail }: Failure): boolean {
  return reason === 'invalid-request' && /output limit was reached/.test(detail);
}

const empty: CheckResult = {
  kind: 'failed',
  failure: { reason: 'malformed-stream', detail: l10n.t('The answer was empty.'), status: undefined },
};

function noAnswer(late: boolean): CheckResult {
  const detail = late
    ? l10n.t('No answer came within {0} s.', deadlineMs / 1_000)
    : l10n.t('The check was stopped.');
  return { kind: 'failed', failure: { reason: 'timeout', detail, status: undefined } };
}
