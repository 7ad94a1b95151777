import { expect, test } from 'vitest';
import { jsonReply, reply } from '../replies';
import type { Sent } from '../replies';
import type { Asked } from '../wire-case';
import { claude, outcomeOf, readFile, responses } from '../wire-case';
import { protocols, refusal, whole42 } from './expectations';

/** What this model refuses is left out, or asked for with less: once, and it is answered. */

const [, , chatOk] = protocols[0];
const [, , messagesOk] = protocols[1];
const [, , responsesOk] = protocols[2];
const tools = [readFile];
const limit =
  (most: number) =>
  ({ max_tokens, max_completion_tokens, max_output_tokens }: Sent) =>
    [max_tokens, max_completion_tokens, max_output_tokens].every(
      (each) => each === undefined || (each as number) <= most,
    );
const without =
  (...names: readonly string[]) =>
  (sent: Sent) =>
    names.every((name) => !(name in sent));
const options = (given: object): Asked => ({ deployment: { options: given } });
/** An error that names its parameter. */
const told = (message: string, more: object) => ({ error: { message, ...more } });
const long = options({ maxOutputTokens: 32_000 });

test.each<readonly [string, Asked, (sent: Sent) => boolean, number, object | string]>([
  // tailcallhq/forgecode#1185
  [
    'OpenAI',
    long,
    limit(16_384),
    400,
    'max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you provided 32000.',
  ],
  // AQBot-Desktop/AQBot#93
  [
    'MiMo',
    long,
    limit(16_384),
    400,
    told('Param Incorrect', {
      type: 'upstream_error',
      param:
        'max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you provided 32000.',
      code: '400',
    }),
  ],
  // Alishahryar1/free-claude-code#955
  [
    'Groq',
    long,
    limit(16_000),
    400,
    told(
      '`max_tokens` must be less than or equal to `16000`, the maximum value for `max_tokens` is less than the `context_window` for this model',
      { param: 'max_tokens' },
    ),
  ],
  [
    'DashScope',
    long,
    limit(8_192),
    400,
    '<400> InternalError.Algo.InvalidParameter: Range of max_tokens should be [1, 8192]',
  ],
  [
    'DeepSeek',
    long,
    limit(8_192),
    400,
    'Invalid max_tokens value, the valid range of max_tokens is [1, 8192]',
  ],
  [
    'vLLM',
    long,
    limit(27_768),
    400,
    "'max_tokens' or 'max_completion_tokens' is too large: 32000. This model's maximum context length is 32768 tokens and your request has 5000 input tokens (32000 > 32768 - 5000).",
  ],
  [
    'vLLM, newer',
    long,
    limit(22_144),
    400,
    "This model's maximum context length is 262144 tokens. However, you requested 32000 output tokens and your prompt contains at least 240000 input tokens, for a total of at least 272000 tokens. Please reduce the length of the input prompt or the number of requested output tokens.",
  ],
  // RooCodeInc/Roo-Code#3963
  [
    'SGLang',
    long,
    limit(13_840),
    400,
    "Requested token count exceeds the model's maximum context length of 163840 tokens. You requested a total of 182000 tokens: 150000 tokens from the input messages and 32000 tokens for the completion. Please reduce the number of tokens in the input messages or the completion to fit within the limit.",
  ],
  [
    'Together',
    long,
    limit(27_769),
    422,
    'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 32769. Given: 5000 `inputs` tokens and 32000 `max_new_tokens`',
  ],
  [
    'a name of old',
    long,
    without('max_tokens'),
    400,
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
  ],
  // cloudwego/eino#994
  [
    'a forced call, Qwen',
    { tools, toolUse: 'required' },
    without('tool_choice'),
    400,
    told(
      '<400> InternalError.Algo.InvalidParameter: The tool_choice parameter does not support being set to required or object in thinking mode',
      { param: null, code: 'invalid_parameter_error' },
    ),
  ],
  // can1357/oh-my-pi#7315
  [
    'a forced call, DeepSeek',
    { tools, toolUse: 'required' },
    without('tool_choice'),
    400,
    'Thinking mode does not support this tool_choice',
  ],
  // suyiiyii/AutoGLM-GUI#396
  [
    'a forced call, Kimi',
    { tools, toolUse: 'required' },
    without('tool_choice'),
    400,
    "tool_choice 'required' is incompatible with thinking enabled",
  ],
  [
    'a forced call, in a stream of 200',
    { tools, toolUse: 'required' },
    without('tool_choice'),
    200,
    { error: { message: 'tool_choice=required is not supported', code: 400 } },
  ],
  [
    'an effort',
    options({ reasoningEffort: 'high' }),
    without('reasoning_effort'),
    400,
    'Unrecognized request argument supplied: reasoning_effort',
  ],
  [
    'an effort, Ollama',
    options({ reasoningEffort: 'high' }),
    without('reasoning_effort'),
    400,
    '"lantern-8b" does not support thinking',
  ],
  [
    'an effort, Groq',
    options({ reasoningEffort: 'high' }),
    without('reasoning_effort'),
    400,
    "property 'reasoning_effort' is unsupported",
  ],
  [
    'an effort of three',
    options({ reasoningEffort: 'minimal' }),
    ({ reasoning_effort: effort }) => effort !== 'minimal',
    400,
    "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'low', 'medium', and 'high'.",
  ],
  [
    'xAI’s spelling',
    options({ reasoningEffort: 'high' }),
    without('reasoning_effort'),
    400,
    'Argument not supported on this model: reasoningEffort',
  ],
  [
    'temperature',
    options({ temperature: 0.2 }),
    without('temperature'),
    400,
    told(
      "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
      { param: 'temperature', code: 'unsupported_value' },
    ),
  ],
  [
    'temperature and top_p',
    options({ temperature: 0.2, extraBody: { top_p: 0.9 } }),
    (sent) => !('temperature' in sent && 'top_p' in sent),
    400,
    '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
  ],
  [
    'a further field',
    options({ extraBody: { parallel_tool_calls: false } }),
    without('parallel_tool_calls'),
    400,
    "Invalid value: 'parallel_tool_calls' is only allowed when 'tools' are specified.",
  ],
  [
    'a further field, Mistral',
    options({ extraBody: { seed: 3 } }),
    without('seed'),
    422,
    {
      object: 'error',
      message: {
        detail: [
          { type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted', input: 3 },
        ],
      },
      type: 'invalid_request_error',
    },
  ],
  ['stream_options, Cohere', {}, without('stream_options'), 400, 'unknown field "stream_options"'],
  ['stream_options, in Chinese', {}, without('stream_options'), 400, '参数错误：stream_options 不支持'],
  [
    'usage of OpenRouter’s',
    { deployment: { provider: 'openrouter' } },
    without('usage'),
    400,
    "Unrecognized key(s) in object: 'usage'",
  ],
  // OpenHands/OpenHands#9937, Aider-AI/aider#3721
  [
    'OpenRouter, the sum',
    long,
    limit(23_072),
    400,
    'This endpoint\'s maximum context length is 131072 tokens. However, you requested about 140000 tokens (108000 of text input, 32000 in the output). Please reduce the length of either one, or use the "middle-out" transform to compress your prompt automatically.',
  ],
  // boldsoftware/shelley#159
  [
    'OpenRouter, with tools',
    long,
    limit(19_324),
    400,
    "This endpoint's maximum context length is 131072 tokens. However, you requested about 143748 tokens (108000 of text input, 3748 of tool input, 32000 in the output). Please reduce the length of either one.",
  ],
  // vercel/ai#2772, charmbracelet/crush#946
  [
    'Bedrock',
    long,
    limit(4_096),
    400,
    'The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096.',
  ],
  // Gitlawb/openclaude#331
  [
    'Volcengine',
    long,
    limit(12_288),
    400,
    told(
      'The parameter `max_tokens` specified in the request are not valid: integer above maximum value, expected a value <= 12288, but got 32000 instead. Request id: 0',
      { code: 'InvalidParameter', param: 'max_tokens', type: 'BadRequest' },
    ),
  ],
  // voideditor/void#128
  [
    'a limit that isn’t known',
    long,
    without('max_tokens', 'max_completion_tokens'),
    422,
    {
      object: 'error',
      message:
        "[{'type': 'extra_forbidden', 'loc': ('body', 'max_tokens'), 'msg': 'Extra inputs are not permitted', 'input': 8192}]",
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
  ],
])('chat: %s', async (_name, asked, accepts, status, said) => {
  const refused = typeof said === 'string' ? refusal(status, said) : jsonReply(status, said);
  const outcome = await outcomeOf(asked, (sent) => (accepts(sent) ? reply(chatOk) : refused));
  expect(outcome).toMatchObject(whole42);
  expect(outcome.sent.length).toBeLessThanOrEqual(3);
});

test.each<readonly [string, Asked, (sent: Sent) => boolean, string]>([
  // openclaw/openclaw#7279
  [
    'the sum',
    {},
    limit(11_760),
    'input length and `max_tokens` exceed context limit: 188240 + 32000 > 200000, decrease input length or `max_tokens` and try again',
  ],
  [
    'the most',
    {},
    limit(8_192),
    'max_tokens: 32000 > 8192, which is the maximum allowed number of output tokens for claude-sonnet-4-5',
  ],
  [
    'thinking',
    options({ reasoningEffort: 'high' }),
    without('thinking'),
    'thinking.type: adaptive thinking is not supported on this model',
  ],
  [
    'a budget',
    options({ reasoningEffort: 'high' }),
    without('thinking'),
    '`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation',
  ],
  [
    'a forced call',
    { tools, toolUse: 'required' },
    without('tool_choice'),
    'Thinking may not be enabled when tool_choice forces tool use.',
  ],
  [
    'temperature',
    options({ temperature: 0.2 }),
    without('temperature'),
    '`temperature` is deprecated for this model.',
  ],
  [
    'cache marks',
    {},
    (sent) => !JSON.stringify(sent).includes('cache_control'),
    'messages.0.content.0.text.cache_control: Extra inputs are not permitted',
  ],
  [
    'a further field',
    options({ extraBody: { context_management: { edits: [] } } }),
    without('context_management'),
    'context_management: Extra inputs are not permitted',
  ],
  // charmbracelet/crush#946
  [
    'Bedrock',
    {},
    limit(4_096),
    'The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096.',
  ],
])('messages: %s', async (_name, asked, accepts, said) => {
  const refused = jsonReply(400, { type: 'error', error: { type: 'invalid_request_error', message: said } });
  const outcome = await outcomeOf({ ...asked, deployment: { ...claude, ...asked.deployment } }, (sent) =>
    accepts(sent) ? reply(messagesOk) : refused,
  );
  expect(outcome).toMatchObject(whole42);
  expect(outcome.sent.length).toBeLessThanOrEqual(3);
});

test.each<readonly [string, Asked, (sent: Sent) => boolean, object | string]>([
  [
    'no limit at all',
    long,
    without('max_output_tokens'),
    { detail: 'Unsupported parameter: max_output_tokens' },
  ],
  [
    'a limit too low',
    options({ maxOutputTokens: 10 }),
    (sent) => !('max_output_tokens' in sent) || (sent['max_output_tokens'] as number) >= 16,
    told(
      "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 10 instead.",
      { param: 'max_output_tokens', code: 'integer_below_min_value' },
    ),
  ],
  [
    'an effort',
    options({ reasoningEffort: 'high' }),
    without('reasoning'),
    told("Unsupported parameter: 'reasoning.effort' is not supported with this model.", {
      param: 'reasoning.effort',
      code: 'unsupported_parameter',
    }),
  ],
  [
    'encrypted thoughts',
    { tools },
    without('include'),
    { error: { message: 'Encrypted content is not supported with this model.', param: 'include' } },
  ],
  ['include', { tools }, without('include'), 'Unknown include value: reasoning.encrypted_content'],
  [
    'store',
    {},
    without('store'),
    { error: { message: "Unknown parameter: 'store'.", param: 'store', code: 'unknown_parameter' } },
  ],
  [
    'temperature',
    options({ temperature: 0.2 }),
    without('temperature'),
    told("Unsupported parameter: 'temperature' is not supported with this model.", { param: 'temperature' }),
  ],
  [
    'a forced call',
    { tools, toolUse: 'required' },
    without('tool_choice'),
    'Tool choice `required` is not supported',
  ],
])('responses: %s', async (_name, asked, accepts, said) => {
  const refused = typeof said === 'string' ? refusal(400, said) : jsonReply(400, said);
  const outcome = await outcomeOf({ ...asked, deployment: { ...responses, ...asked.deployment } }, (sent) =>
    accepts(sent) ? reply(responsesOk) : refused,
  );
  expect(outcome).toMatchObject(whole42);
  expect(outcome.sent.length).toBeLessThanOrEqual(3);
});
