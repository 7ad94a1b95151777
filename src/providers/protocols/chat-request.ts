import type { CallOptions } from '../../core/terms/call-options';
import { mergedOptions, noOptions } from '../../core/terms/call-options';
import type { ModelCall } from '../../core/terms/ports';
import { hasQuirk } from '../../vendors/lookup';
import type { Body } from '../concessions/concession';
import { limitNames } from '../concessions/concession';
import { chatMessages, chatTools } from './chat-messages';

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
  const limitName = hasQuirk(deployment, 'max-completion-tokens') ? 'max_completion_tokens' : 'max_tokens';
  const own = fields({
    [limitName]: maxOutputTokens,
    temperature,
    reasoning_effort: reasoningEffort,
    // Asks for the cost; servers of other vendors may refuse it.
    usage: hasQuirk(deployment, 'cost-on-request') ? { include: true } : undefined,
    model: deployment.model,
    messages: chatMessages(call),
    ...chatTools(call),
    stream: true,
    stream_options: hasQuirk(deployment, 'usage-unasked') ? undefined : { include_usage: true },
  });
  return withExtra(own, extraBody);
}
