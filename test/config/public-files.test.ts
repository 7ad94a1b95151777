import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfiguration } from '../../src/config/load-configuration';

/** Configurations in forms that public LiteLLM files have; the folders' names are those of the cases. */
const folder = path.resolve(import.meta.dirname, '../fixtures/config/cases');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .toSorted();

const variables = {
  HOUSE_KEY: 'x',
  OPENAI_API_KEY: 'x',
  AZURE_API_KEY: 'x',
  CHAT_MODEL: 'openai/gpt-4o-mini',
  MAX_TOKENS: '900',
  TEMP: '0.3',
  PROV: 'openai',
};

describe.each(files)('%s', (file) => {
  const text = readFileSync(path.join(folder, file), 'utf8');

  test.each([
    ['with its variables', variables],
    ['without', {}],
  ])('loads with pools, or says by name what was left out, %s', (_how, environment) => {
    const name = 'conduit.yaml';
    const { values, problems } = loadConfiguration({
      file: { name, text },
      environment,
      storedHosts: new Set(),
    });
    const refused = problems.some(({ severity }) => severity === 'error');
    const indexes = (paths: readonly string[]): ReadonlySet<number> =>
      new Set(paths.flatMap((where) => /^model_list\[(\d+)\]/.exec(where)?.[1] ?? []).map(Number));
    const used = refused
      ? new Set<number>()
      : indexes(values.filter(({ tier }) => tier === 'file').map((value) => value.path));
    const named = indexes(
      problems.map((problem) => problem.path).filter((where) => !where.endsWith('.model_info.id')),
    );
    const entries = text.match(/^ *- (&\w+ )?[{]?(model_name|<<):/gm)?.length ?? 0;
    if (entries === 0) expect(problems).not.toEqual([]);
    for (const index of Array.from({ length: entries }, (_, at) => at)) {
      if (!refused) expect(used.has(index) || named.has(index), `model_list[${String(index)}]`).toBe(true);
    }
    if (refused)
      expect([
        ...named,
        ...problems.filter((problem) => ['model_list', 'include'].includes(problem.path)),
      ]).not.toEqual([]);
  });
});
