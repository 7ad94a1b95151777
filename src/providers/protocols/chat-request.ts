import type { CallOptions } from '../../core/pool/call-options';
import { mergedOptions, noOptions } from '../../core/pool/call-options';
import { hostOf } from '../../core/pool/host';
import type { ModelCall } from '../../core/ports';
import { chatMessages, chatTools } from './chat-messages';
import type { Body, Concession } from './tolerant-call';
import { refusesLimit, refusesName, withoutField } from './tolerant-call';

/** The options that hold for a call: the request's own, then the deployment's. */
export function optionsOf({ options, deployment }: ModelCall): CallOptions {
  return mergedOptions(options ?? noOptions, deployment.options);
}

/** The options without what is undefined: JSON fields that are set. */
export function fields(body: Readonly<Record<string, unknown>>): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/** What Conduit alone says, whatever it is called in a protocol. */
const reserved = ['model', 'messages', 'input', 'stream'];
const limitNames = ['max_completion_tokens', 'max_tokens', 'max_output_tokens'];

/**
 * `own` over `extra`: the file's further fields never replace what Conduit itself sends, nor lift the limit of the
 * answer's length by another name for it.
 */
export function withExtra(own: Body, extra: Body | undefined): Body {
  const limited = limitNames.some((name) => name in own);
  const refused = limited ? [...reserved, ...limitNames] : reserved;
  const kept = Object.entries(extra ?? {}).filter(([name]) => !refused.includes(name));
  return { ...Object.fromEntries(kept), ...own };
}

/** The body of a chat completion. */
export function chatBody(call: ModelCall): Body {
  const { deployment } = call;
  const { maxOutputTokens, temperature, reasoningEffort, extraBody } = optionsOf(call);
  const openAi = deployment.provider === 'azure' || hostOf(deployment.apiBase) === 'api.openai.com';
  const own = fields({
    [openAi ? 'max_completion_tokens' : 'max_tokens']: maxOutputTokens,
    temperature,
    reasoning_effort: reasoningEffort,
    // Asks for the cost; servers of other vendors may refuse it.
    usage: deployment.provider === 'openrouter' ? { include: true } : undefined,
    model: deployment.model,
    messages: chatMessages(call),
    ...chatTools(call),
    stream: true,
    stream_options: { include_usage: true },
  });
  return withExtra(own, extraBody);
}

/** Reasoning models take none. */
export function temperatureConcession(words: string, body: Body): Body | undefined {
  return /temperature/.test(words) && refusesName(words) ? withoutField(body, 'temperature') : undefined;
}

/** What servers that only claim to be compatible, and models without an option, refuse. */
export const chatConcessions: readonly Concession[] = [
  (words, body) =>
    /stream_options|include_usage/.test(words) ? withoutField(body, 'stream_options') : undefined,
  (words, body) =>
    /max_(completion_)?tokens/.test(words) && refusesName(words)
      ? (renamed(body, 'max_tokens', 'max_completion_tokens') ??
        renamed(body, 'max_completion_tokens', 'max_tokens'))
      : undefined,
  // Above what the model can give, the limit is the model's own: the answer is no longer without ours.
  (words, body) =>
    refusesLimit(words)
      ? (withoutField(body, 'max_tokens') ?? withoutField(body, 'max_completion_tokens'))
      : undefined,
  (words, body) => (/reasoning|think/i.test(words) ? withoutField(body, 'reasoning_effort') : undefined),
  temperatureConcession,
];

function renamed(body: Body, name: string, other: string): Body | undefined {
  const rest = withoutField(body, name);
  return rest === undefined ? undefined : { ...rest, [other]: body[name] };
}
