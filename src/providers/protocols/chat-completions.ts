import type { KeyRing, ModelClient } from '../../core/terms/ports';
import { silent } from './call-client';
import { createChatReader } from './chat-reader';
import { chatBody } from './chat-request';
import { createOpenAiClient } from './openai-client';

/** OpenAI's chat completions, as OpenAI, Azure and every compatible server speak them. */
export function createChatCompletionsClient(keys: KeyRing, log = silent): ModelClient {
  return createOpenAiClient(
    { keys, log },
    { path: '/chat/completions', body: chatBody, reader: createChatReader },
  );
}
