import type { ReasoningEffort } from '../../core/terms/call-options';
import { asksForCache } from '../../core/routing/prompt-cache';
import type { ModelCall } from '../../core/terms/ports';
import type { Body } from '../concessions/concession';
import { withoutField } from '../concessions/concession';
import { markedForCache } from './anthropic-cache';
import { anthropicMessages, anthropicTools, instructionsOf } from './anthropic-messages';
import { fields, optionsOf, withExtra } from './chat-request';

/** The body of a call of the Messages API. */
export function messagesBody(call: ModelCall): Body {
  const { deployment } = call;
  const { maxOutputTokens, temperature, reasoningEffort, extraBody } = optionsOf(call);
  const { usual, most } = outputLimits(deployment.model);
  const limit = Math.min(maxOutputTokens ?? usual, most);
  // The vendor refuses to have a tool forced upon a model that thinks.
  const forced = call.toolUse === 'required' && (call.tools?.length ?? 0) > 0;
  const thinking =
    reasoningEffort === undefined || forced ? {} : thinkingFields(deployment.model, reasoningEffort, limit);
  const params = anthropicMessages(call);
  const system = instructionsOf(call);
  const own = fields({
    model: deployment.model,
    max_tokens: limit,
    system: system === '' ? undefined : system,
    messages: asksForCache(deployment, call) ? markedForCache(params) : params,
    ...anthropicTools(call),
    // A model that thinks takes none; the most there is is 1.
    temperature: temperature === undefined || thinks(thinking) ? undefined : Math.min(temperature, 1),
    ...thinking,
    stream: true,
  });
  return withExtra(own, withoutNull(extraBody));
}

/** `cache_control: null` says that nothing is to be kept, which is said by not asking. */
function withoutNull(extraBody: Body | undefined): Body | undefined {
  return extraBody?.['cache_control'] === null ? withoutField(extraBody, 'cache_control') : extraBody;
}

interface OutputLimits {
  /** What is asked for where nobody says anything; thinking counts towards it, too. */
  readonly usual: number;
  /** What the model takes at most. */
  readonly most: number;
}

/**
 * The protocol demands a limit. The third generation takes no more than 4096 or 8192, all later ones at least 32000,
 * those from 4.7 on 128000. A compatible server's model is unknown: every current one takes 8192.
 */
function outputLimits(model: string): OutputLimits {
  if (/^claude-(2|instant|3-(opus|sonnet|haiku))/.test(model)) return { usual: 4_096, most: 4_096 };
  if (/^claude-3-5/.test(model)) return { usual: 8_192, most: 8_192 };
  if (/^claude-3/.test(model)) return { usual: 8_192, most: 64_000 };
  if (!model.startsWith('claude-')) return { usual: 8_192, most: Infinity };
  if (generation(model) >= 4.7) return { usual: 32_000, most: 128_000 };
  return { usual: 32_000, most: /^claude-opus-4(-[01])?(-\d{8})?$/.test(model) ? 32_000 : 64_000 };
}

/**
 * "claude-opus-4-7" is 4.7, "claude-sonnet-4-20250514" is 4, "claude-3-5-haiku" is 3.5; a name without a number is
 * taken for the newest.
 */
function generation(model: string): number {
  const [, major, minor] = /^claude-(?:[a-z]+-)?(\d)(?:-(\d))?(?!\d)/.exec(model) ?? [];
  return major === undefined ? Infinity : Number(`${major}.${minor ?? '0'}`);
}

/** The least that may be thought, in tokens. */
const leastThinking = 1_024;
/** Part of the answer's limit that may be thought. */
const thinkingShare: Readonly<Record<ReasoningEffort, number>> = {
  none: 0,
  minimal: 0.05,
  low: 0.1,
  medium: 0.25,
  high: 0.5,
  xhigh: 0.75,
};

interface ThinkingFields {
  readonly thinking?: { readonly type: string; readonly budget_tokens?: number };
  readonly output_config?: { readonly effort: string };
}

/**
 * From 4.6 on the model itself decides how much it thinks, towards an effort; before, and at compatible servers, it
 * gets a number of tokens, and thinks nothing unless it gets one.
 */
function thinkingFields(model: string, effort: ReasoningEffort, limit: number): ThinkingFields {
  if (model.startsWith('claude-') && generation(model) >= 4.6) {
    if (effort === 'none') return { thinking: { type: 'disabled' } };
    return { thinking: { type: 'adaptive' }, output_config: { effort: effortWord(model, effort) } };
  }
  const budget = Math.max(leastThinking, Math.floor(limit * thinkingShare[effort]));
  const can = effort !== 'none' && !/^claude-(2|instant|3-(5|opus|sonnet|haiku))/.test(model);
  return can && budget < limit ? { thinking: { type: 'enabled', budget_tokens: budget } } : {};
}

function effortWord(model: string, effort: ReasoningEffort): string {
  if (effort === 'minimal') return 'low';
  return effort === 'xhigh' && generation(model) < 4.7 ? 'high' : effort;
}

function thinks({ thinking }: ThinkingFields): boolean {
  return thinking !== undefined && thinking.type !== 'disabled';
}
