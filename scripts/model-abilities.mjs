import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { root } from './lib/paths.mjs';
import { main, SetupError } from './lib/run.mjs';
import { check } from './model-abilities/check.mjs';
import { collectedFrom } from './model-abilities/collect.mjs';
import { estimate } from './model-abilities/estimate.mjs';
import { moduleOf } from './model-abilities/table.mjs';

const facts = path.join(root, 'scripts', 'model-abilities', 'figures.json');

/**
 * Writes src/vendors/model-abilities-table.ts: how good models are by what is publicly known of them.
 *   --collect FILE    first takes the figures of a collection in its long form into scripts/model-abilities/figures.json
 *   --without A,B     leaves sources out; "swe-bench-*" is all that begin so
 *   --until DAY       leaves out later sources and later models, as if it were that day
 *   --out FILE        writes there: a module, or where the name ends in .json what benchmarks read
 *   --check           writes nothing, and prints how well figures that were left out are predicted
 */
await main(async () => {
  const { values } = parseArgs({
    options: {
      collect: { type: 'string' },
      without: { type: 'string', default: '' },
      until: { type: 'string' },
      out: { type: 'string', default: path.join(root, 'src', 'vendors', 'model-abilities-table.ts') },
      check: { type: 'boolean', default: false },
    },
  });
  if (values.collect !== undefined)
    writeFileSync(facts, await formatted(JSON.stringify(collectedFrom(values.collect)), facts));
  const figures = JSON.parse(readFileSync(facts, 'utf8'));
  const without = values.without.split(',').filter(Boolean);
  if (values.until !== undefined && !/^\d{4}-\d\d-\d\d$/.test(values.until))
    throw new SetupError(`--until takes a day as 2026-01-31; not ${values.until}.`);
  const unknown = without.filter((name) => !Object.keys(figures.sources).some((id) => matches(id, name)));
  if (unknown.length > 0) throw new SetupError(`There is no source ${unknown.join(', ')}.`);
  if (values.check) return check(figures, { without, until: values.until });
  const options = { without, until: values.until };
  const result = estimate(figures, options);
  const text = values.out.endsWith('.json')
    ? JSON.stringify(result.models)
    : await formatted(moduleOf(result, options), values.out);
  writeFileSync(values.out, text);
  console.log(`${result.models.length} models, ${text.length} characters in ${values.out}`);
  return 0;
});

function matches(id, name) {
  return name.endsWith('*') ? id.startsWith(name.slice(0, -1)) : id === name;
}

async function formatted(text, file) {
  return format(text, { ...(await resolveConfig(path.join(root, 'package.json'))), filepath: file });
}
