import { checkLayers } from './lib/layers.mjs';
import { root } from './lib/paths.mjs';
import { main } from './lib/run.mjs';

await main(async () => {
  const { modules, dependencies, violations } = await checkLayers(root);
  for (const { rule, from, to } of violations) console.error(`${rule}: ${from} → ${to}`);
  console.log(`${modules} modules, ${dependencies} dependencies, ${violations.length} violations`);
  return violations.length > 0 ? 1 : 0;
});
