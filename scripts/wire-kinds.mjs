import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitCodeOf, main } from './lib/run.mjs';

const protocols = ['chat', 'messages', 'responses'];
const least = 5;

/**
 * Runs the tests of what servers oddly do and prints how many pass of each kind, which is a file, by the protocol that a
 * test names. Fails where one fails, where a kind has fewer than five, or none in a protocol.
 */
await main(async () => {
  const files = await readResults();
  const failed = files.flatMap(({ assertionResults: all }) =>
    all.filter(({ status }) => status === 'failed'),
  );
  console.log(row('kind', [...protocols, 'all']));
  let wanting = 0;
  const counted = files.map(({ name, assertionResults }) => {
    const counts = countsOf(assertionResults.filter(({ status }) => status === 'passed'));
    const enough = counts.at(-1) >= least && counts.every((count) => count > 0);
    if (!enough) wanting += 1;
    console.log(row(path.basename(name, '.test.ts'), counts) + (enough ? '' : '  too few'));
    return counts;
  });
  const sums = [...protocols, 'all'].map((_name, at) => counted.reduce((sum, counts) => sum + counts[at], 0));
  console.log(row(`${files.length} kinds`, sums));
  for (const { fullName } of failed) console.error(`failed: ${fullName}`);
  return files.length === 0 || wanting + failed.length > 0 ? 1 : 0;
});

/** The results by file, in the order of their names. */
async function readResults() {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-wire-kinds-'));
  try {
    const file = path.join(folder, 'results.json');
    const tests = ['test/providers/wire/kinds', 'test/providers/wire/life.test.ts'];
    const options = ['--reporter=json', `--outputFile=${file}`];
    await exitCodeOf('npx', ['vitest', 'run', ...options, ...tests], { silent: true });
    const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
    return testResults.toSorted((a, b) => a.name.localeCompare(b.name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** For each protocol the tests that name it at the beginning of a title or behind a colon, and the number of all. */
function countsOf(tests) {
  const names = tests.map(({ ancestorTitles, title }) => [...ancestorTitles, title].join(': '));
  const found = names.map((name) => /(?:^|: )(chat|messages|responses)\b/.exec(name)?.[1]);
  return [...protocols.map((protocol) => found.filter((each) => each === protocol).length), tests.length];
}

function row(name, counts) {
  return name.padEnd(24) + counts.map((count) => String(count).padStart(11)).join('');
}
