import { ensurePackages } from './lib/ensure-packages.mjs';
import { interrupted, main } from './lib/run.mjs';

/** The development build, again after each change, until Ctrl+C. What F5 waits for. */
await main(async () => {
  await ensurePackages();
  const { watchBuild } = await import('./lib/watch-build.mjs');
  const build = watchBuild();
  await interrupted();
  await build.close();
});
