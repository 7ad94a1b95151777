import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stair } from '../../.dependency-cruiser.mjs';
import { checkLayers } from '../../scripts/lib/layers.mjs';

const project = path.resolve(import.meta.dirname, '../..');

/** One tree that keeps every row of the table, and uses all that a row allows. */
const clean: Readonly<Record<string, string>> = {
  'src/core/terms/request.ts': 'export interface Request { readonly pool: string }\nexport const one = 1;',
  'src/core/bandit/ucb1.ts': "import { one } from '../terms/request';\nexport const two = one + 1;",
  'src/core/features/describe.ts':
    "import type { Request } from '../terms/request';\nexport const size = (request: Request) => request.pool.length;",
  'src/core/reward/rules.ts': "import { one } from '../terms/request';\nexport const rule = one;",
  'src/core/learning/learner.ts':
    "import { two } from '../bandit/ucb1';\nimport { size } from '../features/describe';\nimport { rule } from '../reward/rules';\nimport { one } from '../terms/request';\nexport const learner = [two, size, rule, one];",
  'src/core/routing/router.ts':
    "import { two } from '../bandit/ucb1';\nimport { learner } from '../learning/learner';\nexport const route = [two, learner];",
  'src/core/stats/shares.ts':
    "import { route } from '../routing/router';\nexport const shares = () => route;",
  'src/core/answering/answer.ts':
    "import { route } from '../routing/router';\nimport { shares } from '../stats/shares';\nexport const answer = [route, shares];",
  'src/core/replay/demo.ts':
    "import { answer } from '../answering/answer';\nimport { route } from '../routing/router';\nexport const demo = [answer, route];",
  'src/core/conduit.ts':
    "import { answer } from './answering/answer';\nimport { shares } from './stats/shares';\nexport const conduit = [answer, shares];",
  'src/vendors/catalogue.ts':
    "import * as l10n from '@vscode/l10n';\nimport * as prices from '@pydantic/genai-prices';\nimport type { Request } from '../core/terms/request';\nexport const vendor = (request: Request) => [request, prices, l10n];",
  'src/files/write.ts': "import { open } from 'node:fs/promises';\nexport const write = open;",
  'src/text/code.ts':
    "import { createHash } from 'node:crypto';\nimport * as l10n from '@vscode/l10n';\nimport MarkdownIt from 'markdown-it';\nimport { Lexer } from 'marked';\nimport { one } from '../core/terms/request';\nexport const code = [one, l10n, createHash, MarkdownIt, Lexer];",
  'src/text/thoughts/filter.ts':
    "import { one } from '../../core/terms/request';\nexport const filter = one;",
  'src/text/redaction/hide.ts': 'export const hide = 1;',
  'src/providers/stream/answer.ts':
    "import { hide } from '../../text/redaction/hide';\nimport { filter } from '../../text/thoughts/filter';\nexport const answer = [filter, hide];",
  'src/providers/openai.ts':
    "import * as l10n from '@vscode/l10n';\nimport OpenAI from 'openai';\nimport Anthropic from '@anthropic-ai/sdk';\nimport { z } from 'zod';\nexport const all = [l10n, OpenAI, Anthropic, z];",
  'src/providers/prices.ts':
    "import { setTimeout } from 'node:timers/promises';\nimport type { Request } from '../core/terms/request';\nimport { vendor } from '../vendors/catalogue';\nimport { all } from './openai';\nexport const price = (request: Request) => [request, vendor, all, setTimeout];",
  'src/config/parse.ts':
    "import * as l10n from '@vscode/l10n';\nimport { parse } from 'yaml';\nimport { z } from 'zod';\nimport { vendor } from '../vendors/catalogue';\nexport type Parsed = string;\nexport const both = [l10n, parse, z, vendor];",
  'src/ledger/sqlite.ts':
    "import { DatabaseSync } from 'node:sqlite';\nimport { write } from '../files/write';\nimport * as l10n from '@vscode/l10n';\nimport { z } from 'zod';\nexport const both = [DatabaseSync, l10n, z, write];",
  'src/embedding/hash.ts':
    "import { pipeline } from '@huggingface/transformers';\nimport { env } from 'onnxruntime-web';\nimport { createHash } from 'node:crypto';\nimport type { Request } from '../core/terms/request';\nexport const size = (request: Request) => [request, pipeline, env, createHash];",
  'src/cache/memory.ts': "import { one } from '../core/terms/request';\nexport const size = one;",
  'src/judge/verdict.ts': "import { one } from '../core/terms/request';\nexport const verdict = one;",
  'src/editor/ask.ts':
    "import path from 'node:path';\nimport * as vscode from 'vscode';\nimport { z } from 'zod';\nimport type { Parsed } from '../config/parse';\nimport { conduit } from '../core/conduit';\nimport { write } from '../files/write';\nimport { code } from '../text/code';\nimport { vendor } from '../vendors/catalogue';\nimport { message } from '../webview/protocol/chat';\nimport * as l10n from '@vscode/l10n';\nexport const ask = (parsed: Parsed) => [path, vscode, z, parsed, conduit, write, code, vendor, message, l10n];",
  'src/webview/protocol/chat.ts':
    "import { z } from 'zod';\nimport type { Request } from '../../core/terms/request';\nexport const message = (request: Request) => [z, request];",
  'src/webview/chat/main.ts':
    "import MarkdownIt from 'markdown-it';\nimport DOMPurify from 'dompurify';\nimport * as l10n from '@vscode/l10n';\nimport { message } from '../protocol/chat';\nexport const page = [MarkdownIt, DOMPurify, l10n, message];",
  'src/extension.ts':
    "import * as vscode from 'vscode';\nimport OpenAI from 'openai';\nimport { ask } from './editor/ask';\nimport { both } from './ledger/sqlite';\nexport const all = [vscode, OpenAI, ask, both];",
  'bench/speed.ts':
    "import { two } from '../src/core/bandit/ucb1';\nimport { both } from '../src/config/parse';\nexport const x = [two, both];",
};

