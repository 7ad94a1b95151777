import { expect, test } from 'vitest';
import type { Message } from '../../../../src/core/terms/request';
import { jsonReply, reply } from '../replies';
import type { Sent } from '../replies';
import { claude, outcomeOf, readFile, responses } from '../wire-case';
import { listIn, protocols, refusal, whole42 } from './expectations';

/** A history that a server refuses: what was said stays, in a form that it takes. */

const ok = protocols[0][2];
const user = (text: string): Message => ({ role: 'user', text });
const said = (text: string): Message => ({ role: 'assistant', text });
const system = (text: string): Message => ({ role: 'system', text });
const called: Message = {
  role: 'assistant',
  text: '',
  toolCalls: [{ id: 'call_1', name: 'read_file', input: { path: 'a' } }],
};
const result: Message = { role: 'user', text: '', toolResults: [{ callId: 'call_1', text: 'oil' }] };
const roles = (sent: Sent): readonly unknown[] => listIn(sent, 'messages').map(({ role }) => role);
const never = (before: string, after: string) => (sent: Sent) =>
  roles(sent).every((role, at, all) => role !== after || all[at - 1] !== before);

const last =
  (...allowed: readonly string[]) =>
  (sent: Sent) =>
    allowed.includes(String(roles(sent).at(-1)));

test.each<readonly [string, readonly Message[], (sent: Sent) => boolean, string, RegExp]>([
  // charmbracelet/crush#279
  [
    'two questions',
    [user('One?'), user('Two?')],
    never('user', 'user'),
    'After the optional system message, conversation roles must alternate user and assistant roles except for tool calls and results.',
    /One\?.*Two\?/,
  ],
  [
    'instructions in the middle',
    [user('One?'), system('Be brief.'), user('Two?')],
    (sent) => roles(sent).lastIndexOf('system') <= 0,
    'System message must be at the beginning.',
    /Be brief.*Two\?/,
  ],
  [
    'no instructions',
    [system('Be brief.'), user('One?')],
    (sent) => !roles(sent).includes('system'),
    'System role not supported',
    /Be brief.*One\?/,
  ],
  [
    'no instructions, o1',
    [system('Be brief.'), user('One?')],
    (sent) => !roles(sent).includes('system'),
    "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
    /Be brief.*One\?/,
  ],
  [
    'instructions twice',
    [system('Be brief.'), system('Be kind.'), user('One?')],
    (sent) => roles(sent).filter((role) => role === 'system').length < 2,
    'Only one system message is allowed, at the beginning.',
    /Be brief.*Be kind.*One\?/,
  ],
  [
    'a call without a text',
    [user('One?'), called, result],
    (sent) => listIn(sent, 'messages').every(({ content }) => typeof content === 'string' && content !== ''),
    "Invalid type for 'messages[1].content': expected a string, but got null instead.",
    /read_file.*oil/,
  ],
  [
    'an empty result',
    [user('One?'), called, { ...result, toolResults: [{ callId: 'call_1', text: '' }] }],
    (sent) => listIn(sent, 'messages').every(({ role, content }) => role !== 'tool' || content !== ''),
    'messages[2].content: content must not be empty',
    /One\?.*read_file/,
  ],
  // zed-industries/zed#37021, mistralai/mistral-vibe#578, NousResearch/hermes-agent#20154
  [
    'a question behind a result',
    [user('One?'), called, result, user('Two?')],
    never('tool', 'user'),
    "Unexpected role 'user' after role 'tool'",
    /oil.*Two\?/,
  ],
  // 0xPlaygrounds/rig#1130
  [
    'an answer at the end, Mistral',
    [user('One?'), said('Two')],
    last('user', 'tool'),
    'Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant',
    /One\?.*Two/,
  ],
  // smallmain/vscode-unify-chat-provider#249
  [
    'an answer at the end, Claude',
    [user('One?'), said('Two')],
    last('user'),
    'This model does not support assistant message prefill. The conversation must end with a user message.',
    /One\?.*Two/,
  ],
  [
    'an answer at the beginning',
    [said('Hello.'), user('One?')],
    (sent) => roles(sent).find((role) => role !== 'system') === 'user',
    'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    /One\?/,
  ],
  [
    'answers in a row',
    [user('One?'), said('Two'), called, result],
    never('assistant', 'assistant'),
    'Please ensure that function call turn comes immediately after a user turn or after a function response turn.',
    /Two.*read_file.*oil/,
  ],
])('chat: %s', async (_name, messages, accepts, words, kept) => {
  const outcome = await outcomeOf({ messages, tools: [readFile] }, (sent) =>
    accepts(sent) ? reply(ok) : refusal(400, words),
  );
  expect(outcome).toMatchObject(whole42);
  expect(JSON.stringify(outcome.sent.at(-1))).toMatch(kept);
});

const lastText = (sent: Sent): string => JSON.stringify(listIn(sent, 'messages').at(-1)?.['content']);

test.each<readonly [string, readonly Message[], (sent: Sent) => boolean, string]>([
  [
    'an answer at the beginning',
    [said('Hello.'), user('One?')],
    (sent) => roles(sent)[0] === 'user',
    'messages: first message must use the "user" role',
  ],
  [
    'two questions',
    [user('One?'), user('Two?')],
    never('user', 'user'),
    'messages: roles must alternate between "user" and "assistant", but found multiple "user" roles in a row',
  ],
  [
    'an empty text',
    [user('One?'), said(' \n'), user('Two?')],
    (sent) => !/"text":"\s*"|"content":"\s*(\\n)?"/.test(JSON.stringify(sent)),
    'messages: text content blocks must contain non-whitespace text',
  ],
  [
    'a blank at the end of the last answer',
    [user('One?'), said('Two ')],
    (sent) => !/ "/.test(lastText(sent)),
    'messages: final assistant content cannot end with trailing whitespace',
  ],
  [
    'an answer at the end',
    [user('One?'), said('Two')],
    last('user'),
    'This model does not support assistant message prefill. The conversation must end with a user message.',
  ],
  [
    'instructions alone',
    [system('Say 42.')],
    (sent) => listIn(sent, 'messages').length > 0,
    'messages: at least one message is required',
  ],
])('messages: %s', async (_name, messages, accepts, words) => {
  const refused = jsonReply(400, { type: 'error', error: { type: 'invalid_request_error', message: words } });
  expect(
    await outcomeOf({ deployment: claude, messages }, (sent) =>
      accepts(sent) ? reply(protocols[1][2]) : refused,
    ),
  ).toMatchObject(whole42);
});

test.each<readonly [string, (sent: Sent) => boolean, object]>([
  [
    'no system messages',
    (sent) => !JSON.stringify(sent['input']).includes('"system"'),
    { detail: 'System messages are not allowed' },
  ],
  [
    'another role',
    (sent) => !JSON.stringify(sent['input']).includes('"system"'),
    {
      error: {
        message: "Invalid value: 'system'. Supported values are: 'user', 'assistant', and 'developer'.",
        param: 'input[0].role',
      },
    },
  ],
  [
    'instructions of their own',
    (sent) => typeof sent['instructions'] === 'string',
    { detail: 'Instructions are required' },
  ],
])('responses: %s', async (_name, accepts, said400) => {
  const messages = [system('Be brief.'), user('One?')];
  const outcome = await outcomeOf({ deployment: responses, messages }, (sent) =>
    accepts(sent) ? reply(protocols[2][2]) : jsonReply(400, said400),
  );
  expect(outcome).toMatchObject(whole42);
  expect(JSON.stringify(outcome.sent.at(-1))).toContain('Be brief.');
});
