import type { ModelCall } from '../../core/terms/ports';
import type { Message } from '../../core/terms/request';
import type { Image } from '../../core/terms/tools';
import type { Body } from '../concessions/concession';
import { shortId } from '../concessions/tool-ids';
import { described, schemaOf } from './tool-schema';
import { verbatimFor } from './verbatim';

/** A message in the words of the Messages API. */
export interface MessageParam {
  readonly role: 'user' | 'assistant';
  readonly content: string | readonly Body[];
}

/** The conversation of a call of the Messages API, without its system messages. */
export function anthropicMessages(call: ModelCall): readonly MessageParam[] {
  const params: MessageParam[] = [];
  for (const message of call.messages) {
    const param = toMessageParam(message, call);
    if (param === undefined) continue;
    const before = params.at(-1);
    // All results of parallel calls belong into the one message after them.
    if (before?.role === 'user' && param.role === 'user' && hasResult(param)) {
      params[params.length - 1] = { role: 'user', content: [...blocksOf(before), ...blocksOf(param)] };
    } else params.push(param);
  }
  // Instructions alone are what is asked.
  if (params.length === 0) return [{ role: 'user', content: instructionsOf(call) }];
  return params;
}

/** The system messages of a call as one text. */
export function instructionsOf({ messages }: ModelCall): string {
  return messages
    .filter(({ role }) => role === 'system')
    .map(({ text }) => text)
    .join('\n\n');
}

/** The fields that offer tools; none where there are none. */
export function anthropicTools({ tools = [], toolUse }: ModelCall): Body {
  if (tools.length === 0) return {};
  return {
    tools: tools.map((tool) => ({
      name: tool.name,
      ...described(tool),
      input_schema: schemaOf(tool),
    })),
    ...(toolUse === 'required' && { tool_choice: { type: 'any' } }),
  };
}

/** The vendor refuses empty texts, such as an answer that was stopped before its first token. */
function toMessageParam(message: Message, call: ModelCall): MessageParam | undefined {
  const { role, text, images = [], toolCalls = [], toolResults = [] } = message;
  if (role === 'system') return undefined;
  // A blank at the end of an answer is refused where it is the last.
  const told = role === 'assistant' ? text.trimEnd() : text;
  const said = told.trim() === '' ? [] : [textBlock(told)];
  const [first, ...others] = toolCalls;
  const results = toolResults.map((result) => ({
    type: 'tool_result',
    tool_use_id: idOf(result.callId),
    content: result.images?.length ? [textBlock(result.text), ...result.images.map(imageBlock)] : result.text,
  }));
  const blocks: readonly Body[] = [
    ...(first === undefined ? [] : verbatimFor(first, call)),
    // Results come first: the vendor refuses a text before them.
    ...results,
    ...said,
    ...images.map(imageBlock),
    ...[first ?? [], others]
      .flat()
      .flatMap((each, index) => [
        ...(index === 0 ? [] : verbatimFor(each, call)),
        { type: 'tool_use', id: idOf(each.id), name: each.name, input: each.input },
      ]),
  ];
  if (blocks.length === 0) return undefined;
  return { role, content: blocks.length === said.length ? told : blocks };
}

function textBlock(text: string): Body {
  return { type: 'text', text };
}

function imageBlock({ mimeType, base64 }: Image): Body {
  return { type: 'image', source: { type: 'base64', media_type: mimeType, data: base64 } };
}

export function blocksOf({ content }: MessageParam): readonly Body[] {
  return typeof content === 'string' ? [textBlock(content)] : content;
}

function hasResult({ content }: MessageParam): boolean {
  return typeof content !== 'string' && content.some(({ type }) => type === 'tool_result');
}

/** Another vendor's id may have characters that this one refuses, and differ in them alone. */
function idOf(id: string): string {
  return /^[a-zA-Z0-9_-]+$/.test(id) ? id : `${id.replace(/[^a-zA-Z0-9_-]/g, '_')}_${shortId(id)}`;
}
