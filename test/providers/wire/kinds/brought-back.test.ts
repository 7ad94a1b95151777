import { expect, test } from 'vitest';
import type { Message } from '../../../../src/core/terms/request';
import type { Deployment } from '../../../../src/core/terms/deployment';
import { deploymentWith } from '../../stream-helpers';
import { jsonReply, reply, startReplyServer } from '../replies';
import type { Sent } from '../replies';
import { block, chat, event, message, response, responseCall } from '../streams';
import { ask, claude, newDispatcher, outcomeOf, readFile, responses } from '../wire-case';
import { protocols, refusal, whole42 } from './expectations';

/** What a vendor wants back in a tool loop comes back as it was; calls of another model get what it insists on. */

const tools = [readFile];
const question: Message = { role: 'user', text: 'Read.' };
const call = (more: object = {}) => ({
  index: 0,
  id: 'call_1',
  type: 'function',
  function: { name: 'read_file', arguments: '{"path":"a"}' },
  ...more,
});

/** The second request of a tool loop. */
async function secondRequest(deployment: Partial<Deployment>, first: string, second: string): Promise<Sent> {
  const server = await startReplyServer((_sent, count) => reply(count === 0 ? first : second));
  try {
    const asked = deploymentWith({ apiBase: server.url, ...deployment });
    const dispatcher = newDispatcher();
    const { calls } = await ask(asked, { tools, messages: [question] }, dispatcher);
    const messages: readonly Message[] = [
      question,
      { role: 'assistant', text: '', toolCalls: calls },
      { role: 'user', text: '', toolResults: calls.map(({ id }) => ({ callId: id, text: 'oil' })) },
    ];
    expect(await ask(asked, { tools, messages }, dispatcher)).toMatchObject(whole42);
    return server.sent[1] ?? {};
  } finally {
    await server.close();
  }
}

const encrypted = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'c2VjcmV0' };

const plainThought = {
  type: 'reasoning',
  id: 'rs_1',
  summary: [],
  content: [{ type: 'reasoning_text', text: 'I must read it.' }],
};

