import { describe, expect, test } from 'vitest';
import type { Message } from '../../../../src/core/terms/request';
import type { ToolDefinition } from '../../../../src/core/terms/tools';
import { reply } from '../replies';
import type { Sent } from '../replies';
import { outcomeOf } from '../wire-case';
import { listIn, protocols } from './expectations';

/** What callers of Conduit's language models send: schemas that lack words, and a history that no vendor takes. */

const tools: readonly ToolDefinition[] = [
  { name: 'a', description: 'A.', inputSchema: { type: 'object', additionalProperties: false } },
  { name: 'b', description: 'B.', inputSchema: {} },
  { name: 'c', description: 'C.', inputSchema: { properties: { q: { type: 'string' } } } },
];

const history: readonly Message[] = [
  { role: 'user', text: 'Read a.txt' },
  { role: 'assistant', text: '' },
  { role: 'assistant', text: '', toolCalls: [{ id: 'functions.read:0', name: 'read', input: {} }] },
  { role: 'user', text: '', toolResults: [{ callId: 'functions.read:0', text: '' }] },
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'Go on' },
];

function schemasIn(sent: Sent): readonly Sent[] {
  return listIn(sent, 'tools').map((tool) => {
    const inner = (tool['function'] ?? tool) as Sent;
    return (inner['parameters'] ?? inner['input_schema']) as Sent;
  });
}

/** The ids of calls and of their results, wherever the protocol has them. */
function idsIn(sent: Sent): readonly string[] {
  const found = JSON.stringify(sent).matchAll(/"(?:tool_call_id|tool_use_id|call_id|id)":"([^"]*)"/g);
  return [...found].map(([, id = '']) => id);
}

describe.each(protocols)('%s', (_protocol, deployment, ok) => {
  test('each schema is an object with properties, and keeps what it says beside', async () => {
    const { sent } = await outcomeOf({ deployment, tools }, reply(ok));
    const schemas = schemasIn(sent[0] ?? {});
    expect(schemas).toHaveLength(3);
    for (const schema of schemas) expect(schema).toMatchObject({ type: 'object', properties: {} });
    expect(schemas[0]).toMatchObject({ additionalProperties: false });
    expect(schemas[2]).toMatchObject({ properties: { q: { type: 'string' } } });
  });

  test('an id with a dot and a colon is the same for the call and its result, and no text is lost', async () => {
    const { sent } = await outcomeOf({ deployment, tools, messages: history }, reply(ok));
    const ids = idsIn(sent[0] ?? {});
    expect(ids.length).toBeGreaterThanOrEqual(2);
    expect(new Set(ids).size).toBe(1);
    for (const text of ['Read a.txt', 'Be brief.', 'Go on']) expect(JSON.stringify(sent[0])).toContain(text);
  });
});

test('Anthropic gets no empty text, ids of its letters, two roles, and the late instructions as such', async () => {
  const [, [, deployment, ok]] = protocols;
  const { sent } = await outcomeOf({ deployment, tools, messages: history }, reply(ok));
  const [first = {}] = sent;
  expect(JSON.stringify(first)).not.toMatch(/"text":"\s*"/);
  for (const id of idsIn(first)) expect(id).toMatch(/^[\w-]+$/);
  expect(new Set(listIn(first, 'messages').map(({ role }) => role))).toEqual(new Set(['user', 'assistant']));
  expect(JSON.stringify(first['system'])).toContain('Be brief.');
});
