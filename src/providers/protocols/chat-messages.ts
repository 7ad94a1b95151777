import type { ModelCall } from '../../core/terms/ports';
import type { Message } from '../../core/terms/request';
import type { Image } from '../../core/terms/tools';
import { hasQuirk } from '../../vendors/lookup';
import type { Body } from '../concessions/concession';
import { shortId } from '../concessions/tool-ids';
import { sealsFor } from './call-seals';
import { thoughtFields } from './chat-thoughts';
import { described, schemaOf } from './tool-schema';
import { dataUrl } from './verbatim';

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
      function: { name: tool.name, ...described(tool), parameters: schemaOf(tool) },
    })),
    ...(toolUse === 'required' && { tool_choice: 'required' }),
  };
}

function toChatMessages(message: Message, call: ModelCall): readonly Body[] {
  const { role, text, images = [], toolCalls = [], toolResults = [] } = message;
  if (toolCalls.length > 0) {
    const calls = toolCalls.map((each) => {
      const { ofCall, ofFunction } = sealsFor(each, call);
      return {
        id: idFor(each.id, call),
        type: 'function',
        function: { name: each.name, arguments: JSON.stringify(each.input), ...ofFunction },
        ...ofCall,
      };
    });
    return [
      { role, content: text === '' ? null : text, ...thoughtFields(toolCalls, call), tool_calls: calls },
    ];
  }
  const results = toolResults.map(({ callId, text: content }) => ({
    role: 'tool',
    tool_call_id: idFor(callId, call),
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

/** The id of a call, the same in the call and in its result, in the form that the vendor takes. */
function idFor(id: string, { deployment }: ModelCall): string {
  return hasQuirk(deployment, 'nine-character-ids') ? shortId(id) : id;
}
