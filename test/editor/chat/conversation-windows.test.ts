import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { createConversationStore } from '../../../src/editor/chat/conversation-store';
import { campaignSeed, runs } from '../../runs';
import { spawnTypeScript } from '../../spawn-typescript';
import { conversationWith } from './conversations';

/** "npm run campaign -- conversations" has many more. */
const rounds = runs(12);
const seed = campaignSeed('conversations');

interface Acknowledged {
  readonly prompt?: string;
  readonly answer?: string;
  readonly thumb?: string;
}

interface Window {
  readonly child: ChildProcessWithoutNullStreams;
  /** Does one thing; resolves with what it says is kept. */
  act(what: string): Promise<Acknowledged>;
}

async function openWindow(folder: string, name: string): Promise<Window> {
  const child = spawnTypeScript(fileURLToPath(new URL('./writing-window.ts', import.meta.url)), [
    folder,
    name,
  ]);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { done, value } = await lines.next();
    if (done === true) throw new Error(errors);
    return JSON.parse(value) as unknown;
  };
  await next();
  return {
    child,
    act: (what) => {
      child.stdin.write(`${what}\n`);
      return next() as Promise<Acknowledged>;
    },
  };
}

/** As good as any, and the same for the same seed. */
function pickFrom(state: number): readonly [what: string, next: number] {
  const next = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return [['ask', 'ask', 'redo', 'redo', 'rate'][(next >>> 16) % 5] ?? 'ask', next];
}

test(
  `in ${String(rounds)} rounds of two windows in the same conversation no turn, no answer and no thumb gets lost`,
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'windows-'));
    const never = (): never => {
      throw new Error('No file is broken here.');
    };
    const store = createConversationStore({
      folder,
      newId: randomUUID,
      nowMs: Date.now,
      onBroken: never,
      onShortened: never,
    });
    await store.write(conversationWith());
    const windows = await Promise.all([openWindow(folder, 'one'), openWindow(folder, 'two')]);
    try {
      const told: Acknowledged[] = [];
      let state = seed;
      for (let round = 0; round < rounds; round += 1) {
        const acts = windows.map((window) => {
          const [what, next] = pickFrom(state);
          state = next;
          return window.act(what);
        });
        told.push(...(await Promise.all(acts)));
        const turns = (await store.read('first'))?.turns ?? [];
        const answers = turns.flatMap(({ answer, rival, earlier }) => [
          answer,
          ...(rival ? [rival] : []),
          ...earlier,
        ]);
        const prompts = turns.map(({ question }) => question.prompt);
        const texts = answers.map(({ facts }) => facts.text);
        expect(prompts).toEqual(expect.arrayContaining(told.flatMap(({ prompt }) => prompt ?? [])));
        expect(texts).toEqual(expect.arrayContaining(told.flatMap(({ answer }) => answer ?? [])));
        expect(new Set(prompts).size).toBe(prompts.length);
        expect(new Set(texts).size).toBe(texts.length);
        // A thumb goes with its answer; among the earlier ones nothing shows it.
        const shown = new Map(turns.map(({ answer }) => [answer.facts.by?.decisionId, answer.thumb]));
        for (const { thumb } of told)
          if (thumb !== undefined && shown.has(thumb)) expect(shown.get(thumb)).toBe('up');
      }
      expect(readdirSync(folder)).toEqual(['first.json']);
    } finally {
      for (const { child } of windows) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  },
  30_000 + rounds * 1_000,
);
