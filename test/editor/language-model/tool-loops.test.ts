import { expect, test } from 'vitest';
import type { Message } from '../../../src/core/terms/request';
import { createConversationPrefixes } from '../../../src/editor/language-model/conversation-prefixes';
import { prefixHashes } from '../../../src/editor/language-model/prefix-hashes';
import type { ToolCall } from '../../../src/core/terms/tools';
import type { KeptCalls, KnownCall } from '../../../src/editor/language-model/kept-calls';
import type { PlacedCall } from '../../../src/editor/language-model/tool-loops';
import { createToolLoops } from '../../../src/editor/language-model/tool-loops';

/** The editor gives no id of a conversation or a loop: both are recognised by what they hold. */

const user = (text: string): Message => ({ role: 'user', text });
const assistant = (text: string): Message => ({ role: 'assistant', text });
const call = (id: string) => ({ id, name: 'look', input: {} });

function prefixes(most?: number) {
  let ids = 0;
  const { conversationOf } = createConversationPrefixes(() => `c${String((ids += 1))}`, most);
  return (...messages: Message[]): string => conversationOf(prefixHashes('pool', messages));
}

test('a conversation goes on where everything before is as it was', () => {
  const conversationOf = prefixes();
  expect(conversationOf(user('a'))).toBe('c1');
  expect(conversationOf(user('a'), assistant('b'), user('c'))).toBe('c1');
  expect(conversationOf(user('a'), assistant('b'), user('c'), assistant('d'), user('e'))).toBe('c1');
});

test('one whose beginning was edited is a new one', () => {
  const conversationOf = prefixes();
  conversationOf(user('a'));
  conversationOf(user('a'), assistant('b'), user('c'));
  expect(conversationOf(user('A'), assistant('b'), user('c'), assistant('d'), user('e'))).toBe('c2');
});

test('another question after the same beginning stays in the conversation, and the same first question begins anew', () => {
  const conversationOf = prefixes();
  conversationOf(user('a'));
  conversationOf(user('a'), assistant('b'), user('c'));
  expect(conversationOf(user('a'), assistant('b'), user('other'))).toBe('c1');
  expect(conversationOf(user('a'))).toBe('c2');
});

test('what a tool answered belongs to the beginning, what a vendor wants back does not', () => {
  const conversationOf = prefixes();
  const verbatim = { deploymentId: 'm', items: [{ secret: 1 }] };
  const asked: Message = { role: 'assistant', text: '', toolCalls: [{ ...call('1'), verbatim }] };
  const later: Message = { role: 'assistant', text: '', toolCalls: [call('1')] };
  const result = (text: string): Message => ({
    role: 'user',
    text: '',
    toolResults: [{ callId: '1', text }],
  });
  conversationOf(user('a'), asked, result('blue'));
  expect(conversationOf(user('a'), later, result('blue'), assistant('b'), user('c'))).toBe('c1');
  expect(conversationOf(user('a'), later, result('red'), assistant('b'), user('c'))).toBe('c2');
});

test('only so many conversations are remembered', () => {
  const conversationOf = prefixes(2);
  for (const text of ['a', 'b', 'c']) conversationOf(user(text));
  expect(conversationOf(user('c'), assistant('x'), user('y'))).toBe('c3');
  expect(conversationOf(user('a'), assistant('x'), user('y'))).toBe('c4');
});

const nothingKept: KeptCalls = {
  keep: () => undefined,
  read: () => [],
  sweep: () => undefined,
};
const placed = (id: string, prefix = 'before', change: Partial<ToolCall> = {}): PlacedCall => ({
  call: { ...call(id), ...change },
  prefix,
});
const verbatim = { deploymentId: 'm', items: [{ signature: 'x' }] };

test('a loop is known by its calls, in its own pool', () => {
  const loops = createToolLoops(nothingKept);
  loops.remember('pool', 'decision', placed('1'));
  expect(loops.decisionOf('pool', [placed('unknown'), placed('1')])).toBe('decision');
  expect(loops.decisionOf('another', [placed('1')])).toBeUndefined();
  expect(loops.decisionOf('pool', [])).toBeUndefined();
});

test('of calls with one id that of the same conversation is meant; after another one it must be the only such call', () => {
  const loops = createToolLoops(nothingKept);
  loops.remember('pool', 'one', placed('1', 'one'));
  expect(loops.decisionOf('pool', [placed('1', 'changed')])).toBe('one');
  expect(loops.decisionOf('pool', [placed('1', 'changed', { input: { at: 'sea' } })])).toBeUndefined();
  expect(loops.decisionOf('pool', [placed('1', 'changed', { name: 'listen' })])).toBeUndefined();
  expect(loops.decisionOf('pool', [placed('1', 'one', { input: { at: 'sea' } })])).toBe('one');
  loops.remember('pool', 'other', placed('1', 'other', { verbatim }));
  expect(loops.decisionOf('pool', [placed('1', 'one')])).toBe('one');
  expect(loops.completed(placed('1', 'one'))).toEqual(call('1'));
  expect(loops.completed(placed('1', 'other'))).toEqual({ ...call('1'), verbatim });
  expect(loops.decisionOf('pool', [placed('1', 'changed')])).toBeUndefined();
});

test('what a vendor wants back is kept with the call, and only so many are', () => {
  const loops = createToolLoops(nothingKept, 2);
  for (const id of ['1', '2', '3']) loops.remember('pool', 'decision', placed(id, 'before', { verbatim }));
  expect(loops.completed(placed('3'))).toEqual({ ...call('3'), verbatim });
  expect(loops.completed(placed('1'))).toEqual(call('1'));
  expect(loops.decisionOf('pool', [placed('1')])).toBeUndefined();
});

test('what an earlier window knew is read once, and only when it is asked for', () => {
  const earlier: KnownCall[] = [];
  createToolLoops({ ...nothingKept, keep: (known) => earlier.push(known) }).remember(
    'pool',
    'decision',
    placed('1', 'before', { verbatim }),
  );
  const asked: string[] = [];
  const read = (id: string): readonly KnownCall[] => {
    asked.push(id);
    return earlier.filter(({ callId }) => callId === id);
  };
  const loops = createToolLoops({ ...nothingKept, read });
  expect(asked).toEqual([]);
  // Another conversation has begun with the same id, before the earlier one goes on.
  loops.remember('pool', 'new', placed('1', 'new'));
  for (let time = 0; time < 2; time += 1) {
    expect(loops.completed(placed('1'))).toEqual({ ...call('1'), verbatim });
    expect(loops.completed(placed('2'))).toEqual(call('2'));
    expect(loops.decisionOf('pool', [placed('2'), placed('1')])).toBe('decision');
    expect(loops.decisionOf('pool', [placed('1', 'new')])).toBe('new');
  }
  expect(asked).toEqual(['1', '2']);
});
