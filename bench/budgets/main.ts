import { parseArgs } from 'node:util';
import type { PacerSettings } from '../../src/core/routing/pacer';
import { shippedPacer } from '../../src/core/routing/pacer';
import { presets } from '../../src/core/terms/preset';
import { readCorpus } from '../routing/corpus';
import { halfOf } from '../routing/half';
import { describeCorpus } from '../routing/prompt-features';
import { orderOf } from '../routing/replay';
import { runCommand } from '../routing/run-command';
import { mean, standardError } from '../routing/statistics';
import { studentT975 } from '../routing/student-t';
import { UsageError } from '../routing/usage-error';
import type { Day } from './day';
import { spendDay } from './day';
import { bestFixedMix } from './fixed-mix';
import { hindsightBound } from './hindsight';

const usage = `npm run bench:budgets -- --corpus FILE [--half a|b|all] [--seeds N] [--only shares|shocks] [--shares 0.1,0.5] [--base dearest|free|preset] [--gain X] [--slack X]

Replays days with a budget over a corpus of prompts with the measured quality and cost of several models.`;

const qualityAlone = { quality: 1, cost: 0, latency: 0 };

/** What budgets do over a corpus: quality by what may be spent, and days whose prices change at noon. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      corpus: { type: 'string' },
      half: { type: 'string', default: 'all' },
      seeds: { type: 'string', default: '20' },
      limit: { type: 'string' },
      only: { type: 'string' },
      shares: { type: 'string', default: '0.05,0.1,0.2,0.4,0.7' },
      gain: { type: 'string' },
      slack: { type: 'string' },
      preset: { type: 'string', default: 'quality' },
      base: { type: 'string', default: 'dearest' },
    },
  });
  if (values.corpus === undefined) throw new UsageError(usage);
  const whole = await readCorpus(values.corpus);
  const rows = whole.rows
    .filter(({ id }) => values.half === 'all' || halfOf(id) === values.half)
    .slice(0, Number(values.limit ?? Infinity));
  const corpus = { ...whole, rows };
  const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
  const pacer: PacerSettings = {
    ...shippedPacer,
    ...(values.gain !== undefined && { gain: Number(values.gain) }),
    ...(values.slack !== undefined && { slack: Number(values.slack) }),
  };
  const weights = values.preset === 'balanced' ? presets.balanced : presets.quality;
  const dayOf = (seed: number): Day => {
    const order = orderOf(corpus, seed);
    const features = describeCorpus(corpus, 'hash', { own: undefined, others: undefined }, order);
    return { corpus, features, order, seed, weights, budgetUsd: Infinity, pacer, priceAt: () => 1 };
  };
  console.log(
    `${corpus.name}, half ${values.half}: ${String(rows.length)} requests a day, ${String(seeds.length)} days, ` +
      `preset ${values.preset}, gain ${String(pacer.gain)}, slack ${String(pacer.slack)}`,
  );
  const days = seeds.map(dayOf);
  // What a router spends that doesn't look at cost at all.
  const free = days.map((day) => spendDay({ ...day, weights: qualityAlone }));
  const freeQuality = mean(free.map(({ quality01 }) => quality01));
  const bases = {
    dearest: ['the dearest model alone', () => whole.dearestMeanUsd * rows.length],
    free: ['without a look at cost', () => mean(free.map(({ spentUsd }) => spentUsd))],
    preset: ['the preset without a budget', () => mean(days.map((day) => spendDay(day).spentUsd))],
  } as const;
  const [baseName, baseUsd] = bases[parseBase(values.base)];
  const freeUsd = baseUsd();
  console.log(
    `  100 %, ${baseName}: $${freeUsd.toFixed(4)}; without a look at cost quality ${freeQuality.toFixed(4)}`,
  );
  if (values.only !== 'shocks')
    for (const share of values.shares.split(',').map(Number)) {
      const budgetUsd = share * freeUsd;
      const paced = days.map((day) => spendDay({ ...day, budgetUsd }));
      const unpaced = days.map((day) => spendDay({ ...day, budgetUsd, pacer: undefined }));
      const quality = paced.map(({ quality01 }) => quality01);
      const perRequestUsd = budgetUsd / rows.length;
      const mix = bestFixedMix(corpus, perRequestUsd);
      console.log(
        `  ${String(Math.round(100 * share)).padStart(3)} %: spent ${percents(paced.map(({ spentUsd }) => spentUsd / budgetUsd))} of it, ` +
          `quality ${mean(quality).toFixed(4)} (${percent(mean(quality) / freeQuality)} of the above), ` +
          `less the best fixed mix of two ${interval(quality.map((each) => each - mix))}; ` +
          `in hindsight at most ${hindsightBound(corpus, perRequestUsd, 'domain').toFixed(4)} by benchmark ` +
          `(${percent(hindsightBound(corpus, perRequestUsd, 'domain') / freeQuality)}) and the fixed mix ${percent(mix / freeQuality)}; ` +
          `without pacer ${mean(unpaced.map(({ quality01 }) => quality01)).toFixed(4)}; ` +
          `refused ${mean(paced.map(({ refused }) => refused)).toFixed(1)}, cut ${mean(paced.map(({ cut }) => cut)).toFixed(1)}, ` +
          `multiplier up to ${Math.max(...paced.map(({ highestMultiplier }) => highestMultiplier)).toFixed(0)}`,
      );
    }
  if (values.only !== 'shares')
    for (const [name, factor] of [
      ['steady prices', 1],
      ['prices that double at noon', 2],
      ['prices that fall tenfold at noon', 0.1],
    ] as const) {
      const priceAt = (step: number): number => (step < rows.length / 2 ? 1 : factor);
      const wanted = days.map((day) => spendDay({ ...day, priceAt }));
      const budgetUsd = mean(wanted.map(({ spentUsd }) => spentUsd)) / 2;
      // What a router spends after noon that doesn't look at cost at all.
      const careless = days.map((day) => spendDay({ ...day, priceAt, weights: qualityAlone }));
      const all = days.map((day) => spendDay({ ...day, priceAt, budgetUsd }));
      const dearest = Math.max(...rows.flatMap(({ costUsd }) => [...costUsd])) * Math.max(1, factor);
      const within = all.filter(
        ({ spentUsd }) => budgetUsd - spentUsd <= Math.max(0.02 * budgetUsd, dearest),
      );
      const over = all.filter(({ spentUsd }) => spentUsd > budgetUsd * (1 + 1e-9));
      console.log(
        `  ${name}, demand twice the budget: spent ${percents(all.map(({ spentUsd }) => spentUsd / budgetUsd))} of it; ` +
          `within 2 % or one request on ${String(within.length)} of ${String(all.length)} days, over it on ${String(over.length)}; ` +
          `with no look at cost after noon it would be ${percents(
            all.map(({ noonUsd }, index) => {
              const { spentUsd, noonUsd: before } = need(careless[index]);
              return Math.min(1, (noonUsd + spentUsd - before) / budgetUsd);
            }),
          )}; ` +
          `nothing held back in ${percent(mean(all.map(({ freeAfterNoon01 }) => freeAfterNoon01)))} of the requests after noon; ` +
          `refused ${mean(all.map(({ refused }) => refused)).toFixed(1)}, cut ${mean(all.map(({ cut }) => cut)).toFixed(1)}`,
      );
    }
}

function parseBase(base: string): 'dearest' | 'free' | 'preset' {
  if (base === 'dearest' || base === 'free' || base === 'preset') return base;
  throw new UsageError(usage);
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('There is no such day.');
  return value;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function percents(values: readonly number[]): string {
  return `${percent(Math.min(...values))} to ${percent(Math.max(...values))}`;
}

/** Mean of the pairs, with its 95 % interval. */
function interval(values: readonly number[]): string {
  const half = studentT975(values.length - 1) * standardError(values);
  return `${mean(values).toFixed(4)} ± ${half.toFixed(4)}`;
}

await runCommand(main);
