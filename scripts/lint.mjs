import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ESLint } from 'eslint';
import { createFingerprints } from './lib/fingerprints.mjs';
import { checkCache, root } from './lib/paths.mjs';
import { main } from './lib/run.mjs';

const record = path.join(checkCache, 'lint.json');

/**
 * ESLint over everything; no warning is let through.
 *   --cache   leaves out what was clean and hasn't changed since, nor anything that it imports: most rules know types,
 *             and those come from other files, which ESLint's own cache doesn't look at
 */
await main(async () => {
  const { values } = parseArgs({ options: { cache: { type: 'boolean', default: false } } });
  const fingerprintOf = createFingerprints();
  const clean = values.cache ? readRecord() : new Map();
  for (const [file, fingerprint] of clean) if (fingerprint !== fingerprintOf(file)) clean.delete(file);

  const isClean = (filePath) => clean.has(path.relative(root, filePath));
  const eslint = new ESLint({
    cwd: root,
    errorOnUnmatchedPattern: false,
    overrideConfig: { name: 'clean already', ignores: [isClean] },
  });
  const results = await eslint.lintFiles('.');
  for (const { filePath, messages } of results) {
    const file = path.relative(root, filePath);
    if (messages.length === 0) clean.set(file, fingerprintOf(file));
  }
  if (values.cache) {
    mkdirSync(checkCache, { recursive: true });
    writeFileSync(record, JSON.stringify([...clean]));
  }
  const formatter = await eslint.loadFormatter('stylish');
  process.stdout.write(await formatter.format(results));
  console.log(`${results.length} files linted, ${clean.size} clean`);
  return results.some(({ messages }) => messages.length > 0) ? 1 : 0;
});

function readRecord() {
  try {
    return new Map(JSON.parse(readFileSync(record, 'utf8')));
  } catch {
    return new Map();
  }
}
