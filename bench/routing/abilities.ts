import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { AbilityTable } from '../../src/vendors/model-abilities';
import { abilitiesFrom } from '../../src/vendors/model-abilities';
import { readCorpus } from './corpus';
import { runCommand } from './run-command';
import { UsageError } from './usage-error';

/**
 * Writes what a table of abilities says of the models of some corpora, as `--table` takes it. The table is a module that
 * `npm run model-abilities -- --without … --out FILE.ts` wrote, so that a corpus isn't told what it is made of.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { corpus: { type: 'string' }, module: { type: 'string' }, out: { type: 'string' } },
  });
  const { corpus, module: from, out } = values;
  if (corpus === undefined || from === undefined || out === undefined)
    throw new UsageError('--corpus A,B,…, --module FILE.ts and --out FILE.json are needed.');
  const table = (await import(pathToFileURL(path.resolve(from)).href)) as AbilityTable;
  const abilityOf = abilitiesFrom(table);
  // A gateway's address: none of the vendors' own rules for names applies.
  const served = { provider: 'openrouter', apiBase: 'https://benchmark.invalid/v1', pricedAs: undefined };
  const corpora = await Promise.all(corpus.split(',').map((file) => readCorpus(file)));
  const told = corpora.map(({ name, models }) => [
    name,
    Object.fromEntries(models.map((model) => [model, abilityOf({ ...served, model })])),
  ]);
  await writeFile(out, `${JSON.stringify(Object.fromEntries(told), undefined, 1)}\n`);
}

await runCommand(main);
