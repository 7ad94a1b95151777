import { expect, test } from 'vitest';
import { createModelClient } from '../../../src/providers/model-clients';
import { collect, deploymentWith, editorModels, key, keys, question } from '../stream-helpers';
import { jsonReply, reply, startReplyServer } from './replies';
import { chat } from './streams';

test('what is left out of answers and requests is told to the log, without the key', async () => {
  const told: string[] = [];
  const client = createModelClient({ keys, editorModels, log: { debug: (message) => told.push(message) } });
  const refused = { error: { message: "Unrecognized request argument supplied: 'stream_options'" } };
  const server = await startReplyServer((sent) =>
    'stream_options' in sent
      ? jsonReply(400, refused)
      : reply(`data: queued for ${key}\n\n${chat([{ content: '42' }])}`),
  );
  try {
    const deployment = deploymentWith({ id: 'model', apiBase: server.url });
    const events = await collect(
      client.stream({ deployment, messages: question }, new AbortController().signal),
    );
    expect(events.at(-1)?.type).toBe('finished');
    expect(told).toEqual([
      expect.stringContaining('asked again: without stream_options'),
      expect.stringContaining('left out queued for [key]'),
    ]);
  } finally {
    await server.close();
  }
});