test.each<readonly [string, Partial<Deployment>, string, readonly string[]]>([
  [
    'chat: reasoning_content',
    {},
    chat(
      [{ reasoning_content: 'I must ' }, { reasoning_content: 'read it.' }, { tool_calls: [call()] }],
      'tool_calls',
    ),
    ['"reasoning_content":"I must read it."'],
  ],
  [
    'chat: reasoning',
    {},
    chat([{ reasoning: 'I must read it.' }, { tool_calls: [call()] }], 'tool_calls'),
    ['"reasoning":"I must read it."'],
  ],
  [
    'chat: reasoning_details',
    {},
    chat(
      [
        { reasoning_details: [{ type: 'reasoning.encrypted', data: 'c2VjcmV0', id: 'r' }] },
        { tool_calls: [call()] },
      ],
      'tool_calls',
    ),
    ['"data":"c2VjcmV0"'],
  ],
  [
    'chat: details with a signature',
    {},
    chat(
      [
        { reasoning_details: [{ type: 'reasoning.text', text: 'I must ', index: 0 }] },
        { reasoning_details: [{ type: 'reasoning.text', text: 'read it.', index: 0 }] },
        { reasoning_details: [{ type: 'reasoning.text', signature: 'c2VjcmV0', index: 0 }] },
        { tool_calls: [call()] },
      ],
      'tool_calls',
    ),
    ['"text":"I must read it."', '"signature":"c2VjcmV0"'],
  ],
  // crmne/ruby_llm#591
  [
    'chat: Google’s signature',
    {},
    chat(
      [{ tool_calls: [call({ extra_content: { google: { thought_signature: 'c2VjcmV0' } } })] }],
      'tool_calls',
    ),
    ['"extra_content":{"google":{"thought_signature":"c2VjcmV0"}}'],
  ],
  // 8monkey-ai/hebo-gateway#226
  [
    'chat: Vertex’s',
    {},
    chat(
      [{ tool_calls: [call({ extra_content: { vertex: { thought_signature: 'c2VjcmV0' } } })] }],
      'tool_calls',
    ),
    ['"vertex":{"thought_signature":"c2VjcmV0"}'],
  ],
  // BerriAI/litellm#16895
  [
    'chat: a signature in the id',
    {},
    chat([{ tool_calls: [call({ id: 'call_1__thought__c2VjcmV0' })] }], 'tool_calls'),
    ['"id":"call_1__thought__c2VjcmV0"', '"tool_call_id":"call_1__thought__c2VjcmV0"'],
  ],
  [
    'chat: LiteLLM’s blocks',
    {},
    chat(
      [
        { thinking_blocks: [{ type: 'thinking', thinking: 'I must read it.', signature: 'c2VjcmV0' }] },
        { tool_calls: [call()] },
      ],
      'tool_calls',
    ),
    ['"thinking_blocks"', '"signature":"c2VjcmV0"'],
  ],
  [
    'chat: Copilot’s',
    {},
    chat(
      [{ reasoning_text: 'I must read it.' }, { reasoning_opaque: 'c2VjcmV0' }, { tool_calls: [call()] }],
      'tool_calls',
    ),
    ['"reasoning_opaque":"c2VjcmV0"', '"reasoning_text":"I must read it."'],
  ],
  [
    'messages: a block',
    claude,
    message(
      block(0, { type: 'thinking', thinking: '' }, [
        { type: 'thinking_delta', thinking: 'I must read it.' },
        { type: 'signature_delta', signature: 'c2VjcmV0' },
      ]) +
        block(1, { type: 'tool_use', id: 't', name: 'read_file', input: {} }, [
          { type: 'input_json_delta', partial_json: '{"path":"a"}' },
        ]),
      'tool_use',
    ),
    ['"thinking":"I must read it."', '"signature":"c2VjcmV0"'],
  ],
  [
    'messages: a redacted block',
    claude,
    message(
      block(0, { type: 'redacted_thinking', data: 'c2VjcmV0' }) +
        block(1, { type: 'tool_use', id: 't', name: 'read_file', input: { path: 'a' } }),
      'tool_use',
    ),
    ['"type":"redacted_thinking","data":"c2VjcmV0"'],
  ],
  [
    'responses: an item',
    responses,
    response(
      event('response.output_item.done', { output_index: 0, item: encrypted }) +
        responseCall('read_file', '{"path":"a"}', 1),
    ),
    ['"encrypted_content":"c2VjcmV0"'],
  ],
  // BerriAI/litellm#16893
  [
    'chat: LiteLLM’s fields',
    {},
    chat(
      [
        {
          tool_calls: [
            call({
              provider_specific_fields: { thought_signature: 'c2VjcmV0' },
            }),
          ],
        },
      ],
      'tool_calls',
    ),
    ['"thought_signature":"c2VjcmV0"'],
  ],
  [
    'chat: LiteLLM’s fields of the function',
    {},
    chat(
      [
        {
          tool_calls: [
            call({
              function: {
                name: 'read_file',
                arguments: '{"path":"a"}',
                provider_specific_fields: { thought_signature: 'c2VjcmV0' },
              },
            }),
          ],
        },
      ],
      'tool_calls',
    ),
    ['"thought_signature":"c2VjcmV0"'],
  ],
  [
    'chat: a signature of the call',
    {},
    chat([{ tool_calls: [call({ thought_signature: 'c2VjcmV0' })] }], 'tool_calls'),
    ['"thought_signature":"c2VjcmV0"'],
  ],
  // rikkahub/rikkahub#1690
  [
    'responses: an item’s plain content',
    responses,
    response(
      event('response.output_item.done', {
        output_index: 0,
        item: plainThought,
      }) + responseCall('read_file', '{"path":"a"}', 1),
    ),
    ['"type":"reasoning_text","text":"I must read it."'],
  ],
])('%s', async (_name, deployment, first, kept) => {
  const [, , ok] = protocols.find(([, { protocol }]) => protocol === deployment.protocol) ?? protocols[0];
  const sent = JSON.stringify(await secondRequest(deployment, first, ok));
  for (const words of kept) expect(sent).toContain(words);
});

