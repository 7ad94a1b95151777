import type { KeyRing, ModelCall, ModelClient } from '../../core/terms/ports';
import type { Body } from '../concessions/concession';
import { silent } from './call-client';
import { fields, optionsOf, withExtra } from './chat-request';
import { createOpenAiClient } from './openai-client';
import { responsesInput, responsesTools } from './responses-input';
import { createResponsesReader } from './responses-reader';

/** OpenAI's Responses API. */
export function createResponsesClient(keys: KeyRing, log = silent): ModelClient {
  return createOpenAiClient(
    { keys, log },
    { path: '/responses', body: bodyOf, reader: createResponsesReader },
  );
}

/** The smallest limit that the API takes. */
const smallestLimit = 16;

function bodyOf(call: ModelCall): Body {
  const { deployment } = call;
  const { maxOutputTokens, temperature, reasoningEffort, extraBody } = optionsOf(call);
  const own = fields({
    max_output_tokens: maxOutputTokens === undefined ? undefined : Math.max(smallestLimit, maxOutputTokens),
    temperature,
    reasoning: reasoningEffort === undefined ? undefined : { effort: reasoningEffort },
    model: deployment.model,
    input: responsesInput(call),
    ...responsesTools(call),
    stream: true,
  });
  // The vendor keeps what is asked and answered for 30 days unless it is told not to.
  return withExtra(own, { store: false, ...extraBody });
}
