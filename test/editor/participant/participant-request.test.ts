import { describe, expect, test } from 'vitest';
import { pastOf } from '../../../src/editor/participant/participant-history';
import { readRequest } from '../../../src/editor/participant/participant-request';

const pools = [
  { name: 'gpt', deployments: [{ id: 'mini' }, { id: 'mini large' }] },
  { name: 'fast', deployments: [{ id: 'local' }] },
];
const lockedTo = { pool: 'gpt', deploymentId: 'mini' };
const answered = {
  conversationId: 'c',
  question: 'a',
  answer: 'b',
  decisionId: 'd',
  deploymentId: 'mini',
  pool: 'gpt',
};
const nothing = pastOf([]);
const past = pastOf([answered]);
const locked = pastOf([{ ...answered, lockedTo }]);

describe('a question', () => {
  test('is what was typed', () => {
    expect(readRequest({ prompt: ' Why? ' }, nothing, pools)).toEqual({
      kind: 'question',
      prompt: 'Why?',
      lockedTo: undefined,
    });
    expect(readRequest({ prompt: '  ' }, nothing, pools)).toEqual({ kind: 'nothing' });
  });

  test('has the words of its command before it, as in the chat view', () => {
    const wanted = readRequest({ command: 'tests', prompt: 'with vitest' }, nothing, pools);
    expect(wanted).toMatchObject({
      kind: 'question',
      prompt: expect.stringMatching(/^Write tests for this code.*\n\nwith vitest$/) as string,
    });
    expect(readRequest({ command: 'doc', prompt: '' }, nothing, pools)).toMatchObject({ kind: 'question' });
  });

  test('names a pool after a slash, with a command before it or without', () => {
    expect(readRequest({ prompt: '/fast Why?' }, nothing, pools)).toMatchObject({
      prompt: 'Why?',
      pool: 'fast',
    });
    expect(readRequest({ command: 'fix', prompt: '/fast' }, nothing, pools)).toMatchObject({ pool: 'fast' });
    expect(readRequest({ prompt: '/tmp is full' }, nothing, pools)).toMatchObject({ prompt: '/tmp is full' });
  });

  test('stays with the model that the conversation is locked to', () => {
    expect(readRequest({ prompt: 'Why?' }, locked, pools)).toMatchObject({ lockedTo });
  });
});

describe('/model', () => {
  const model = (prompt: string) => readRequest({ command: 'model', prompt }, past, pools);

  test('locks to the model that it names, the longest id first', () => {
    expect(model('mini')).toEqual({ kind: 'lock', lockedTo });
    expect(model('mini large')).toMatchObject({ lockedTo: { pool: 'gpt', deploymentId: 'mini large' } });
    expect(model('local')).toMatchObject({ lockedTo: { pool: 'fast', deploymentId: 'local' } });
  });

  test('asks what follows the name', () => {
    expect(model('mini Why\nnot?')).toEqual({ kind: 'question', prompt: 'Why\nnot?', lockedTo });
    expect(model('auto Why?')).toEqual({ kind: 'question', prompt: 'Why?', lockedTo: undefined });
  });

  test('gives the choice back, offers a list, and names what it does not know', () => {
    expect(model('auto')).toEqual({ kind: 'lock', lockedTo: undefined });
    expect(model('')).toEqual({ kind: 'choose-model' });
    expect(model('minister Why?')).toEqual({ kind: 'unknown-model', name: 'minister' });
  });
});

describe('/another', () => {
  const another = (prompt: string, of = past) => readRequest({ command: 'another', prompt }, of, pools);

  test('repeats the last question for another model, or for the one that it names', () => {
    expect(another(' ')).toEqual({ kind: 'again', by: undefined, last: past.last });
    expect(another('local')).toMatchObject({ kind: 'again', by: { pool: 'fast', deploymentId: 'local' } });
  });

  test('needs a question, and a model that is there', () => {
    expect(another('', nothing)).toEqual({ kind: 'nothing-to-repeat' });
    expect(another('minister')).toEqual({ kind: 'unknown-model', name: 'minister' });
  });
});
