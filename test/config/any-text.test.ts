import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { completionsAt, hoverAt } from '../../src/config/file/completions';
import { loadConfiguration } from '../../src/config/load-configuration';
import type { ConfigurationProblem } from '../../src/config/problem';
import { campaignSeed, runs } from '../runs';
import { applyEdits } from './apply-edits';

/** Whatever a file says: no throw, no half of it applied, and every error with its line and path. */

const litellm = readFileSync(path.resolve(import.meta.dirname, '../fixtures/config/litellm.yaml'), 'utf8');
const previousText = `model_list:
  - { model_name: p, litellm_params: { model: openai/gpt-5.4 }, model_info: { id: a } }
  - { model_name: p, litellm_params: { model: openai/gpt-5.4-mini }, model_info: { id: b } }
router: { preset: speed, retries: 5 }
`;
const environment = { BASE: 'https://example.com/v1', GITHUB_TOKEN: 'planted-token' };
const common = { environment, storedHosts: new Set<string>() };
const previous = loadConfiguration({
  ...common,
  file: { name: 'conduit.yaml', text: previousText },
}).configuration;
const withoutFile = loadConfiguration(common).configuration;

// The machine may be busy: the cases themselves take some seconds.
vi.setConfig({ testTimeout: runs(60_000) });

const seed = campaignSeed('any-text');

let cases = 0;
const kinds = new Map<string, number>();

/** Checks one text as the user's file and as a workspace's. Returns what its user is told. */
function check(kind: string, text: string): readonly ConfigurationProblem[] {
  cases += 1;
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const file = { name: 'conduit.yaml', text };
  const later = loadConfiguration({ ...common, file, previous });
  const first = loadConfiguration({ ...common, file });
  const broken = later.problems.some(({ severity }) => severity === 'error');
  assert.equal(later.kept, broken);
  if (broken) {
    assert.equal(later.configuration, previous);
    assert.deepEqual(first.configuration, withoutFile);
  } else {
    assert.deepEqual(later.configuration, first.configuration);
    checkComplete(first.configuration.pools.map(({ deployments }) => deployments));
  }
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const { fileName, line, column, endLine, endColumn, message, path: where, fix } of later.problems) {
    assert.equal(fileName, 'conduit.yaml');
    assert.ok(message !== '' && typeof where === 'string');
    assert.ok(Math.min(line, column, endColumn) >= 1 && endLine >= line && line <= lines + 1);
    if (fix) applyEdits(text, fix.edits);
  }

  const workspaceFile = { name: 'conduit.yaml (workspace)', text };
  const user = { name: 'conduit.yaml', text: previousText };
  const workspace = loadConfiguration({ ...common, file: user, workspaceFile });
  // By itself it changes nothing but the choice.
  assert.deepEqual({ ...workspace.configuration, defaultPool: 'p', preset: 'speed' }, previous);
  assert.equal(workspace.configuration.defaultPool, 'p');
  const told = JSON.stringify([later.problems, later.values, workspace.problems, workspace.workspaceRequest]);
  assert.ok(!told.includes('planted-token'));

  const at = 1 + ((cases * 7_919) % Math.min(lines, 500));
  completionsAt(text.slice(0, 20_000), at, 1 + (cases % 40));
  hoverAt(text.slice(0, 20_000), at, 1 + (cases % 40));
  return later.problems;
}

function checkComplete(pools: readonly (readonly { readonly id: string }[])[]): void {
  const ids = pools.flat().map(({ id }) => id);
  assert.ok(pools.length > 0 && pools.every((deployments) => deployments.length > 0));
  assert.equal(new Set(ids).size, ids.length);
}

afterAll(() => {
  const parts = [...kinds].map(([kind, count]) => `${kind} ${count}`).join(', ');
  console.log(`Configuration texts checked: ${cases} (${parts})`);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

const modelNames = fc.constantFrom(
  'openai/gpt-5.4',
  'gpt-4o',
  'anthropic/claude-sonnet-5',
  'gemini/gemini-3.8-flash',
  'bedrock/x',
  'azure/d',
  'vscode/copilot/gpt-4o',
  'vscode/conduit/x',
  '*',
  'gemni/x',
  'openai/',
  '',
);
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0.5,
    1e300,
    '',
    'os.environ/GITHUB_TOKEN',
    'os.environ/BASE',
    [],
    {},
  ),
  fc.string({ maxLength: 12 }),
  fc.jsonValue({ maxDepth: 2 }),
);
const base = fc.constantFrom<unknown>(
  'https://evil.example/v1',
  'http://127.0.0.1:1/v1',
  'os.environ/BASE',
  'os.environ/NONE',
  'https://u:p@x.example',
  'x',
  7,
  null,
);
const aModel = fc.record(
  {
    model_name: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom('p', 'q', '*') },
      { weight: 1, arbitrary: anything },
    ),
    litellm_params: fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record(
          {
            model: modelNames,
            api_base: base,
            api_key: anything,
            temperature: fc.double(),
            extra_body: anything,
            max_tokens: anything,
          },
          { requiredKeys: ['model'] },
        ),
      },
      { weight: 1, arbitrary: anything },
    ),
    model_info: fc.oneof(
      fc.record(
        { id: fc.constantFrom<unknown>('a', 'b', 'c', 7, null), quality: anything, mode: anything },
        { requiredKeys: [] },
      ),
      anything,
    ),
  },
  { requiredKeys: ['model_name', 'litellm_params'] },
);
const aFile = fc.record(
  {
    model_list: fc.oneof(
      { weight: 8, arbitrary: fc.array(aModel, { maxLength: 5 }) },
      { weight: 1, arbitrary: anything },
    ),
    router: fc.oneof(
      fc.record(
        {
          preset: anything,
          pool: fc.constantFrom('p', 'q', 'r'),
          retries: anything,
          daily_budget_usd: anything,
        },
        { requiredKeys: [] },
      ),
      anything,
    ),
    cache: anything,
    instructions: anything,
    embedding_model: anything,
    litellm_settings: anything,
    judge: fc.oneof(
      fc.record(
        { enabled: anything, model: anything, sample_rate: anything, rubric: anything },
        { requiredKeys: [] },
      ),
      anything,
    ),
    team: fc.oneof(
      fc.record({ database_url: anything, share_vectors: anything }, { requiredKeys: [] }),
      anything,
    ),
  },
  { requiredKeys: ['model_list'] },
);