test('chat: each of several calls keeps its own', async () => {
  const calls = [
    call({ extra_content: { google: { thought_signature: 'QQ==' } } }),
    { ...call({ id: 'call_2', extra_content: { google: { thought_signature: 'Qg==' } } }), index: 1 },
  ];
  const sent = JSON.stringify(
    await secondRequest({}, chat([{ tool_calls: calls }], 'tool_calls'), protocols[0][2]),
  );
  expect(sent).toMatch(/QQ==.*Qg==/);
});

const foreign: readonly Message[] = [
  question,
  { role: 'assistant', text: '', toolCalls: [{ id: 'call_1', name: 'read_file', input: { path: 'a' } }] },
  { role: 'user', text: '', toolResults: [{ callId: 'call_1', text: 'oil' }] },
];
const thoughtsOf = (sent: Sent): boolean =>
  JSON.stringify(sent['messages']).includes('"reasoning_content":"') &&
  !JSON.stringify(sent).includes('"reasoning_content":""');
const signed = (sent: Sent): boolean => JSON.stringify(sent).includes('thought_signature');

test.each<readonly [string, object, (sent: Sent) => boolean]>([
  // MoonshotAI/kimi-agent-sdk#169
  [
    'Kimi',
    {
      error: {
        message:
          'thinking is enabled but reasoning_content is missing in assistant tool call message at index 1',
        type: 'invalid_request_error',
      },
    },
    thoughtsOf,
  ],
  // QwenLM/qwen-code#3724
  [
    'DeepSeek',
    {
      error: {
        message: 'The reasoning_content in the thinking mode must be passed back to the API.',
        type: 'invalid_request_error',
      },
    },
    thoughtsOf,
  ],
  // suyiiyii/AutoGLM-GUI#396
  [
    'MiMo',
    {
      error: {
        code: '400',
        message: 'Param Incorrect',
        param: 'The reasoning_content in the thinking mode must be passed back to the API.',
        type: '',
      },
    },
    thoughtsOf,
  ],
  // agentscope-ai/QwenPaw#433
  [
    'SiliconFlow',
    {
      code: 20015,
      message:
        'thinking is enabled but reasoning_content is missing in assistant tool call message at index 1',
      data: null,
    },
    thoughtsOf,
  ],
  // iOfficeAI/AionUi#2746
  [
    'OpenRouter',
    {
      error: {
        message: 'Error from provider: Provider returned error',
        code: 400,
        metadata: {
          raw: JSON.stringify({
            error: {
              message:
                'thinking is enabled but reasoning_content is missing in assistant tool call message at index 1',
            },
          }),
          provider_name: 'Moonshot AI',
        },
      },
    },
    thoughtsOf,
  ],
  // liuw1535/antigravity2api-nodejs#86
  [
    'Gemini',
    {
      error: {
        code: 400,
        message:
          'Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance.',
        status: 'INVALID_ARGUMENT',
      },
    },
    signed,
  ],
  // theopenco/llmgateway#1267
  [
    'Gemini through a gateway',
    {
      error: {
        message:
          'Error from provider: 400 Bad Request {\n "error": {\n "code": 400,\n "message": "Unable to submit request because function call `read_file` in the 2. content block is missing a `thought_signature`."\n }\n}',
        type: 'gateway_error',
      },
    },
    signed,
  ],
])('chat: calls of another model, %s', async (_name, said, accepts) => {
  const outcome = await outcomeOf({ tools, messages: foreign }, (sent) =>
    accepts(sent) ? reply(protocols[0][2]) : jsonReply(400, said),
  );
  expect(outcome).toMatchObject(whole42);
});

test('messages: calls of another model, where it thinks', async () => {
  const words =
    'messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block.';
  const deployment = { ...claude, options: { reasoningEffort: 'high' } } as const;
  const outcome = await outcomeOf({ deployment, tools, messages: foreign }, (sent) =>
    'thinking' in sent ? refusal(400, words) : reply(protocols[1][2]),
  );
  expect(outcome).toMatchObject(whole42);
});
