import { appendFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { list, numbers, whole } from '../routing/argument-values';
import type { DoneTask } from '../routing/pass-pool';
import { runPasses } from '../routing/pass-pool';
import { runCommand } from '../routing/run-command';
import { UsageError } from '../routing/usage-error';
import { text, valuesOf } from '../routing/walk-arguments';
import type { Look } from './looks';
import { reportOf } from './report';
import { tellings } from './telling';
import type { CampaignOptions, WalkTask } from './walk-task';
import { walkTasks } from './walk-task';

const usage = `npm run bench:savings -- --corpus A,B,… [--runs 20] [--first-seed 1] [--share 0.05] [--feedback 0.05,0.4]
  [--looks 100,500,2000] [--tellings all,random,explained,quality] [--jobs 2] [--bug true] [--json FILE]

How often the page's figures of quality hold where the truth is known. Runs of other seeds can be made elsewhere, or later.`;

/** Replays the router over corpora, and holds what the page says against what is true. */
async function main(): Promise<void> {
  const given = valuesOf(process.argv.slice(2), {
    ...{ corpus: text, runs: text, 'first-seed': text, share: text, feedback: text, looks: text },
    ...{ tellings: text, jobs: text, bug: text, json: text },
  });
  if (given.corpus === undefined) throw new UsageError(usage);
  const isShare = (x: number): boolean => x > 0 && x < 1;
  const [share = 0.05] = numbers('share', given.share ?? '0.05', 'a share above 0 and below 1', isShare);
  const options: CampaignOptions = {
    corpora: list('corpus', given.corpus),
    runs: whole('runs', given.runs ?? '20', 1),
    firstSeed: whole('first-seed', given['first-seed'] ?? '1', 1),
    share,
    feedbacks: numbers('feedback', given.feedback ?? '0.05,0.4', 'shares above 0 and below 1', isShare),
    looks: numbers('looks', given.looks ?? '100,500,2000', 'numbers of requests', (x) => x >= 1),
    bug: given.bug === 'true',
    jobs: whole('jobs', given.jobs ?? '2', 1),
  };
  const wanted = list('tellings', given.tellings ?? tellings.join(','));
  const ways = tellings
    .filter((telling) => wanted.includes(telling))
    .flatMap((telling): readonly Pick<WalkTask, 'telling' | 'feedback'>[] =>
      (telling === 'all' ? [1] : options.feedbacks).map((feedback) => ({ telling, feedback })),
    );
  const seeds = Array.from({ length: options.runs }, (_, run) => options.firstSeed + run);
  const tasks = seeds.flatMap((seed) =>
    options.corpora.flatMap((_, corpus) => ways.map((way): WalkTask => ({ corpus, seed, ...way }))),
  );
  const done: DoneTask<WalkTask, readonly Look[]>[] = [];
  await runPasses(tasks, options, walkTasks, (each) => {
    done.push(each);
    if (given.json !== undefined) void appendFile(given.json, `${JSON.stringify(each)}\n`);
  });
  const inOrder = tasks.flatMap((task) =>
    done.filter((each) => JSON.stringify(each.task) === JSON.stringify(task)),
  );
  console.log(options.corpora.map((path, index) => `${String(index)}: ${basename(path)}`).join('\n'));
  console.log(reportOf(inOrder, options));
}

await runCommand(main);
