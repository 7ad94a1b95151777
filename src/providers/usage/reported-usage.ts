import { isJsonObject } from '../../core/terms/tools';
import type { Usage } from '../../core/terms/receipt';
import { isChargedOtherwise } from './charged-otherwise';
import type { ReportFields } from './report-fields';
import { reportFields } from './report-fields';
import type { Meaning } from './told-apart';
import { toldApart } from './told-apart';

/*
 * Where vendors write the same counts: OpenAI's names first, then those of the Responses and the Messages API, Google's
 * and Ollama's own, and what single vendors add: DeepSeek, Moonshot, Mistral, LiteLLM, OpenRouter, Alibaba.
 */
const inputPlaces = ['prompt_tokens', 'input_tokens', 'promptTokenCount', 'prompt_eval_count'];
const outputPlaces = ['completion_tokens', 'output_tokens', 'candidatesTokenCount', 'eval_count'];
const totalPlaces = ['total_tokens', 'totalTokenCount'];
/** These are documented as part of the input. */
const cachedInside = [
  'prompt_tokens_details.cached_tokens',
  'input_tokens_details.cached_tokens',
  'prompt_token_details.cached_tokens',
  'prompt_cache_hit_tokens',
  'cached_tokens',
  'num_cached_tokens',
  'cachedContentTokenCount',
];
/** These stand beside it in the Messages API, but gateways count them as part of what they call `prompt_tokens`. */
const cachedAnywhere = ['cache_read_input_tokens'];
const writtenPlaces = [
  'prompt_tokens_details.cache_write_tokens',
  'prompt_tokens_details.cache_creation_tokens',
  'prompt_tokens_details.cache_creation_input_tokens',
  'input_tokens_details.cache_write_tokens',
  'cache_creation_input_tokens',
];
const detailsOfWritten = [
  'cache_creation',
  'prompt_tokens_details.cache_creation',
  'prompt_tokens_details.cache_creation_token_details',
];
const thoughtPlaces = [
  'completion_tokens_details.reasoning_tokens',
  'completion_tokens_details.thinking_tokens',
  'output_tokens_details.reasoning_tokens',
  'output_tokens_details.thinking_tokens',
  'reasoning_tokens',
  'thoughtsTokenCount',
];

/** What a whole is made of. */
const inputDetails = ['prompt_tokens_details', 'input_tokens_details'];
const outputDetails = ['completion_tokens_details', 'output_tokens_details'];

/**
 * Usage from one whole report. `answered`: there was an answer, so that no output means that it wasn't reported.
 * `thoughts`: where what the model thought is counted, as far as it is documented.
 */
export function reportedUsage(
  raw: unknown,
  answered: boolean,
  thoughts: Meaning['thoughts'],
): Usage | undefined {
  const fields = reportFields(raw);
  if (fields === undefined || !isJsonObject(raw)) return undefined;
  const input = fields.count(...inputPlaces);
  const output = fields.count(...outputPlaces);
  const total = fields.count(...totalPlaces);
  const written = writtenIn(fields);
  const inside = fields.count(...cachedInside);
  const anywhere = fields.count(...cachedAnywhere);
  const thought = fields.count(...thoughtPlaces);
  if (input === undefined && output === undefined) return undefined;
  const whole = wholeOf(input, output, total);
  if (whole === undefined) return undefined;
  const openAi = isOpenAiShaped(fields) || (inside ?? 0) > 0;
  const anthropic = fields.count('prompt_tokens') === undefined && !openAi;
  const counts = {
    ...whole,
    total,
    cached: (inside ?? 0) > 0 ? (inside ?? 0) : (anywhere ?? 0),
    written: written.tokens,
    thought,
  };
  const missed = fields.count('prompt_cache_miss_tokens');
  const told = toldApart(counts, { cache: openAi ? 'inside' : anthropic ? 'beside' : undefined, thoughts });
  const certain =
    told.certain &&
    !whole.derived &&
    written.certain &&
    ((inside ?? 0) === 0 || (anywhere ?? 0) === 0 || inside === anywhere) &&
    (missed === undefined || counts.cached + missed === told.inputTokens) &&
    !inputDetails.some((place) => fields.highestIn(place) > told.inputTokens) &&
    !outputDetails.some((place) => fields.highestIn(place) > told.outputTokens) &&
    // Words that weren't counted, beside thoughts that were.
    !(answered && whole.output === 0) &&
    !isChargedOtherwise(raw, fields) &&
    !fields.doubtful;
  if (told.inputTokens === 0 || (answered && told.outputTokens === 0)) return undefined;
  return usageOf({ ...counts, ...told, hourTokens: written.hourTokens, certain });
}

function isOpenAiShaped(fields: ReportFields): boolean {
  return fields.has('prompt_tokens_details') || fields.has('input_tokens_details');
}

/** One of both that is missing follows from the total, as far as that can be trusted. */
function wholeOf(input: number | undefined, output: number | undefined, total = 0) {
  if (input !== undefined && output !== undefined) return { input, output, derived: false };
  const known = input ?? output ?? 0;
  if (total <= known) return undefined;
  const rest = total - known;
  return input === undefined
    ? { input: rest, output: known, derived: true }
    : { input: known, output: rest, derived: true };
}

/** What was written to a cache, with the part that is kept for an hour. */
export function writtenIn(fields: ReportFields): {
  readonly tokens: number;
  readonly hourTokens: number;
  readonly certain: boolean;
} {
  const whole = fields.count(...writtenPlaces);
  const hour = fields.count(...detailsOfWritten.map((place) => `${place}.ephemeral_1h_input_tokens`));
  const minutes = fields.count(...detailsOfWritten.map((place) => `${place}.ephemeral_5m_input_tokens`));
  const parts = (hour ?? 0) + (minutes ?? 0);
  const split = hour !== undefined || minutes !== undefined;
  return {
    tokens: Math.max(whole ?? 0, parts),
    hourTokens: hour ?? 0,
    certain: !split || whole === undefined || parts === whole,
  };
}

interface Parts {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly thoughtTokens: number;
  readonly cached: number;
  readonly written: number;
  readonly hourTokens: number;
  readonly certain: boolean;
}

/** Usage whose parts never exceed the whole, whatever was reported. */
export function usageOf(parts: Parts): Usage {
  const { inputTokens, outputTokens } = parts;
  const cachedInputTokens = Math.min(parts.cached, inputTokens);
  const cacheWriteTokens = Math.min(parts.written, inputTokens - cachedInputTokens);
  const cacheWriteHourTokens = Math.min(parts.hourTokens, cacheWriteTokens);
  const reasoningTokens = Math.min(parts.thoughtTokens, outputTokens);
  const bounded =
    cachedInputTokens < parts.cached ||
    cacheWriteTokens < parts.written ||
    cacheWriteHourTokens < parts.hourTokens ||
    reasoningTokens < parts.thoughtTokens;
  return {
    inputTokens,
    outputTokens,
    cachedInputTokens,
    ...(cacheWriteTokens > 0 && { cacheWriteTokens }),
    ...(cacheWriteHourTokens > 0 && { cacheWriteHourTokens }),
    ...(reasoningTokens > 0 && { reasoningTokens }),
    ...((bounded || !parts.certain) && { uncertain: true as const }),
  };
}
