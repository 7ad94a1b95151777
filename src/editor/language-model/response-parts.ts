import * as vscode from 'vscode';
import type { AnswerEvent } from '../../core/terms/answer-event';
import type { Attempt } from '../../core/terms/attempt';
import type { Decision } from '../../core/terms/decision';
import type { Usage } from '../../core/terms/receipt';
import { usdOf } from '../../core/terms/receipt';
import { estimateTokens } from '../../core/terms/tokens';
import type { ToolCall } from '../../core/terms/tools';
import { textOfCall } from '../../core/terms/tools';
import type { AnswerFacts } from '../answers/answer-facts';

/** Parts of a response that aren't its text: what its reader is told beside. docs/wire.md says who reads which. */

/** Copilot Chat takes an answer's tokens from a part of this type; its context meter stays at 0 without. */
export const usageType = 'usage';
/** Ours: which model answered, and what it cost, for whoever wants to show it. */
const receiptType = 'application/vnd.conduit.receipt+json';

/** Types of parts that callers hand back with a conversation, and that are no words of it. */
export const unspokenTypes: readonly string[] = [usageType, receiptType];

/** An attempt that ended, and what it was asked by. */
interface Ended {
  readonly pool: string;
  readonly attempt: Attempt;
  readonly decision: Pick<Decision, 'id' | 'inputTokens'>;
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
}

/** What the end of an answer says of its cost; empty where it is no end, or nobody was asked. */
export function endParts(
  pool: string,
  { by, decision, text, toolCalls = [] }: AnswerFacts,
  event: AnswerEvent,
): readonly vscode.LanguageModelDataPart[] {
  if (event.type !== 'finished' && event.type !== 'failed' && event.type !== 'stopped') return [];
  const { attempt } = event;
  const { inputTokens = 0 } = decision ?? {};
  const ended = {
    ...{ pool, attempt, text, toolCalls },
    decision: { id: by?.decisionId ?? attempt.decisionId, inputTokens },
  };
  const receipt = json(receiptType, receiptOf(ended));
  // Of a failure that brought nothing, no more is known than that it may have cost nothing.
  const nothing = event.type === 'failed' && text === '' && toolCalls.length === 0;
  if (nothing && attempt.receipt.usage === undefined) return [receipt];
  return [json(usageType, usageOf(ended)), receipt];
}

/** In the fields of OpenAI's `usage`, of which its reader wants the first three; estimated where a server tells none. */
function usageOf({ attempt, decision, text, toolCalls }: Ended): object {
  const answer = [text, ...toolCalls.map(textOfCall)];
  const usage: Usage = attempt.receipt.usage ?? {
    inputTokens: decision.inputTokens,
    outputTokens: answer.reduce((sum, each) => sum + estimateTokens(each), 0),
    cachedInputTokens: 0,
  };
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens } = usage;
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: {
      cached_tokens: cachedInputTokens,
      ...(cacheWriteTokens !== undefined && { cache_creation_input_tokens: cacheWriteTokens }),
    },
    completion_tokens_details: {
      reasoning_tokens: reasoningTokens ?? 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

function receiptOf({ pool, attempt, decision }: Ended): object {
  const { cost, totalMs, servedModel } = attempt.receipt;
  const usd = usdOf(cost);
  return {
    pool,
    model: attempt.deploymentId,
    ...(servedModel !== undefined && { served_model: servedModel }),
    decision_id: decision.id,
    cost_kind: cost.kind,
    ...(usd !== undefined && { cost_usd: usd }),
    total_ms: Math.round(totalMs),
  };
}

function json(type: string, value: object): vscode.LanguageModelDataPart {
  return vscode.LanguageModelDataPart.json(value, type);
}

type ThinkingPart = new (value: string) => object;

/**
 * What a model thinks, where the editor has a part for it: a proposal of its API still, but there for every extension in
 * today's versions. Undefined: it has none, and thoughts are left out, for they are no text of the answer.
 */
export function thinkingPart(text: string): vscode.LanguageModelResponsePart | undefined {
  const { LanguageModelThinkingPart: Part } = vscode as { LanguageModelThinkingPart?: ThinkingPart };
  return Part && (new Part(text) as vscode.LanguageModelResponsePart);
}
