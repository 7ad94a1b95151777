/** A call of one tool, as the vendors' servers stream it. */
export interface StreamedCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  /** Tokens of the prompt, as the server counts them. */
  readonly inputTokens: number;
}

/** Over chat completions. */
export function openAiCall({ id, name, input, inputTokens }: StreamedCall): string {
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_741_570_283, model: 'worker' };
  const chunk = (choices: readonly unknown[], more: object = {}): string =>
    `data: ${JSON.stringify({ ...head, choices, ...more })}\n\n`;
  const call = { index: 0, id, type: 'function', function: { name, arguments: JSON.stringify(input) } };
  return [
    chunk([
      { index: 0, delta: { role: 'assistant', content: null, tool_calls: [call] }, finish_reason: null },
    ]),
    chunk([{ index: 0, delta: {}, finish_reason: 'tool_calls' }]),
    chunk([], {
      usage: { prompt_tokens: inputTokens, completion_tokens: 9, total_tokens: inputTokens + 9 },
    }),
    'data: [DONE]\n\n',
  ].join('');
}

/** Over Anthropic's messages, after a thought that its vendor signed. */
export function anthropicCall(
  { id, name, input, inputTokens }: StreamedCall,
  { thought, signature }: { readonly thought: string; readonly signature: string },
): string {
  const event = (data: { readonly type: string; readonly [field: string]: unknown }): string =>
    `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
  const block = (index: number, content_block: object, ...deltas: readonly object[]): string =>
    [
      event({ type: 'content_block_start', index, content_block }),
      ...deltas.map((delta) => event({ type: 'content_block_delta', index, delta })),
      event({ type: 'content_block_stop', index }),
    ].join('');
  return [
    event({
      type: 'message_start',
      message: {
        ...{ id: 'msg_01', type: 'message', role: 'assistant', content: [], model: 'claude' },
        ...{ stop_reason: null, stop_sequence: null, usage: { input_tokens: inputTokens, output_tokens: 1 } },
      },
    }),
    block(
      0,
      { type: 'thinking', thinking: '', signature: '' },
      { type: 'thinking_delta', thinking: thought },
      { type: 'signature_delta', signature },
    ),
    block(
      1,
      { type: 'tool_use', id, name, input: {} },
      { type: 'input_json_delta', partial_json: JSON.stringify(input) },
    ),
    event({
      type: 'message_delta',
      delta: { stop_reason: 'tool_use', stop_sequence: null },
      usage: { output_tokens: 9 },
    }),
    event({ type: 'message_stop' }),
  ].join('');
}
