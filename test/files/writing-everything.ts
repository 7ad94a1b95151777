import path from 'node:path';
import { createConversationStore } from '../../src/editor/chat/conversation-store';
import { remembered } from '../../src/editor/chat/remembered';
import { createKeptCalls } from '../../src/editor/language-model/kept-calls';
import { createWatchStore } from '../../src/editor/observations/watch-store';
import { recordFiles } from '../../src/embedding/installed-model';
import { makePrivate, makePrivateFolder } from '../../src/files/private-files';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { attemptWith, decisionWith } from '../core/samples';
import { conversationWith, savedTurnWith } from '../editor/chat/conversations';

/** A process of its own that writes, into a folder, every kind of file that a window keeps, and leaves the ledger open. */
const [folder = ''] = process.argv.slice(2);
const quiet = (): undefined => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const never = (problem: unknown): never => {
  throw problem instanceof Error ? problem : new Error(String(problem));
};
const at = (name: string): string => path.join(folder, name);

await makePrivateFolder(folder);
await makePrivate(folder, never);

const ledger = await sqliteLedger({ storage: folder, nowMs: Date.now, log });
await ledger.append([
  { kind: 'decision', decision: decisionWith({ id: 'a' }) },
  { kind: 'attempt', attempt: attemptWith({ decisionId: 'a' }) },
]);
await ledger.breakers.open('strong', 'refuses', 30_000, 'one');

const store = createConversationStore({
  folder: at('conversations'),
  newId: () => crypto.randomUUID(),
  nowMs: Date.now,
  onBroken: never,
  onShortened: never,
});
await store.write(conversationWith());
await store.write(conversationWith({ id: 'gone', turns: [savedTurnWith('Gone?')] }));
await store.remove('gone');

const watches = createWatchStore(at('accepted-edits'), Date.now, log);
watches.keep({
  id: 'w',
  uri: 'file:///a.ts',
  decisionId: 'a',
  deploymentId: 'strong',
  sinceMs: Date.now(),
  inserted: [1],
  textBefore: 1,
  problemsBefore: 0,
});
watches.claim('w', '5-minutes');

createKeptCalls(at('tool-calls'), Date.now, log).keep({
  callId: 'c',
  content: 'x',
  prefix: 'y',
  pool: 'gpt',
  decisionId: 'a',
  verbatim: undefined,
});

const draft = remembered(at('draft.txt'), log);
draft.set('half a question');
draft.flush();

await recordFiles(at('models'), 'Xenova/all-MiniLM-L6-v2', []);
process.stdout.write('written');
// What SQLite keeps beside a database is there as long as it is open.
process.kill(process.pid, 'SIGKILL');