/** The rule that a statement breaks, and the folder of the file that makes it. */
type Breach = readonly [rule: string, folder: string, statement: string];

const outside: readonly string[] = [
  "import { readFileSync } from 'node:fs'; export { readFileSync };",
  "import path from 'path'; export { path };",
  "import * as vscode from 'vscode'; export { vscode };",
  "import { z } from 'zod'; export { z };",
  "import * as l10n from '@vscode/l10n'; export { l10n };",
  "import { both } from '../../config/parse'; export { both };",
  "import type { Parsed } from '../../config/parse'; export type A = Parsed;",
  "export const load = () => import('../../ledger/sqlite');",
];

/** A file of each room, to be imported by those that may not. */
const doors: Readonly<Record<string, string>> = {
  replay: "import { demo } from '../replay/demo'; export { demo };",
  answering: "import { answer } from '../answering/answer'; export { answer };",
  stats: "import { shares } from '../stats/shares'; export { shares };",
  routing: "import { route } from '../routing/router'; export { route };",
  learning: "import { learner } from '../learning/learner'; export { learner };",
  bandit: "import { two } from '../bandit/ucb1'; export { two };",
  features: "import { size } from '../features/describe'; export { size };",
  reward: "import { rule } from '../reward/rules'; export { rule };",
};

/** Every import that climbs: from each room to each room above it, and to the door. */
const climbs = stair.flatMap((room, step): readonly Breach[] => [
  [`core/${room}`, `src/core/${room}`, "import { conduit } from '../conduit'; export { conduit };"],
  ...stair.slice(0, step).map((above): Breach => [`core/${room}`, `src/core/${room}`, doors[above] ?? '']),
]);

