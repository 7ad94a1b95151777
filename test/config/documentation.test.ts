import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withTables } from '../../src/config/documentation';
import { optionPaths } from '../../src/config/options';

const document = path.resolve(import.meta.dirname, '../../docs/configuration.md');

test('the tables of docs/configuration.md say what the code does: else run this test with -u', async () => {
  const text = readFileSync(document, 'utf8');
  await expect(withTables(text)).toMatchFileSnapshot(document);
  for (const option of optionPaths) expect(text).toContain(`| \`${option}\``);
});
