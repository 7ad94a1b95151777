import { expect, test } from 'vitest';
import { deploymentWith } from '../stream-helpers';
import type { Sent } from './replies';
import { jsonReply, replyIn, startReplyServer } from './replies';
import { ask, askedIn, calledWith, newDispatcher, readFile, replay } from './wire-case';

/** The recorded cases of more than one request; see recorded-cases.test.ts. */

const whole42 = { text: '42', end: 'whole' };

function lists(sent: Sent, name: string): readonly Readonly<Record<string, unknown>>[] {
  return (sent[name] ?? []) as readonly Readonly<Record<string, unknown>>[];
}

test.each([
  ['a', 'reasoning_content', 'I must read it.'],
  [
    'b',
    'reasoning_details',
    [{ type: 'reasoning.encrypted', data: 'QUJD', format: 'google-gemini-v1', index: 0, id: 'tool_1' }],
  ],
  ['c', 'reasoning_content', 'Read it.'],
])('18 %s: what was thought is brought back', async (part, name, thoughts) => {
  const path = `18-thoughts-not-brought-back/${part}-`;
  const asked = askedIn(path);
  const brings = (sent: Sent): boolean =>
    lists(sent, 'messages').some((each) => JSON.stringify(each[name]) === JSON.stringify(thoughts));
  const server = await startReplyServer((sent, count) => {
    const recorded = count === 0 ? 'reply-1' : brings(sent) ? 'reply-2-ok' : 'reply-2-refused';
    return replyIn(path + recorded) ?? jsonReply(500, {});
  });
  try {
    const deployment = deploymentWith({ apiBase: server.url, ...asked.deployment });
    const dispatcher = newDispatcher();
    const first = await ask(deployment, asked, dispatcher);
    expect(calledWith(first)).toEqual([['read_file', { path: 'a.txt' }]]);
    const [call] = first.calls;
    if (call === undefined) throw new Error('There was no call.');
    const messages = [
      ...(asked.messages ?? []),
      { role: 'assistant', text: '', toolCalls: first.calls },
      { role: 'user', text: '', toolResults: [{ callId: call.id, text: 'hello' }] },
    ] as const;
    expect(await ask(deployment, { ...asked, messages }, dispatcher)).toMatchObject(whole42);
    expect(server.sent).toHaveLength(2);
  } finally {
    await server.close();
  }
});

test('42: a 404 about this request', async () => {
  const a = await replay('42-404-about-this-request/a-', (sent) => !('tools' in sent));
  expect(a).toMatchObject({
    end: 'failed',
    reason: 'invalid-request',
    detail: expect.stringContaining('support tool use') as string,
  });
  const server = await startReplyServer((sent) => {
    const refuses = 'tools' in sent && sent['model'] === 'acme/lantern:free';
    return replyIn(`42-404-about-this-request/b-reply-${refuses ? '1' : 'ok'}`) ?? jsonReply(500, {});
  });
  try {
    const [first, second] = [
      deploymentWith({ id: 'a', provider: 'openrouter', model: 'acme/lantern:free', apiBase: server.url }),
      deploymentWith({ id: 'b', model: 'other', apiBase: server.url }),
    ];
    const dispatcher = newDispatcher();
    for (let time = 0; time < 3; time += 1)
      expect(await ask([first, second], { tools: [readFile] }, dispatcher)).toMatchObject(whole42);
    await ask([first, second], {}, dispatcher);
    expect(server.sent.at(-1)?.['model']).toBe('acme/lantern:free');
  } finally {
    await server.close();
  }
});
