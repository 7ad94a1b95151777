import type { ModelCall } from '../../core/ports';
import type { Message } from '../../core/request';
import type { Image } from '../../core/tools';
import type { Body } from './tolerant-call';
import { dataUrl, schemaOf, verbatimFor } from './tool-calls';

/** The messages of a chat completion. */
export function chatMessages(call: ModelCall): readonly Body[] {
  return call.messages.flatMap((message) => toChatMessages(message, call));
}

/** The fields that offer tools; none where there are none. */
export function chatTools({ tools = [], toolUse }: ModelCall): Body {
  if (tools.length === 0) return {};
  return {
    tools: tools.map((tool) => ({
      type: 'function',
      function: { name: tool.name, description: tool.description, parameters: schemaOf(tool) },
    })),
    ...(toolUse === 'required' && { tool_choice: 'required' }),
  };
}

function toChatMessages(message: Message, call: ModelCall): readonly Body[] {
  const { role, text, images = [], toolCalls = [], toolResults = [] } = message;
  if (toolCalls.length > 0) {
    const calls = toolCalls.map((each) => ({
      id: each.id,
      type: 'function',
      function: { name: each.name, arguments: JSON.stringify(each.input) },
      // Gemini's thought signature.
      ...verbatimFor(each, call)[0],
    }));
    return [{ role, content: text === '' ? null : text, tool_calls: calls }];
  }
  const results = toolResults.map(({ callId, text: content }) => ({
    role: 'tool',
    tool_call_id: callId,
    content,
  }));
  // A tool's message takes text alone: what it pictured follows as the user's.
  const pictures = [...toolResults.flatMap((result) => result.images ?? []), ...images];
  if (results.length > 0 && text === '' && pictures.length === 0) return results;
  return [...results, { role, content: pictures.length === 0 ? text : parts(text, pictures) }];
}

function parts(text: string, images: readonly Image[]): readonly Body[] {
  const pictures = images.map((image) => ({ type: 'image_url', image_url: { url: dataUrl(image) } }));
  return text === '' ? pictures : [{ type: 'text', text }, ...pictures];
}
