import { describe, expect, test } from 'vitest';
import type { Message } from '../../../../src/core/terms/request';
import { jsonReply, reply } from '../replies';
import type { Sent } from '../replies';
import { outcomeOf, readFile } from '../wire-case';
import { protocols, whole42 } from './expectations';

/** Ids of calls that another model or caller made: each call has one that the vendor takes, and its result the same. */

const turn = (...ids: readonly string[]): readonly Message[] => [
  {
    role: 'assistant',
    text: '',
    toolCalls: ids.map((id, at) => ({ id, name: 'read_file', input: { path: String(at) } })),
  },
  { role: 'user', text: '', toolResults: ids.map((callId, at) => ({ callId, text: `text ${String(at)}` })) },
];

function idsIn(sent: Sent): { readonly calls: readonly string[]; readonly results: readonly string[] } {
  const all = JSON.stringify([sent['messages'] ?? sent['input']]);
  const found = (form: RegExp): readonly string[] => [...all.matchAll(form)].map(([, id = '']) => id);
  return {
    calls:
      found(
        /"(?:id":"([^"]*)","type":"function"|type":"tool_use","id":"([^"]*)"|type":"function_call","call_id":"([^"]*)")/g,
      ).length > 0
        ? [
            ...all.matchAll(
              /"id":"([^"]*)","type":"function"|"type":"tool_use","id":"([^"]*)"|"type":"function_call","call_id":"([^"]*)"/g,
            ),
          ].map(([, a, b, c]) => a ?? b ?? c ?? '')
        : [],
    results: [
      ...all.matchAll(
        /"tool_call_id":"([^"]*)"|"tool_use_id":"([^"]*)"|"function_call_output","call_id":"([^"]*)"/g,
      ),
    ].map(([, a, b, c]) => a ?? b ?? c ?? ''),
  };
}
const fit = (fits: (id: string) => boolean) => (sent: Sent) =>
  idsIn(sent).calls.every(fits) && idsIn(sent).results.every(fits);
const long = `call_${'x'.repeat(80)}|fc_1`;

const unique = (sent: Sent) => new Set(idsIn(sent).calls).size === idsIn(sent).calls.length;

describe.each(protocols)('%s', (_protocol, deployment, ok) => {
  test.each<readonly [string, readonly Message[], (sent: Sent) => boolean, string]>([
    [
      'nine letters',
      turn('call_abc|fc_1', 'call_def|fc_2'),
      fit((id) => /^[a-zA-Z0-9]{9}$/.test(id)),
      'Tool call id was call_abc|fc_1 but must be a-z, A-Z, 0-9, with a length of 9.',
    ],
    [
      'at most 40',
      turn(long),
      fit(({ length }) => length <= 40),
      "Invalid 'messages[1].tool_calls[0].id': string too long. Expected a string with maximum length 40, but got a string with length 90 instead.",
    ],
    [
      'at most 64',
      turn(long),
      fit(({ length }) => length <= 64),
      "Invalid 'input[2].call_id': string too long. Expected a string with maximum length 64, but got a string with length 90 instead.",
    ],
    [
      'Bedrock’s',
      turn('functions.read_file:0', long),
      fit((id) => /^[a-zA-Z0-9_-]{1,64}$/.test(id)),
      "1 validation error detected: Value at 'messages.2.member.content.1.member.toolUse.toolUseId' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+",
    ],
    [
      'letters',
      turn('functions.read_file:0'),
      fit((id) => /^[a-zA-Z0-9_-]+$/.test(id)),
      "messages.1.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'",
    ],
    // fw-ai/fireconnect#16, NVIDIA-NeMo/Switchyard#502
    [
      'the same in each turn',
      [{ role: 'user', text: 'One?' }, ...turn('read_file:0'), ...turn('read_file:0')],
      unique,
      'messages.3.content.0: `tool_use` ids must be unique',
    ],
    // bvcyber/Cyber-AutoAgent-ng#72
    [
      'the same in a turn',
      turn('read_file', 'read_file'),
      unique,
      'The toolUse blocks at messages.2.content contain duplicate Ids: read_file',
    ],
    [
      'differing in what isn’t taken',
      turn('call.1', 'call:1'),
      (sent) => unique(sent) && fit((id) => /^[a-zA-Z0-9_-]+$/.test(id))(sent),
      'messages.1.content.1: `tool_use` ids must be unique',
    ],
  ])('%s', async (_name, history, accepts, words) => {
    const messages: readonly Message[] = [{ role: 'user', text: 'Read.' }, ...history];
    const outcome = await outcomeOf({ deployment, messages, tools: [readFile] }, (sent) =>
      accepts(sent)
        ? reply(ok)
        : jsonReply(400, { error: { message: words, type: 'invalid_request_error' } }),
    );
    expect(outcome).toMatchObject(whole42);
    const { calls, results } = idsIn(outcome.sent.at(-1) ?? {});
    expect(results).toEqual(calls);
  });
});
