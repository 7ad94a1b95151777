import { writeFile } from 'node:fs/promises';
import { shippedSignals } from '../../src/core/reward/signal-table';
import type { Corpus } from '../routing/corpus';
import { readMaterial } from '../routing/material';
import type { PassFigures } from '../routing/pass-figures';
import { summarise } from '../routing/result';
import { meanRewards, rewardOfCorpus } from '../routing/reward';
import { runCommand } from '../routing/run-command';
import { withNames } from '../routing/run-report';
import { UsageError } from '../routing/usage-error';
import type { Options } from './arguments';
import { parseArguments } from './arguments';
import { passFiguresSchema } from './figures-schema';
import { outageRun } from './outage-run';
import type { SignalTask } from './pass-task';
import { signalPasses } from './pass-task';
import type { PassKey } from './pass-store';
import { openPassStore } from './pass-store';
import type { SignalCell } from './report';
import { reportOf } from './report';
import { hashOf, keyOfRun, keyOfTable } from './run-key';
import { runTasks } from './run-tasks';
import { nameOf, scenariosOf, tableOf } from './scenario';

/** Replays simulated developers, and says what each thing that they tell is worth to the router. */
async function main(): Promise<void> {
  const options = parseArguments(process.argv.slice(2));
  const corpora = await Promise.all(
    options.corpora.map(async (_, index) => (await readMaterial(options, index)).corpus),
  );
  const names = corpora.map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw new UsageError(`--corpus: expected files of different names, found ${names.join(', ')}.`);
  }
  const { text, results } = options.outages
    ? await outageRun(corpora, options)
    : await signalRun(corpora, options);
  console.log(text);
  if (options.json !== undefined) {
    const { corpora: _corpora, passes: _passes, json: _json, jobs: _jobs, ...settings } = options;
    await writeFile(
      options.json,
      `${JSON.stringify({ settings: withNames(settings), results }, undefined, 1)}\n`,
    );
  }
}

async function signalRun(
  corpora: readonly Corpus[],
  options: Options,
): Promise<{ readonly text: string; readonly results: readonly SignalCell[] }> {
  const scenarios = scenariosOf(options, shippedSignals);
  const seeds = Array.from({ length: options.seeds }, (_, index) => options.firstSeed + index);
  // By seed first: what is computed of a pass's order serves all scenarios.
  const tasks = corpora.flatMap((_, corpus) =>
    seeds.flatMap((seed) =>
      scenarios.flatMap((scenario) =>
        options.lambdas.map((lambda): SignalTask => ({ corpus, seed, scenario, lambda })),
      ),
    ),
  );
  const store = await openPassStore(options.passes, passFiguresSchema);
  const { signals: _signals, ...developer } = options.developer;
  const run = {
    ...keyOfRun(options),
    developer: hashOf(developer),
  };
  const done = await runTasks(
    tasks,
    options,
    signalPasses,
    store,
    ({ corpus, seed, scenario, lambda }): PassKey => {
      const told =
        scenario.column === undefined || scenario.only !== undefined ? '' : options.signals.join(' ');
      return {
        corpus: corpora[corpus]?.name ?? '',
        seed,
        lambda,
        scenario: nameOf(scenario),
        ...run,
        signals: told,
        table: keyOfTable(tableOf(scenario, shippedSignals)),
      };
    },
  );
  const passes = Map.groupBy(done, ({ task }) => keyOfResult(task));
  const cells = corpora.map((corpus, index): SignalCell => {
    const { name, models, rows } = corpus;
    const results = options.lambdas.flatMap((lambda) => {
      const bestSingleMeanReward = Math.max(...meanRewards(models, rows, rewardOfCorpus(corpus, lambda)));
      return scenarios.map((scenario) => {
        const own = passes.get(keyOfResult({ corpus: index, lambda, scenario })) ?? [];
        const figures = own.map((each): PassFigures => each.figures);
        return summarise(figures, { policy: nameOf(scenario), lambda, bestSingleMeanReward });
      });
    });
    return { corpus: { name, models }, rows: rows.length, results };
  });
  const tried = new Set(store.keys().map(({ table }) => table)).size;
  const count = `${String(tried)} ${tried === 1 ? 'table of signals was' : 'tables of signals were'} tried.`;
  return { text: `${reportOf(cells, options)}\n${count}`, results: cells };
}

function keyOfResult({ corpus, lambda, scenario }: Omit<SignalTask, 'seed'>): string {
  return JSON.stringify([corpus, lambda, nameOf(scenario)]);
}

await runCommand(main);
