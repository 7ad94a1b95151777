import { z } from 'zod';
import type { CallOptions, ReasoningEffort } from '../../core/terms/call-options';
import { reasoningEfforts } from '../../core/terms/call-options';
import type { JsonObject } from '../../core/terms/tools';

/** What callers of the editor's language model API ask of a model beside the messages. */

const limit = z.number().min(1).transform(Math.floor).optional().catch(undefined);
const words = z.string().optional().catch(undefined);
const between = (least: number, most: number) =>
  z
    .number()
    .transform((value) => Math.min(most, Math.max(least, value)))
    .optional()
    .catch(undefined);

/** Each under the names that vendors and their clients have for it. */
const schema = z.object({
  temperature: between(0, 2),
  top_p: between(0, 1),
  topP: between(0, 1),
  max_completion_tokens: limit,
  max_output_tokens: limit,
  max_tokens: limit,
  maxOutputTokens: limit,
  maxTokens: limit,
  reasoning_effort: words,
  reasoningEffort: words,
  effort: words,
  reasoning: z.object({ effort: words }).optional().catch(undefined),
  output_config: z.object({ effort: words }).optional().catch(undefined),
  thinking: z
    .object({
      type: words,
      budget_tokens: z.number().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
type Options = z.infer<typeof schema>;

/**
 * The options that Conduit understands, within what models take; others have no effect. What the caller sends goes before
 * what the user set for the model in the editor.
 */
export function callOptionsOf(sent: JsonObject | undefined, setInEditor?: JsonObject): CallOptions {
  const [first, second] = [sent, setInEditor].map((options) => schema.safeParse(options ?? {}).data ?? {});
  const own = { ...optionsOf(second ?? {}), ...optionsOf(first ?? {}) };
  const { topP, ...options } = own;
  return { ...options, ...(topP !== undefined && { extraBody: { top_p: topP } }) };
}

/** Only what is there. */
function optionsOf(options: Partial<Options>): CallOptions & { readonly topP?: number } {
  const topP = options.top_p ?? options.topP;
  const maxOutputTokens =
    options.max_completion_tokens ??
    options.max_output_tokens ??
    options.max_tokens ??
    options.maxOutputTokens ??
    options.maxTokens;
  const reasoningEffort = effortOf(options);
  return {
    ...(options.temperature !== undefined && { temperature: options.temperature }),
    ...(topP !== undefined && { topP }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(reasoningEffort !== undefined && { reasoningEffort }),
  };
}

function effortOf(options: Partial<Options>): ReasoningEffort | undefined {
  const written = [
    options.reasoning_effort,
    options.reasoningEffort,
    options.effort,
    options.reasoning?.effort,
    options.output_config?.effort,
  ];
  const named = written.map((word) => word && effortNamed(word)).find((word) => word !== undefined);
  return named === '' || named === undefined ? effortOfThinking(options.thinking) : named;
}

/** Words of vendors that have others than most; undefined: the word says nothing, such as "auto". */
function effortNamed(word: string): ReasoningEffort | undefined {
  const plain = word.trim().toLowerCase();
  const others: Readonly<Record<string, ReasoningEffort>> = {
    max: 'xhigh',
    maximum: 'xhigh',
    min: 'minimal',
    off: 'none',
    disabled: 'none',
  };
  return (
    reasoningEfforts.find((effort) => effort === plain) ??
    (Object.hasOwn(others, plain) ? others[plain] : undefined)
  );
}

/** Of a budget of tokens as Anthropic has it, by what vendors think with at each effort, about. */
function effortOfThinking(thinking: Options['thinking']): ReasoningEffort | undefined {
  if (thinking === undefined) return undefined;
  if (thinking.type === 'disabled') return 'none';
  const { budget_tokens: budget } = thinking;
  if (budget === undefined) return undefined;
  if (budget <= 0) return 'none';
  if (budget <= 4_096) return 'low';
  return budget <= 16_384 ? 'medium' : 'high';
}
