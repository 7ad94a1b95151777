import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundledPackages, listingProblems } from './lib/bundled-packages.mjs';
import { bundledBill, licencesFile, licenceTexts, sbomFile } from './lib/notices.mjs';
import { root } from './lib/paths.mjs';
import { main, SetupError } from './lib/run.mjs';

/**
 * After a build: writes the licences and the bill of materials (CycloneDX) of what was bundled beside it. Fails where
 * package.json doesn't list what is bundled among its dependencies, for then "npm audit --omit=dev" is blind to it.
 */
await main(async () => {
  const read = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  const manifest = read('package.json');
  const lock = read('package-lock.json');
  const bundled = bundledPackages();
  const problems = listingProblems(bundled, manifest, lock);
  if (problems.length > 0) throw new SetupError(problems.join('\n'));
  const bill = bundledBill(bundled, manifest, lock);
  writeFileSync(path.join(root, licencesFile), licenceTexts(bundled));
  writeFileSync(path.join(root, sbomFile), `${JSON.stringify(bill, undefined, 1)}\n`);
  console.log(`${bundled.length} bundled packages: ${licencesFile}, ${sbomFile}`);
});
