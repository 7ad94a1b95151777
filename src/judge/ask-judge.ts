import type { CallOptions } from '../core/terms/call-options';
import type { Deployment } from '../core/terms/deployment';
import type { Dispatcher, DispatchLimits } from '../core/terms/dispatch';
import type { FailureReason } from '../core/terms/failure';
import type { PriceBook } from '../core/terms/ports';
import type { Receipt } from '../core/terms/receipt';
import { usdOf } from '../core/terms/receipt';
import type { Message } from '../core/terms/request';
import type { JsonObject } from '../core/terms/tools';
import { tokensOf } from '../core/terms/tokens';

/** One call to a judge. */
interface JudgeCall {
  readonly judge: Deployment;
  readonly messages: readonly Message[];
  /** JSON schema of the reply. */
  readonly form: JsonObject;
}

/** What came of it: a text, which may or may not hold a verdict, or a failure. */
export type JudgeReply =
  | { readonly kind: 'answered'; readonly text: string; readonly receipt: Receipt }
  | {
      readonly kind: 'failed';
      readonly receipt: Receipt;
      readonly reason: FailureReason | 'stopped';
      /** False where nothing can have been billed. */
      readonly mayHaveCost: boolean;
    };

/** Estimates of tokens are within 20 % on usual texts: so much more is surely enough. */
const inputMargin = 1.5;
/** What a protocol puts around two messages, and the schema of the reply. */
const inputOverhead = 300;

/** Longest reply in tokens: a line of JSON, and room for what a model thinks first. */
function longestReplyOf({ thinks, longestAnswerTokens }: Deployment): number {
  const wanted = thinks === false ? 200 : 2_000;
  return Math.min(wanted, longestAnswerTokens ?? wanted);
}

/** The most that a call can cost, in USD; undefined: its price isn't known. */
export function mostUsdOf({ judge, messages }: JudgeCall, prices: PriceBook): number | undefined {
  const inputTokens = Math.ceil(tokensOf(messages) * inputMargin) + inputOverhead;
  const usage = { inputTokens, outputTokens: longestReplyOf(judge), cachedInputTokens: 0 };
  const plain = usdOf(prices.costOf(judge, usage, false));
  // A vendor may be asked to keep the prompt, which costs more.
  const kept = usdOf(prices.costOf(judge, { ...usage, cacheWriteTokens: inputTokens }, false));
  return plain === undefined || kept === undefined ? undefined : Math.max(plain, kept);
}

/**
 * Asks once, with all that guards any other request: deadlines, breakers, what a server refuses left out the next time.
 * Resolves also where it fails, or throws; aborting `signal` ends it.
 */
export async function askJudge(
  dispatcher: Dispatcher,
  call: JudgeCall,
  order: { readonly decisionId: string; readonly limits: DispatchLimits },
  signal: AbortSignal,
): Promise<JudgeReply> {
  const { judge, messages, form } = call;
  const longest = longestReplyOf(judge);
  const events = dispatcher.dispatch(
    {
      decisionId: order.decisionId,
      deployments: [judge],
      messages,
      options: optionsFor(judge, form, longest),
      // Ends an answer that a server lets grow beyond its limit.
      outputCaps: new Map([[judge.id, longest]]),
      limits: { ...order.limits, requestMs: Math.min(longestMs, order.limits.requestMs), retries: 0 },
    },
    signal,
  );
  let text = '';
  for await (const event of events) {
    switch (event.type) {
      case 'text':
        text += event.text;
        break;
      case 'rethought':
        text = '';
        break;
      case 'completed':
        return { kind: 'answered', text, receipt: event.attempt.receipt };
      case 'failed': {
        const { receipt } = event.attempt;
        const { reason } = event.failure;
        return { kind: 'failed', receipt, reason, mayHaveCost: event.partial || mayCost(reason) };
      }
      case 'stopped':
        return { kind: 'failed', receipt: event.attempt.receipt, reason: 'stopped', mayHaveCost: true };
      case 'started':
      case 'thought':
      case 'tool-call':
      case 'retrying':
      case 'fell-back':
        break;
    }
  }
  throw new Error('The call to the judge ended without an end.');
}

/** Nobody waits for a verdict, and the next one waits for this. */
const longestMs = 120_000;

/** A model that takes no temperature, or no form, refuses it once: the call goes again without. */
function optionsFor({ protocol }: Deployment, form: JsonObject, maxOutputTokens: number): CallOptions {
  const schema = { name: 'verdict', strict: true, schema: form };
  switch (protocol) {
    case 'chat-completions':
      return {
        temperature: 0,
        maxOutputTokens,
        extraBody: { response_format: { type: 'json_schema', json_schema: schema } },
      };
    case 'responses':
      return {
        temperature: 0,
        maxOutputTokens,
        extraBody: { text: { format: { type: 'json_schema', ...schema } } },
      };
    case 'anthropic-messages':
    case 'editor':
    case 'simulated':
      return { temperature: 0, maxOutputTokens };
  }
}

/** Whether a call that failed so, with no word of its usage, may have been billed. */
function mayCost(reason: FailureReason): boolean {
  switch (reason) {
    case 'timeout':
    case 'malformed-stream':
    case 'content-filter':
    case 'server-error':
      return true;
    case 'rate-limit':
    case 'quota':
    case 'refused-key':
    case 'missing-key':
    case 'no-access':
    case 'not-found':
    case 'context-too-long':
    case 'invalid-request':
    case 'network':
      return false;
  }
}
