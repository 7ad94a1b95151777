import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { vendors } from '../../src/vendors/catalogue';
import { completed, keptFacts } from '../../src/vendors/model-facts';
import { keptData } from '../../src/vendors/kept-data';
import { modelFactsTable } from '../../src/vendors/model-facts-table';

const at = (provider: string, model: string, apiBase = 'https://gateway.example/v1') =>
  keptFacts({ provider, apiBase, model });

describe('kept facts', () => {
  const defaults = vendors.flatMap(({ prefix, base, defaultModels, wireName }) =>
    [defaultModels?.small, defaultModels?.strong]
      .filter((model) => model !== undefined)
      .map((model) => [prefix, wireName?.(model) ?? model, base ?? ''] as const),
  );

  test.each(defaults)(
    '%s/%s, of the default pool: window, tools, vision and thinking are known',
    (...named) => {
      const facts = at(...named);
      expect(facts.contextWindowTokens).toBeGreaterThanOrEqual(100_000);
      expect([facts.supportsTools, facts.supportsImages, facts.thinks]).not.toContain(undefined);
    },
  );

  test('say what a vendor’s own model can', () => {
    expect(at('openai', 'gpt-5.4-mini', 'https://api.openai.com/v1')).toEqual({
      contextWindowTokens: 400_000,
      longestAnswerTokens: 128_000,
      supportsTools: true,
      supportsImages: true,
      thinks: true,
    });
    expect(at('deepseek', 'deepseek-v4-pro', 'https://api.deepseek.com')).toMatchObject({
      supportsImages: false,
      thinks: true,
    });
  });

  test.each([
    ['openai', 'gpt-4o-mini-2024-07-18', 128_000],
    ['openai', 'openai/gpt-4o-mini', 128_000],
    ['litellm_proxy', 'anthropic/claude-haiku-4-5', 200_000],
    ['anthropic', 'claude-haiku-4-5@20251001', 200_000],
    ['azure', 'gpt-4o', 128_000],
    ['openrouter', 'openai/gpt-oss-20b:free', 131_072],
    ['gemini', 'models/gemini-3.5-flash-lite', 1_048_576],
  ])('know %s/%s by its name', (provider, model, window) => {
    expect(at(provider, model).contextWindowTokens).toBe(window);
  });

  test('say nothing of what is unknown, of local servers and of the editor’s models', () => {
    expect(at('openai', 'mini', 'http://127.0.0.1:9/v1')).toEqual({});
    expect(at('ollama', 'gpt-oss:20b', 'http://127.0.0.1:11434/v1')).toEqual({});
    expect(at('openai', 'gpt-4o', 'http://127.0.0.1:11434/v1')).toEqual({});
    expect(at('vscode', 'copilot/gpt-4o', 'vscode:')).toEqual({});
  });

  test('are dated, and made with the price list that is shipped', () => {
    expect(keptData.modelsDay).toMatch(/^20\d\d-\d\d-\d\d$/);
    const main = createRequire(import.meta.url).resolve('@pydantic/genai-prices');
    const { version } = JSON.parse(
      readFileSync(path.join(path.dirname(main), '..', 'package.json'), 'utf8'),
    ) as { readonly version: string };
    // Another price list: run `node scripts/model-facts.mjs`.
    expect(keptData.pricesVersion).toBe(version);
  });

  test('have rows of four words, with figures that are tokens', () => {
    const rows = modelFactsTable.split('\n').filter((row) => row !== '' && !row.startsWith('# '));
    expect(rows.length).toBeGreaterThan(1_000);
    for (const row of rows) expect(row).toMatch(/^\S+ (\d{3,8}|-) (\d{2,7}|-) (t?v?r?|-|\?)$/);
  });
});

test('what the file says goes before what a server tells, and that before what is kept', () => {
  const deployment = { provider: 'openai', apiBase: '', model: 'x', contextWindowTokens: 8_000 };
  expect(
    completed(
      deployment,
      { contextWindowTokens: 1, supportsImages: false },
      { contextWindowTokens: 2, supportsImages: true, thinks: true },
    ),
  ).toEqual({ ...deployment, supportsImages: false, thinks: true });
});
