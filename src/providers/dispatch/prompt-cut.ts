import { tokensOf } from '../../core/terms/tokens';
import type { Usage } from '../../core/terms/receipt';
import { vendorOf } from '../../vendors/lookup';
import type { AttemptOrder } from './attempt-run';

/** A prompt of which a server read a part alone. */
export interface PromptCut {
  readonly deploymentId: string;
  /** Tokens of the prompt, estimated. */
  readonly sentTokens: number;
  /** Tokens that the server says it read. */
  readonly readTokens: number;
}

/** Contexts that local servers have where nobody says otherwise, in tokens: 2k and its doubles. */
const smallestContext = 2_048;
const doubles = 8;
/** What is read of a prompt that was cut fills the context but for a few tokens. */
const nearlyFull = 0.97;
/** An estimate may be so much too high. */
const surelyLonger = 1.3;

/**
 * Local servers cut a prompt that is longer than their context, and say nothing. It shows where what they report fills
 * such a context, and the prompt is longer by far; undefined otherwise: less than expected is also reported of a prompt
 * that a server had kept.
 */
export function promptCutOf(
  { deployment, messages, tools }: AttemptOrder,
  usage: Usage | undefined,
): PromptCut | undefined {
  if (usage === undefined || vendorOf(deployment)?.local === undefined) return undefined;
  const readTokens = usage.inputTokens;
  const contexts = [
    ...Array.from({ length: doubles }, (_, times) => smallestContext * 2 ** times),
    ...(deployment.contextWindowTokens === undefined ? [] : [deployment.contextWindowTokens]),
  ];
  const sentTokens = tokensOf(messages, tools);
  const cutTo = contexts.find((context) => readTokens <= context && readTokens >= context * nearlyFull);
  if (cutTo === undefined || sentTokens < cutTo * surelyLonger) return undefined;
  return { deploymentId: deployment.id, sentTokens, readTokens };
}
