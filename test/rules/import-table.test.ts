import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkLayers } from '../../scripts/lib/layers.mjs';

const project = path.resolve(import.meta.dirname, '../..');

/** One tree that keeps every row of the table, and uses all that a row allows. */
const clean: Readonly<Record<string, string>> = {
  'src/core/request.ts': 'export interface Request { readonly pool: string }\nexport const one = 1;',
  'src/core/bandit/ucb1.ts': "import { one } from '../request';\nexport const two = one + 1;",
  'src/providers/openai.ts':
    "import * as l10n from '@vscode/l10n';\nimport OpenAI from 'openai';\nimport Anthropic from '@anthropic-ai/sdk';\nimport { z } from 'zod';\nexport const all = [l10n, OpenAI, Anthropic, z];",
  'src/providers/prices.ts':
    "import * as prices from '@pydantic/genai-prices';\nimport { setTimeout } from 'node:timers/promises';\nimport type { Request } from '../core/request';\nimport { all } from './openai';\nexport const price = (request: Request) => [prices, request, all, setTimeout];",
  'src/config/parse.ts':
    "import * as l10n from '@vscode/l10n';\nimport { parse } from 'yaml';\nimport { z } from 'zod';\nexport const both = [l10n, parse, z];",
  'src/ledger/sqlite.ts':
    "import { DatabaseSync } from 'node:sqlite';\nimport * as l10n from '@vscode/l10n';\nimport { z } from 'zod';\nexport const both = [DatabaseSync, l10n, z];",
  'src/embedding/hash.ts':
    "import { pipeline } from '@huggingface/transformers';\nimport { env } from 'onnxruntime-web';\nimport { createHash } from 'node:crypto';\nimport type { Request } from '../core/request';\nexport const size = (request: Request) => [request, pipeline, env, createHash];",
  'src/cache/memory.ts': "import { one } from '../core/request';\nexport const size = one;",
  'src/judge/verdict.ts': "import { one } from '../core/request';\nexport const verdict = one;",
  'src/editor/ask.ts':
    "import path from 'node:path';\nimport * as vscode from 'vscode';\nimport { z } from 'zod';\nimport { one } from '../core/request';\nimport { message } from '../webview/protocol';\nimport * as l10n from '@vscode/l10n';\nexport const ask = [path, vscode, z, one, message, l10n];",
  'src/webview/protocol.ts':
    "import { z } from 'zod';\nimport type { Request } from '../core/request';\nexport const message = (request: Request) => [z, request];",
  'src/webview/chat/main.ts':
    "import MarkdownIt from 'markdown-it';\nimport DOMPurify from 'dompurify';\nimport * as l10n from '@vscode/l10n';\nimport { message } from '../protocol';\nexport const page = [MarkdownIt, DOMPurify, l10n, message];",
  'src/extension.ts':
    "import * as vscode from 'vscode';\nimport OpenAI from 'openai';\nimport { ask } from './editor/ask';\nimport { both } from './ledger/sqlite';\nexport const all = [vscode, OpenAI, ask, both];",
  'bench/speed.ts':
    "import { two } from '../src/core/bandit/ucb1';\nimport { both } from '../src/config/parse';\nexport const x = [two, both];",
};

