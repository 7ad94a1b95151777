import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Options } from './arguments';
import { parseArguments } from './arguments';
import { baselineTable, readBaseline } from './baseline';
import type { Cell } from './cell';
import { isOfRouter } from './cell';
import { learningCurvesSvg, qualityCostSvg } from './charts';
import { contestantsOf } from './contestants';
import type { Corpus } from './corpus';
import { frontierPoints, frontierSvg } from './frontier';
import type { PassFigures } from './pass-figures';
import type { PassTask } from './pass-task';
import { routingPasses } from './pass-task';
import { readMaterial } from './material';
import { runPasses } from './pass-pool';
import { isOfGrid, withTuned } from './policies/catalogue';
import { qualityCostPoints } from './quality-cost';
import { pairedTable, progressLine, tableOf } from './report';
import { summarise } from './result';
import { meanRewards, rewardOfCorpus } from './reward';
import { runCommand } from './run-command';
import { reportOf } from './run-report';
import { stuckTable } from './stuck';
import { summaryOf } from './summary';
import { exactPercent } from './text-table';
import { UsageError } from './usage-error';

/** Replays corpora through Conduit's router and through others, and compares them. */
async function main(): Promise<void> {
  const options = parseArguments(process.argv.slice(2));
  const baseline = options.baseline === undefined ? undefined : await readBaseline(options.baseline, options);
  const walks = await Promise.all(options.corpora.map((_, index) => walkOf(options, index)));
  const names = walks.map(({ corpus }) => corpus.name);
  if (new Set(names).size < names.length) {
    throw new UsageError(`--corpus: expected files of different names, found ${names.join(', ')}.`);
  }
  const cells = await cellsOf(walks, options);
  for (const cell of cells) print(cell, options);
  if (cells.length > 1 || options.priors.length > 1 || options.sets !== undefined) {
    console.log(summaryOf(cells, options.priors));
  }
  if (baseline !== undefined) console.log(baselineTable(cells, baseline));
  if (options.json !== undefined) {
    await writeFile(options.json, `${JSON.stringify(reportOf(options, cells), undefined, 1)}\n`);
  }
  if (options.svg !== undefined) {
    for (const cell of cells) {
      const corpus = walks.find((walk) => walk.corpus.name === cell.corpus.name)?.corpus;
      if (corpus !== undefined) await writeCharts(options.svg, corpus, cell, options);
    }
    await writeFrontiers(options.svg, cells, options);
  }
}

/** A corpus, and who walks over it. */
interface CorpusWalk {
  readonly corpus: Corpus;
  readonly policies: readonly string[];
}

async function walkOf(options: Options, index: number): Promise<CorpusWalk> {
  const material = await readMaterial(options, index);
  const contestants = await contestantsOf(material, options);
  return { corpus: material.corpus, policies: contestants.map(({ name }) => name) };
}

async function cellsOf(walks: readonly CorpusWalk[], options: Options): Promise<readonly Cell[]> {
  const seeds = Array.from({ length: options.seeds }, (_, index) => options.firstSeed + index);
  // By seed first: what is computed of a pass's order serves all policies.
  const tasks = walks.flatMap(({ policies }, corpus) =>
    seeds.flatMap((seed) =>
      policies.flatMap((policy) =>
        options.feedbacks.flatMap((feedback) =>
          options.lambdas.map((lambda): PassTask => ({ corpus, feedback, policy, lambda, seed })),
        ),
      ),
    ),
  );
  const passes = new Map<string, PassFigures[]>();
  const keyOf = ({ corpus, feedback, policy, lambda }: Omit<PassTask, 'seed'>): string =>
    JSON.stringify([corpus, feedback, policy, lambda]);
  let done = 0;
  await runPasses(tasks, options, routingPasses, ({ task, figures }) => {
    const key = keyOf(task);
    passes.set(key, [...(passes.get(key) ?? []), figures]);
    done += 1;
    const { seed, lambda, policy } = task;
    const where = walks[task.corpus]?.corpus.name ?? '';
    progressLine(done, tasks.length, `${where}, seed ${String(seed)}, λ ${String(lambda)}, ${policy}`);
  });
  return walks.flatMap(({ corpus, policies }, index) =>
    options.feedbacks.map((feedback): Cell => {
      const results = options.lambdas.flatMap((lambda) => {
        const rewards = meanRewards(corpus.models, corpus.rows, rewardOfCorpus(corpus, lambda));
        const bestSingleMeanReward = Math.max(...rewards);
        return policies.map((policy) =>
          summarise(passes.get(keyOf({ corpus: index, feedback, policy, lambda })) ?? [], {
            policy,
            lambda,
            bestSingleMeanReward,
          }),
        );
      });
      const { name, models, dearestMeanUsd } = corpus;
      const rows = corpus.rows.length;
      return { corpus: { name, models, dearestMeanUsd }, rows, feedback, results: withTuned(results) };
    }),
  );
}

function print({ corpus, rows, feedback, results }: Cell, options: Options): void {
  const half = options.half === 'all' ? '' : ` of half ${options.half}`;
  const steps = options.steps === undefined ? '' : `, the first ${String(options.steps)} of each pass`;
  console.log(
    `${corpus.name}: ${String(rows)} prompts${half}${steps}, ${String(corpus.models.length)} models`,
  );
  console.log(tableOf(results, { ...options, feedback }));
  if (results.some(({ policy }) => policy === 'conduit')) console.log(pairedTable(results, 'conduit'));
  if (results.some(({ policy }) => policy === 'conduit-before')) {
    const routers = results.filter(({ policy }) => isOfRouter(policy) || policy === 'conduit-before');
    console.log(pairedTable(routers, 'conduit-before'));
  }
  if (options.stuck) console.log(stuckTable(results.filter(({ policy }) => !isOfGrid(policy))));
}

const curvePolicies = [
  'conduit',
  'conduit-before',
  'linucb-same-space',
  'linucb-textbook',
  'linucb-paretobandit',
  'ucb1-tuned',
  'hard-switch',
  'best-single',
];

/** One for each feedback rate, where the priors and the policies make one. */
async function writeFrontiers(folder: string, cells: readonly Cell[], { priors }: Options): Promise<void> {
  for (const [feedback, group] of Map.groupBy(cells, (cell) => cell.feedback)) {
    const points = frontierPoints(group, priors);
    const title = `Priors right and wrong, first 250 prompts, ${exactPercent(feedback)} rated`;
    const file = path.join(folder, `frontier-feedback-${String(feedback)}.svg`);
    if (points.length > 0) await writeFile(file, frontierSvg(points, title));
  }
}

async function writeCharts(
  folder: string,
  corpus: Corpus,
  { results, feedback }: Cell,
  { feedbacks }: Options,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = curvePolicies.filter((name) => results.some(({ policy }) => policy === name));
  const title = `${corpus.name}: mean reward so far, ${String(corpus.models.length)} models`;
  const rate = feedbacks.length === 1 ? '' : `-feedback-${String(feedback)}`;
  const file = (kind: string): string => path.join(folder, `${corpus.name}-${kind}${rate}.svg`);
  await writeFile(file('learning'), learningCurvesSvg(results, { title, policies: names }));
  const points = qualityCostPoints(corpus, results);
  await writeFile(
    file('quality-cost'),
    qualityCostSvg(points, { title: `${corpus.name}: quality and cost` }),
  );
}

await runCommand(main);