const breaches: readonly Breach[] = [
  ...stair.flatMap((room) =>
    outside.map((statement): Breach => [`core/${room}`, `src/core/${room}`, statement]),
  ),
  ...climbs,
  ['core/bandit', 'src/core/bandit', doors['features'] ?? ''],
  ['core/bandit', 'src/core/bandit', doors['reward'] ?? ''],
  ['core/features', 'src/core/features', doors['reward'] ?? ''],
  ['core-one-door', 'src/core', "import { one } from './terms/request'; export { one };"],
  ['core-one-door', 'src/core/helpers', "import { one } from '../terms/request'; export { one };"],
  ['vendors', 'src/vendors', "import { conduit } from '../core/conduit'; export { conduit };"],
  ['vendors', 'src/vendors', "import { both } from '../config/parse'; export { both };"],
  ['vendors', 'src/vendors', "import path from 'node:path'; export { path };"],
  ['files', 'src/files', "import { one } from '../core/terms/request'; export { one };"],
  ['files', 'src/files', "import { z } from 'zod'; export { z };"],
  ['text', 'src/text', "import { write } from '../files/write'; export { write };"],
  ['text', 'src/text', "import { route } from '../core/routing/router'; export { route };"],
  ['text', 'src/text', "import * as vscode from 'vscode'; export { vscode };"],
  ['providers', 'src/providers', "import { both } from '../config/parse'; export { both };"],
  ['providers', 'src/providers', "import type { Parsed } from '../config/parse'; export type A = Parsed;"],
  ['providers', 'src/providers', "import { parse } from 'yaml'; export { parse };"],
  ['providers', 'src/providers', "import { code } from '../text/code'; export { code };"],
  ['config', 'src/config', "import { filter } from '../text/thoughts/filter'; export { filter };"],
  ['config', 'src/config', "import OpenAI from 'openai'; export { OpenAI };"],
  ['embedding', 'src/embedding', "import { z } from 'zod'; export { z };"],
  ['ledger', 'src/ledger', "import { size } from '../cache/memory'; export { size };"],
  ['cache', 'src/cache', "import { both } from '../ledger/sqlite'; export { both };"],
  ['judge', 'src/judge', "import Anthropic from '@anthropic-ai/sdk'; export { Anthropic };"],
  ['editor-adapter-types-only', 'src/editor', "import { all } from '../providers/openai'; export { all };"],
  ['editor-adapter-types-only', 'src/editor', "export const load = () => import('../ledger/sqlite');"],
  ['editor', 'src/editor', "import { page } from '../webview/chat/main'; export { page };"],
  ['editor', 'src/editor', "import { all } from '../extension'; export { all };"],
  ['editor', 'src/editor', "import MarkdownIt from 'markdown-it'; export { MarkdownIt };"],
  ['webview', 'src/webview', "import { ask } from '../editor/ask'; export { ask };"],
  ['webview', 'src/webview', "import { code } from '../text/code'; export { code };"],
  ['webview', 'src/webview', "import path from 'node:path'; export { path };"],
  ['webview', 'src/webview', "import * as vscode from 'vscode'; export { vscode };"],
  ['webview-core-types-only', 'src/webview', "import { one } from '../core/terms/request'; export { one };"],
  ['no-row', 'src/helpers', "import { one } from '../core/terms/request'; export { one };"],
  ['no-row', 'src', "import { one } from './core/terms/request'; export { one };"],
];

/** Only the editor names the editor, whichever the folder, and a type counts. */
const typeOnlyBreaches = [
  ...stair.map((room) => `core/${room}`),
  ...['vendors', 'files', 'text', 'providers', 'config', 'embedding', 'ledger', 'cache', 'judge', 'webview'],
].map((row): Breach => [row, `src/${row}`, "import type { Uri } from 'vscode'; export type A = Uri;"]);

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

afterAll(() => {
  for (const folder of planted.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('a tree that keeps to the table passes, and every file of it is read', async () => {
  const report = await checkLayers(plant(clean));
  expect(report.violations).toEqual([]);
  expect(report.modules).toBe(Object.keys(clean).length);
  expect(report.dependencies).toBeGreaterThan(20);
});

const planting = [...breaches, ...typeOnlyBreaches].map(([rule, folder, statement], index) => ({
  rule,
  file: `${folder}/planted-${String(index)}.ts`,
  statement,
}));

/** All breaches at once, each in a file of its own: none of these is imported by another. */
const found = lazily(() => {
  const files = planting.map(({ file, statement }) => [file, statement] as const);
  return checkLayers(plant({ ...clean, ...Object.fromEntries(files) }));
});

test.each(planting)('$rule: $file with $statement fails by that rule', async ({ rule, file }) => {
  const { violations } = await found();
  expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule)).toEqual([rule]);
});

test('nothing but the planted files is found', async () => {
  const { violations } = await found();
  expect(new Set(violations.map(({ from }) => from))).toEqual(new Set(planting.map(({ file }) => file)));
});

test('two files that import each other fail, by types alone too', async () => {
  const folder = plant({
    ...clean,
    'src/core/terms/a.ts': "import type { B } from './b'; export type A = B[];",
    'src/core/terms/b.ts': "import type { A } from './a'; export type B = A | string;",
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

function lazily<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