const breaches: readonly (readonly [row: string, file: string, statement: string])[] = [
  ['core', 'src/core/a.ts', "import { readFileSync } from 'node:fs'; export { readFileSync };"],
  ['core', 'src/core/a.ts', "import path from 'path'; export { path };"],
  ['core', 'src/core/a.ts', "import * as vscode from 'vscode'; export { vscode };"],
  ['core', 'src/core/a.ts', "import { z } from 'zod'; export { z };"],
  ['core', 'src/core/a.ts', "import * as l10n from '@vscode/l10n'; export { l10n };"],
  ['core', 'src/core/a.ts', "import { both } from '../config/parse'; export { both };"],
  ['core', 'src/core/a.ts', "export const load = () => import('../ledger/sqlite');"],
  ['providers', 'src/providers/a.ts', "import { both } from '../config/parse'; export { both };"],
  ['providers', 'src/providers/a.ts', "import { parse } from 'yaml'; export { parse };"],
  ['config', 'src/config/a.ts', "import OpenAI from 'openai'; export { OpenAI };"],
  ['embedding', 'src/embedding/a.ts', "import { z } from 'zod'; export { z };"],
  ['ledger', 'src/ledger/a.ts', "import { size } from '../cache/memory'; export { size };"],
  ['cache', 'src/cache/a.ts', "import { both } from '../ledger/sqlite'; export { both };"],
  ['judge', 'src/judge/a.ts', "import Anthropic from '@anthropic-ai/sdk'; export { Anthropic };"],
  ['editor', 'src/editor/a.ts', "import { all } from '../providers/openai'; export { all };"],
  ['editor', 'src/editor/a.ts', "import { page } from '../webview/chat/main'; export { page };"],
  ['editor', 'src/editor/a.ts', "import { all } from '../extension'; export { all };"],
  ['editor', 'src/editor/a.ts', "import MarkdownIt from 'markdown-it'; export { MarkdownIt };"],
  ['webview', 'src/webview/a.ts', "import { ask } from '../editor/ask'; export { ask };"],
  ['webview', 'src/webview/a.ts', "import path from 'node:path'; export { path };"],
  ['webview', 'src/webview/a.ts', "import * as vscode from 'vscode'; export { vscode };"],
  ['webview-core-types-only', 'src/webview/a.ts', "import { one } from '../core/request'; export { one };"],
  ['no-row', 'src/helpers/a.ts', "import { one } from '../core/request'; export { one };"],
  ['no-row', 'src/a.ts', "import { one } from './core/request'; export { one };"],
];

/** Only the editor names the editor, whichever the folder, and a type counts. */
const typeOnlyBreaches = [
  'core',
  'providers',
  'config',
  'embedding',
  'ledger',
  'cache',
  'judge',
  'webview',
].map((row) => [row, `src/${row}/a.ts`, "import type { Uri } from 'vscode'; export type A = Uri;"] as const);

const planted: string[] = [];

/** Inside the project, so that libraries resolve as they do for src/. */
function plant(files: Readonly<Record<string, string>>): string {
  mkdirSync(path.join(project, '.cache'), { recursive: true });
  const folder = mkdtempSync(path.join(project, '.cache', 'planted-'));
  planted.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

afterEach(() => {
  for (const folder of planted.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('a tree that keeps to the table passes, and every file of it is read', async () => {
  const report = await checkLayers(plant(clean));
  expect(report.violations).toEqual([]);
  expect(report.modules).toBe(Object.keys(clean).length);
  expect(report.dependencies).toBeGreaterThan(20);
});

test.each([...breaches, ...typeOnlyBreaches])(
  '%s: %s with %s fails by that rule',
  async (row, file, statement) => {
    const { violations } = await checkLayers(plant({ ...clean, [file]: statement }));
    expect(violations.map(({ rule, from }) => ({ rule, from }))).toEqual([{ rule: row, from: file }]);
  },
);

test('a type-only import between folders counts', async () => {
  const folder = plant({
    ...clean,
    'src/config/types.ts': 'export type Parsed = string;',
    'src/providers/a.ts': "import type { Parsed } from '../config/types'; export type A = Parsed;",
  });
  const { violations } = await checkLayers(folder);
  expect(violations).toEqual([{ rule: 'providers', from: 'src/providers/a.ts', to: 'src/config/types.ts' }]);
});

test('two files that import each other fail, by types alone too', async () => {
  const folder = plant({
    ...clean,
    'src/core/a.ts': "import type { B } from './b'; export type A = B[];",
    'src/core/b.ts': "import type { A } from './a'; export type B = A | string;",
  });
  const { violations } = await checkLayers(folder);
  expect(violations.map(({ rule }) => rule)).toContain('no-cycles');
});

test('a check that reads no module fails', async () => {
  await expect(checkLayers(plant({ 'src/core/readme.md': '' }))).rejects.toThrow('checked on 0 modules');
});

test('the real sources keep to the table', async () => {
  const report = await checkLayers(project);
  expect(report.violations).toEqual([]);
  expect(report.modules).toBeGreaterThan(0);
});
