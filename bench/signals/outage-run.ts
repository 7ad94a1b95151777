import { z } from 'zod';
import type { Corpus } from '../routing/corpus';
import { mean, standardError } from '../routing/statistics';
import { studentT975 } from '../routing/student-t';
import { aligned, bounds, fixed } from '../routing/text-table';
import type { Options } from './arguments';
import { figure } from './figures-schema';
import type { FailureRule, OutageFigures, OutageKind, OutageTask } from './outages';
import { failureRules, outageKinds, outagePasses, recovery, spanOf, tableBy } from './outages';
import { openPassStore } from './pass-store';
import { keyOfRun, keyOfTable } from './run-key';
import { runTasks } from './run-tasks';

const schema: z.ZodType<OutageFigures> = z.object({
  seed: z.number(),
  learntBefore: z.array(figure),
  learntAfter: z.array(figure),
  weightBefore: z.array(figure),
  weightAfter: z.array(figure),
  failedCalls: figure,
  rewardAfter: z.array(figure),
  shareAfter: z.array(figure),
});

/** What became of what was learnt, at one corpus and λ, by one rule. */
export interface OutageResult {
  readonly corpus: string;
  readonly lambda: number;
  readonly outage: OutageKind;
  readonly rule: FailureRule;
  readonly passes: readonly OutageFigures[];
  /** The passes with the same seeds in which nothing failed. */
  readonly without: readonly OutageFigures[];
}

/** Makes the passes with outages, and those without to compare with. */
export async function outageRun(
  corpora: readonly Corpus[],
  options: Options,
): Promise<{ readonly text: string; readonly results: readonly OutageResult[] }> {
  for (const { rows } of corpora) {
    const steps = Math.min(rows.length, options.steps ?? rows.length);
    for (const kind of outageKinds) spanOf(kind, steps, options.perHour);
  }
  const seeds = Array.from({ length: options.seeds }, (_, index) => options.firstSeed + index);
  const outages = ['none', ...outageKinds] as const;
  const tasks = corpora.flatMap((_, corpus) =>
    seeds.flatMap((seed) =>
      options.lambdas.flatMap((lambda) =>
        failureRules.flatMap((rule) =>
          outages.map((outage): OutageTask => ({ corpus, seed, lambda, rule, outage })),
        ),
      ),
    ),
  );
  const store = await openPassStore(options.passes, schema);
  const run = { ...keyOfRun(options), perHour: options.perHour, start: options.startMs };
  const done = await runTasks(
    tasks,
    options,
    outagePasses,
    store,
    ({ corpus, seed, lambda, rule, outage }) => ({
      corpus: corpora[corpus]?.name ?? '',
      seed,
      lambda,
      outage,
      rule,
      ...run,
      table: keyOfTable(tableBy(rule)),
    }),
  );
  const results = corpora.flatMap(({ name }, corpus) =>
    options.lambdas.flatMap((lambda) =>
      outageKinds.flatMap((outage) =>
        failureRules.map((rule): OutageResult => {
          const passesOf = (kind: OutageTask['outage']): readonly OutageFigures[] =>
            done
              .filter(
                ({ task }) =>
                  task.corpus === corpus &&
                  task.lambda === lambda &&
                  task.rule === rule &&
                  task.outage === kind,
              )
              .map(({ figures }) => figures);
          return { corpus: name, lambda, outage, rule, passes: passesOf(outage), without: passesOf('none') };
        }),
      ),
    ),
  );
  return { text: outageTable(results), results };
}

/** Plain text: a row for each corpus, λ, outage and rule. */
export function outageTable(results: readonly OutageResult[]): string {
  const rows = results.map(({ corpus, lambda, outage, rule, passes, without }) => {
    const kind = outageKinds.indexOf(outage);
    const lost = passes.map(
      ({ rewardAfter }, at) =>
        (rewardAfter[kind] ?? Number.NaN) - (without[at]?.rewardAfter[kind] ?? Number.NaN),
    );
    const margin = studentT975(lost.length - 1) * standardError(lost);
    const share = (of: readonly OutageFigures[]): string =>
      fixed(mean(of.map(({ shareAfter }) => shareAfter[kind] ?? Number.NaN)), 2);
    return [
      `${corpus}, λ ${String(lambda)}, ${outage}, ${rule}`,
      fixed(meanOfKnown(passes.flatMap(({ learntBefore }) => learntBefore)), 4),
      fixed(meanOfKnown(passes.flatMap(({ learntAfter }) => learntAfter)), 4),
      fixed(largestChange(passes, 'learntBefore', 'learntAfter'), 4),
      fixed(largestChange(passes, 'weightBefore', 'weightAfter'), 1),
      fixed(mean(passes.map(({ failedCalls }) => failedCalls)), 2),
      bounds(mean(lost), mean(lost) - margin, mean(lost) + margin),
      share(passes),
      share(without),
    ];
  });
  const header = [
    'outage, what a failure says',
    'learnt before',
    'after',
    'largest change',
    'of weight',
    'failed calls a request',
    `reward of the next ${String(recovery)} [95 %]`,
    'share hit',
    'without',
  ];
  const title =
    'What was learnt of the quality of the models that were hit; reward and share beside those of the same passes without an outage';
  return `${title}\n${aligned([header, ...rows])}`;
}

/** The most that a number of one model changed by, over all passes. One that isn't known on either side didn't change. */
function largestChange(
  passes: readonly OutageFigures[],
  before: 'learntBefore' | 'weightBefore',
  after: 'learntAfter' | 'weightAfter',
): number {
  const changes = passes.flatMap((pass) =>
    pass[before].map((value, at) => Math.abs((pass[after][at] ?? Number.NaN) - value)),
  );
  return Math.max(0, ...changes.filter((change) => !Number.isNaN(change)));
}

function meanOfKnown(values: readonly number[]): number {
  return mean(values.filter((value) => !Number.isNaN(value)));
}
