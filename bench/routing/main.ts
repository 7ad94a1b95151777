import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Options } from './arguments';
import { parseArguments } from './arguments';
import { learningCurvesSvg, qualityCostSvg } from './charts';
import type { Corpus } from './corpus';
import type { PassTask } from './pass-task';
import { readMaterial } from './pass-task';
import { runPasses } from './pass-pool';
import { selectPolicies, withTuned } from './policies/catalogue';
import { qualityCostPoints } from './quality-cost';
import { pairedTable, progressLine, tableOf } from './report';
import type { PassRecord, Result } from './result';
import { reportOf, summarise } from './result';
import { meanRewards, rewardOfCorpus } from './reward';
import { runCommand } from './run-command';

/** Replays a corpus through Conduit's router and through others, and compares them. */
async function main(): Promise<void> {
  const options = parseArguments(process.argv.slice(2));
  const material = await readMaterial(options);
  const { corpus } = material;
  const policies = selectPolicies(corpus.models, options.policies).map(({ name }) => name);
  const results = withTuned(await resultsOf(policies, options, material));
  console.log(
    `${corpus.name}: ${String(corpus.rows.length)} prompts, ${String(corpus.models.length)} models`,
  );
  console.log(tableOf(results, options));
  if (results.some(({ policy }) => policy === 'conduit')) console.log(pairedTable(results, 'conduit'));
  if (options.json !== undefined) {
    await writeFile(options.json, `${JSON.stringify(reportOf(corpus, options, results), undefined, 1)}\n`);
  }
  if (options.svg !== undefined) await writeCharts(options.svg, corpus, results);
}

async function resultsOf(
  policies: readonly string[],
  options: Options,
  material: Awaited<ReturnType<typeof readMaterial>>,
): Promise<readonly Result[]> {
  const seeds = Array.from({ length: options.seeds }, (_, index) => index + 1);
  // By seed first: what is computed of a pass's order serves all policies.
  const tasks = seeds.flatMap((seed) =>
    policies.flatMap((policy) => options.lambdas.map((lambda): PassTask => ({ policy, lambda, seed }))),
  );
  const passes = new Map<string, PassRecord[]>();
  const keyOf = ({ policy, lambda }: Pick<PassTask, 'policy' | 'lambda'>): string =>
    `${policy} ${String(lambda)}`;
  let done = 0;
  await runPasses(tasks, material, options, ({ task, record }) => {
    const key = keyOf(task);
    passes.set(key, [...(passes.get(key) ?? []), record]);
    done += 1;
    progressLine(done, tasks.length, `seed ${String(task.seed)}, λ ${String(task.lambda)}, ${task.policy}`);
  });
  return options.lambdas.flatMap((lambda) => {
    const { corpus } = material;
    const rewards = meanRewards(corpus.models, corpus.rows, rewardOfCorpus(corpus, lambda));
    const bestSingleMeanReward = Math.max(...rewards);
    return policies.map((policy) =>
      summarise(passes.get(keyOf({ policy, lambda })) ?? [], { policy, lambda, bestSingleMeanReward }),
    );
  });
}

const curvePolicies = [
  'conduit',
  'linucb-same-space',
  'linucb-textbook',
  'linucb-paretobandit',
  'ucb1-tuned',
  'hard-switch',
  'best-single',
];

async function writeCharts(folder: string, corpus: Corpus, results: readonly Result[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = curvePolicies.filter((name) => results.some(({ policy }) => policy === name));
  const title = `${corpus.name}: mean reward so far, ${String(corpus.models.length)} models`;
  const file = (kind: string): string => path.join(folder, `${corpus.name}-${kind}.svg`);
  await writeFile(file('learning'), learningCurvesSvg(results, { title, policies: names }));
  const points = qualityCostPoints(corpus, results);
  await writeFile(
    file('quality-cost'),
    qualityCostSvg(points, { title: `${corpus.name}: quality and cost` }),
  );
}

await runCommand(main);
