import { isJsonObject } from '../../core/terms/tools';
import { unusualWord } from '../../vendors/billing';
import type { ReportFields } from './report-fields';
import { numberIn } from './report-fields';

/** What is billed beside the tokens of texts, or at another price than these: sounds, pictures, searches. */
const otherKinds = [
  'prompt_tokens_details.audio_tokens',
  'prompt_tokens_details.video_tokens',
  'input_tokens_details.audio_tokens',
  'completion_tokens_details.audio_tokens',
  'completion_tokens_details.image_tokens',
  'output_tokens_details.audio_tokens',
  'output_tokens_details.image_tokens',
  'num_sources_used',
  'num_server_side_tools_used',
  'num_search_queries',
  'citation_tokens',
  'server_tool_use.web_search_requests',
  'server_tool_use.code_execution_requests',
  'server_tool_use_details.web_search_requests',
] as const;

/** Whether the tokens of a report don't say what it costs. */
export function isChargedOtherwise(raw: Readonly<Record<string, unknown>>, fields: ReportFields): boolean {
  if (otherKinds.some((place) => (fields.count(place) ?? 0) > 0)) return true;
  // A gateway that passes a request to a key of the user's own, whose vendor bills what the gateway may not tell.
  const upstream = isJsonObject(raw['cost_details'])
    ? raw['cost_details']['upstream_inference_cost']
    : undefined;
  if (raw['is_byok'] === true && !((numberIn(upstream) ?? 0) > 0)) return true;
  return ['service_tier', 'inference_geo', 'speed'].some((name) => unusualWord(raw[name]) !== undefined);
}

/**
 * Whether a reply, a chunk of one, or its usage, was served at another service tier than was asked for (`service_tier` of
 * the request's body; absent: the usual one).
 */
export function chargedByTier(raw: unknown, asked?: unknown): boolean {
  if (!isJsonObject(raw)) return false;
  return [raw, raw['response'], raw['message'], raw['usage']]
    .map((part) => (isJsonObject(part) ? (part['service_tier'] ?? undefined) : undefined))
    .some((tier) => tier !== undefined && unusualWord(tier) !== unusualWord(asked));
}
