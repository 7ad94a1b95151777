import { demoSteps } from '../../src/core/replay/demo';
import { presetNames } from '../../src/core/terms/preset';
import { sum } from '../../src/core/stats/facts-sums';
import { whole } from '../routing/argument-values';
import { runCommand } from '../routing/run-command';
import { UsageError } from '../routing/usage-error';
import { text, valuesOf } from '../routing/walk-arguments';

const usage = `npm run bench:demo -- [--seeds 14] [--preset balanced] [--requests 600]

What the router of the demo saves against its dearest model, of the seeds from 1 on.`;

function main(): void {
  const given = valuesOf(process.argv.slice(2), { seeds: text, preset: text, requests: text });
  const preset = presetNames.find((name) => name === (given.preset ?? 'balanced'));
  if (preset === undefined) throw new UsageError(usage);
  const seeds = whole('seeds', given.seeds ?? '14', 1);
  const requests = whole('requests', given.requests ?? '600', 1);
  const saved = Array.from({ length: seeds }, (_, index) => {
    const seed = index + 1;
    const steps = [...demoSteps({ seed, preset, requests, switchAfter: 100 })];
    const paid = sum(steps, ({ chosen }) => chosen.usd);
    const dearest = sum(steps, ({ all }) => all.at(-1)?.usd ?? 0);
    return { seed, share: 1 - paid / dearest };
  });
  for (const { seed, share } of saved.toSorted((a, b) => a.share - b.share))
    console.log(`seed ${String(seed)}: ${String(Math.round(100 * share))} %`);
}

await runCommand(main);
