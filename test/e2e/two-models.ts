import type { Locator } from 'playwright-core';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor, Theme } from './harness/editor';
import { startEditor } from './harness/editor';

export const allThemes: readonly Theme[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];

/** An answer with one of everything that the chat view renders. */
const richAnswer = [
  '<think>\nThey want to group a list.\nThere are two ways, and one is new.\n</think>',
  '## Two ways',
  'Use **`Map.groupBy`**, see [the docs](https://example.com):',
  '```ts\n// groups by key\nexport const size = 1 + "two".length; /* done */\nclass Tree extends Map<string, number> {}\n```',
  '> A quote with `code` in it.',
  '| way | cost |\n|---|---:|\n| one | 1 |\n| two | 2 |',
  '```diff\n- old\n+ new\n```\n```json\n{ "a": [1, true, "x"] }\n```',
].join('\n\n');

/** An editor with two models behind one server, and its chat view. */
export interface TwoModels {
  readonly editor: Editor;
  readonly openai: WireServer;
  /** An element of the chat view. */
  chat(id: string): Promise<Locator>;
  newConversation(): Promise<void>;
  /** Sends a question in the view; doesn't wait for the answer. */
  ask(prompt: string): Promise<Locator>;
  /** From now on answers have one of everything. */
  answerRichly(): void;
  close(): Promise<void>;
}

export async function editorWithTwoModels(): Promise<TwoModels> {
  const openai = await startOpenAiServer();
  const models = ['mini', 'large'].map(
    (id) => ({ id, provider: 'openai', apiBase: openai.url, price: 1e-6 }) as const,
  );
  const editor = await startEditor({
    workspaceFiles: { 'area.ts': 'export const area = 1;\n' },
    globalStorageFiles: { 'conduit.yaml': configurationOf(models) },
  });
  const chat = async (id: string): Promise<Locator> => (await editor.chatFrame()).getByTestId(id);
  return {
    editor,
    openai,
    chat,
    newConversation: async () => {
      await editor.command('Conduit: New Conversation');
      await (await chat('empty')).waitFor();
      await editor.page.waitForTimeout(500);
    },
    ask: async (prompt) => {
      await (await chat('composer')).fill(prompt);
      await (await chat('send')).click();
      return (await chat('turn')).filter({ hasText: prompt }).last();
    },
    answerRichly: () =>
      openai.script({ kind: 'answer', chunks: [richAnswer], usage: { input: 10, output: 5 } }),
    close: async () => {
      await editor.close();
      await openai.close();
    },
  };
}
