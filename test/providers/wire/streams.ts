/** Streams as the three protocols write them, for tests that change one thing in them. */

type Json = Readonly<Record<string, unknown>>;

/** A chunk of a chat completion. */
export function chunk(delta: Json, finish: string | null = null, more: Json = {}): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return data({
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'gpt-4o-mini',
    choices,
    ...more,
  });
}

export const usage100 = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };

/** The end of a chat completion: how it ended, what it used, and `[DONE]`. */
export function chatEnd(finish = 'stop', usage: Json | null = usage100): string {
  const report = usage === null ? '' : data({ id: 'c1', model: 'gpt-4o-mini', choices: [], usage });
  return `${chunk({}, finish)}${report}data: [DONE]\n\n`;
}

/** A whole chat completion of these deltas. */
export function chat(deltas: readonly Json[], finish = 'stop', usage: Json | null = usage100): string {
  return deltas.map((delta) => chunk(delta)).join('') + chatEnd(finish, usage);
}

/** An event of the Messages or the Responses API. */
export function event(type: string, fields: Json = {}): string {
  return `event: ${type}\n${data({ type, ...fields })}`;
}

export function data(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

export function messageStart(usage: Json = { input_tokens: 100, output_tokens: 1 }): string {
  const message = {
    id: 'm',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-5',
    content: [],
    usage,
  };
  return event('message_start', { message });
}

/** One block of the Messages API with its deltas. */
export function block(index: number, content: Json, deltas: readonly Json[] = []): string {
  return (
    event('content_block_start', { index, content_block: content }) +
    deltas.map((delta) => event('content_block_delta', { index, delta })).join('') +
    event('content_block_stop', { index })
  );
}

export function textBlock(index: number, text: string): string {
  return block(index, { type: 'text', text: '' }, [{ type: 'text_delta', text }]);
}

export function messageEnd(stop_reason = 'end_turn', usage: Json | null = { output_tokens: 10 }): string {
  return event('message_delta', { delta: { stop_reason }, ...(usage && { usage }) }) + event('message_stop');
}

/** A whole answer of the Messages API of these blocks. */
export function message(blocks: string, stop = 'end_turn'): string {
  return messageStart() + blocks + messageEnd(stop);
}

export function responseText(text: string, place: Json = { output_index: 0, content_index: 0 }): string {
  return event('response.output_text.delta', { delta: text, ...place });
}

export const usageOfResponse = { input_tokens: 100, output_tokens: 10, total_tokens: 110 };

export function responseEnd(more: Json = {}, type = 'response.completed'): string {
  return event(type, { response: { model: 'gpt-4o-mini', usage: usageOfResponse, ...more } });
}

/** A whole answer of the Responses API of these events. */
export function response(events: string): string {
  return event('response.created', { response: {} }) + events + responseEnd();
}

export function responseCall(name: string, input: string, index = 0): string {
  const item = { type: 'function_call', id: `fc_${String(index)}`, call_id: `call_${String(index)}`, name };
  return (
    event('response.output_item.added', { output_index: index, item: { ...item, arguments: '' } }) +
    event('response.function_call_arguments.delta', { output_index: index, item_id: item.id, delta: input }) +
    event('response.output_item.done', { output_index: index, item: { ...item, arguments: input } })
  );
}
