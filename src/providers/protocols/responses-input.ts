import type { ModelCall } from '../../core/terms/ports';
import type { Message } from '../../core/terms/request';
import type { Image } from '../../core/terms/tools';
import type { Body } from '../concessions/concession';
import { described, schemaOf } from './tool-schema';
import { dataUrl, verbatimFor } from './verbatim';

/** The items of a call of the Responses API. */
export function responsesInput(call: ModelCall): readonly Body[] {
  return call.messages.flatMap((message) => toItems(message, call));
}

/** The fields that offer tools; none where there are none. */
export function responsesTools({ tools = [], toolUse }: ModelCall): Body {
  if (tools.length === 0) return {};
  return {
    tools: tools.map((tool) => ({
      type: 'function',
      name: tool.name,
      ...described(tool),
      parameters: schemaOf(tool),
      // The API would refuse most schemas that weren't written for its strict mode.
      strict: false,
    })),
    ...(toolUse === 'required' && { tool_choice: 'required' }),
    // As nothing is stored, what the model thought must be brought back with a tool's result.
    include: ['reasoning.encrypted_content'],
  };
}

function toItems(message: Message, call: ModelCall): readonly Body[] {
  const { role, text, images = [], toolCalls = [], toolResults = [] } = message;
  const [first, ...others] = toolCalls;
  if (first !== undefined) {
    const said = text === '' ? [] : [{ role, content: text }];
    const items = [first, ...others].map((each) => ({
      type: 'function_call',
      call_id: each.id,
      name: each.name,
      arguments: JSON.stringify(each.input),
    }));
    // What the model thought comes before what it said and asked for.
    return [
      ...verbatimFor(first, call),
      ...said,
      ...items.slice(0, 1),
      ...others.flatMap((each, index) => [...verbatimFor(each, call), ...items.slice(index + 1, index + 2)]),
    ];
  }
  const results = toolResults.map(({ callId, text: output }) => ({
    type: 'function_call_output',
    call_id: callId,
    output,
  }));
  const pictures = [...toolResults.flatMap((result) => result.images ?? []), ...images];
  if (results.length > 0 && text === '' && pictures.length === 0) return results;
  return [...results, { role, content: pictures.length === 0 ? text : parts(text, pictures) }];
}

function parts(text: string, images: readonly Image[]): readonly Body[] {
  const pictures = images.map((image) => ({ type: 'input_image', image_url: dataUrl(image) }));
  return text === '' ? pictures : [{ type: 'input_text', text }, ...pictures];
}