test('files of the right shape, with any values', () => {
  fc.assert(
    fc.property(aFile, (file) => void check('shaped', stringify(file))),
    { numRuns: runs(500), seed },
  );
});

test('any YAML', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => void check('yaml', stringify(value))),
    { numRuns: runs(300), seed },
  );
});

test('any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void check('binary', text)),
    { numRuns: runs(400), seed },
  );
});

test('bytes that are no text', () => {
  const decoder = new TextDecoder();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void check('bytes', decoder.decode(bytes))),
    { numRuns: runs(300), seed },
  );
});

const pieces = [
  '',
  ':',
  '- ',
  '[',
  '{',
  '}',
  '&a ',
  '*a',
  '<<: *a',
  '? ',
  '!!binary ',
  '!!set ',
  '\t',
  '\n\n',
  '0',
  '"',
  '# ',
  'null',
  '|',
  '%YAML 1.1\n---\n',
  '...',
];

test.each([
  ['a small file', previousText, runs(600)],
  ['a LiteLLM file', litellm, runs(60)],
])('%s with pieces replaced', (_name, good, numRuns) => {
  const change = fc.tuple(fc.nat(good.length), fc.nat(12), fc.constantFrom(...pieces));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const text = changes.reduce(
        (all, [at, length, put]) => all.slice(0, at) + put + all.slice(at + length),
        good,
      );
      check('mutated', text);
    }),
    { numRuns, seed },
  );
});

test('aliases, alone and multiplied', () => {
  const alias = fc.constantFrom(
    '*a',
    '*b',
    '*c',
    '&a x',
    '&b [*a, *a]',
    '&c { <<: *a }',
    '{ <<: [*a, *b] }',
    '&a [*a]',
  );
  const lines = fc.array(fc.tuple(fc.constantFrom('model_list', 'router', 'x', '<<', '__proto__'), alias), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(lines, (all) => {
      check(
        'aliases',
        all.map(([key, value], index) => `${key}${key.length === 1 ? index : ''}: ${value}\n`).join(''),
      );
    }),
    { numRuns: runs(300), seed },
  );
  const bomb = ['a: &a0 [x,x,x,x,x,x,x,x,x]'];
  for (let index = 1; index < 9; index += 1)
    bomb.push(
      `k${index}: &a${index} [${Array(9)
        .fill(`*a${index - 1}`)
        .join(',')}]`,
    );
  expect(check('aliases', bomb.join('\n'))[0]?.message).toContain('aliases repeat too much');
});

test('nesting as deep as it may get', () => {
  const shapes: readonly ((depth: number) => string)[] = [
    (depth) => '['.repeat(depth),
    (depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`,
    (depth) => `${'- '.repeat(depth)}x`,
    (depth) => `model_list: ${'{ a: '.repeat(depth)}1${' }'.repeat(depth)}`,
    (depth) =>
      Array.from({ length: Math.min(depth, 400) }, (_, level) => `${' '.repeat(level)}k:`).join('\n'),
    (depth) =>
      `model_list:\n  - { model_name: p, litellm_params: { model: openai/x, extra_body: ${'{ a: '.repeat(depth)}1${' }'.repeat(depth)} } }\n`,
  ];
  for (const depth of [1, 10, 100, 1_000, 3_000]) for (const shape of shapes) check('deep', shape(depth));
});

test('a megabyte is refused at once', () => {
  for (const piece of ['x', '- a: 1\n', '[', 'model_list: []\n# '])
    expect(check('megabyte', piece.repeat(Math.ceil(1_048_576 / piece.length)))).toMatchObject([
      { severity: 'error', line: 1, path: '' },
    ]);
});
