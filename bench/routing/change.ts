import { newModelScenario, swapScenario } from './change-scenarios';
import type { NewModelOutcome, Setting } from './change-scenarios';
import type { Options } from './arguments';
import { parseArguments } from './arguments';
import { readMaterial } from './material';
import { describeCorpus } from './prompt-features';
import { progressLine } from './report';
import { orderOf } from './replay';
import { meanRewards, rewardOfCorpus } from './reward';
import { runCommand } from './run-command';
import { mean, standardError } from './statistics';

/** What the router does when models change places in mid-pass, and when one joins. */
async function main(): Promise<void> {
  const options = parseArguments(process.argv.slice(2));
  for (const [index] of options.corpora.entries()) await tellOfChange(options, index);
}

async function tellOfChange(options: Options, index: number): Promise<void> {
  const { corpus, vectors } = await readMaterial(options, index);
  console.log(
    `${corpus.name}: ${String(corpus.rows.length)} prompts, ${String(corpus.models.length)} models`,
  );
  const seeds = Array.from({ length: options.seeds }, (_, at) => options.firstSeed + at);
  for (const lambda of options.lambdas) {
    const rewards = meanRewards(corpus.models, corpus.rows, rewardOfCorpus(corpus, lambda));
    const total = seeds.length * (1 + corpus.models.length);
    let done = 0;
    const settingOf = (seed: number): Setting => {
      const features = describeCorpus(corpus, options.features, vectors, orderOf(corpus, seed));
      return { corpus, features, lambda, meanRewards: rewards };
    };
    const swaps = seeds.map((seed) => {
      progressLine((done += 1), total, `λ ${String(lambda)}, swap, seed ${String(seed)}`);
      return swapScenario(settingOf(seed), seed);
    });
    const ratio = swaps.map(({ after, fresh }) => after / fresh);
    console.log(
      `λ = ${String(lambda)}: best and worst model swapped in mid-pass; rewards of prompts 801–1,600 after it\n` +
        `  conduit ${stated(swaps.map(({ after }) => after))}   fresh router ${stated(swaps.map(({ fresh }) => fresh))}   ` +
        `never noticing ${stated(swaps.map(({ unnoticing }) => unnoticing))}\n` +
        `  conduit / fresh ${stated(ratio)}`,
    );
    console.log('  a model joins in mid-pass: pulls in its first 300 prompts, and share of the last 1,000');
    corpus.models.forEach((model, arm) => {
      const outcomes = seeds.map((seed) => {
        progressLine((done += 1), total, `λ ${String(lambda)}, ${model}, seed ${String(seed)}`);
        return newModelScenario(settingOf(seed), seed, arm);
      });
      const pulls = outcomes.map((outcome) => outcome.pulls).toSorted((a, b) => a - b);
      console.log(
        `  ${model.padEnd(36)} mean reward ${(rewards[arm] ?? 0).toFixed(3)}   pulls ${String(pulls[0])} to ` +
          `${String(pulls.at(-1))}, median ${String(pulls[Math.floor(pulls.length / 2)])}   ` +
          `under 5: ${few(outcomes)}   ` +
          `share ${mean(outcomes.map(({ shareLate }) => shareLate)).toFixed(3)}`,
      );
    });
  }
}

/** Of the passes in which it was tried less than five times, in how many prompts it could have been drawn. */
function few(outcomes: readonly NewModelOutcome[]): string {
  const passes = outcomes.filter(({ pulls }) => pulls < 5);
  if (passes.length === 0) return 'never';
  const contended = passes.map((each) => each.contended);
  return `${String(passes.length)} passes, a contender in at most ${String(Math.max(...contended))} of 300`;
}

function stated(values: readonly number[]): string {
  return `${mean(values).toFixed(4)} ± ${standardError(values).toFixed(4)}`;
}

await runCommand(main);
