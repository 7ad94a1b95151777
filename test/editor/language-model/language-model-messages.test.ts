import { describe, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import {
  editorToolOf,
  messageOf,
  toolCallOf,
  toolOf,
} from '../../../src/editor/language-model/language-model-messages';
import {
  LanguageModelDataPart as Data,
  LanguageModelPromptTsxPart as Tsx,
  LanguageModelTextPart as Text,
  LanguageModelThinkingPart as Thinking,
  LanguageModelToolCallPart as Call,
  LanguageModelToolResultPart as Result,
} from '../fake-vscode';

vi.mock('vscode', () => import('../fake-vscode'));

const { User: user, Assistant: assistant } = vscode.LanguageModelChatMessageRole;
/** A role that some callers send, and the API has no name for. */
const system = JSON.parse('3') as typeof user;
const pixels = Buffer.from([1, 2, 3]);

function read(role: vscode.LanguageModelChatMessageRole, ...content: readonly unknown[]) {
  return messageOf({ role, content, name: undefined });
}

describe('a message of a caller', () => {
  test('has the role that it was sent with', () => {
    expect([user, assistant, system].map((role) => read(role, new Text('a')).role)).toEqual([
      'user',
      'assistant',
      'system',
    ]);
  });

  test('has its texts in one, those in data parts included, and nothing that it hasn’t', () => {
    const parts = [new Text('a'), Data.text('b', 'text/markdown'), Data.json({ c: 1 }), new Text('d')];
    expect(read(user, ...parts)).toEqual({ role: 'user', text: 'ab{"c":1}d' });
  });

  test('leaves out what nobody knows', () => {
    const parts = [new Text('a'), new Data(pixels, 'audio/wav'), { value: 'x' }, undefined, 'y'];
    expect(read(user, ...parts)).toEqual({ role: 'user', text: 'a' });
  });

  test('has its images, in order', () => {
    const parts = [Data.image(pixels, 'image/png'), new Text('What?'), Data.image(pixels, 'image/jpeg')];
    expect(read(user, ...parts)).toEqual({
      role: 'user',
      text: 'What?',
      images: [
        { mimeType: 'image/png', base64: 'AQID' },
        { mimeType: 'image/jpeg', base64: 'AQID' },
      ],
    });
  });

  test('has the calls that a model made, also two at once', () => {
    const parts = [new Text('Let me see.'), new Call('1', 'look', { at: 'sky' }), new Call('2', 'look', {})];
    expect(read(assistant, ...parts)).toEqual({
      role: 'assistant',
      text: 'Let me see.',
      toolCalls: [
        { id: '1', name: 'look', input: { at: 'sky' } },
        { id: '2', name: 'look', input: {} },
      ],
    });
    expect(toolCallOf(new Call('3', 'look', ['no object']))).toEqual([{ id: '3', name: 'look', input: {} }]);
    expect(toolCallOf(new Text('look'))).toEqual([]);
  });

  test('has what tools answered, whatever they answered with', () => {
    const content = [
      new Text('blue'),
      Data.json({ b: 2 }),
      new Tsx({ node: 1 }),
      new Tsx('tsx'),
      { plain: true },
      'words',
      undefined,
      Data.image(pixels, 'image/png'),
    ];
    expect(read(user, new Result('1', content), new Result('2', []))).toEqual({
      role: 'user',
      text: '',
      toolResults: [
        {
          callId: '1',
          text: 'blue{"b":2}{"node":1}tsx{"plain":true}words',
          images: [{ mimeType: 'image/png', base64: 'AQID' }],
        },
        { callId: '2', text: '' },
      ],
    });
  });
});

test('a tool comes through with its schema, and goes out to the editor’s models as it came', () => {
  const inputSchema = { type: 'object', properties: { at: { type: 'string' } } };
  const tool = { name: 'look', description: 'Looks.', inputSchema };
  expect(toolOf(tool)).toEqual(tool);
  expect(editorToolOf(toolOf(tool))).toEqual(tool);
  const without = toolOf({ name: 'look', description: 'Looks.' });
  expect(without.inputSchema).toBeUndefined();
  expect(editorToolOf(without)).toEqual({ name: 'look', description: 'Looks.' });
});

test('what a response told beside its text is no text of it, when a caller hands it back', () => {
  const parts = [
    new Text('Hi.'),
    new Thinking('Well,'),
    Data.json({ prompt_tokens: 3 }, 'usage'),
    Data.json({ cost_usd: 1 }, 'application/vnd.conduit.receipt+json'),
    new Data(Buffer.from('ephemeral'), 'cache_control'),
    Data.json({ a: 1 }),
  ];
  expect(read(assistant, ...parts).text).toBe('Hi.{"a":1}');
});
