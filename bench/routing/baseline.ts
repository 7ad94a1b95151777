import { z } from 'zod';
import type { Options } from './arguments';
import type { Cell } from './cell';
import { cellName } from './cell';
import { CorpusError } from './corpus-error';
import { differencesHeader, differencesRow } from './report';
import type { Comparable, Result } from './result';
import { readJson } from './json-file';
import { aligned } from './text-table';
import { windowNames } from './windows';

/** JSON has null for NaN. */
const perSeed = z.array(
  z
    .number()
    .nullable()
    .transform((value) => value ?? Number.NaN),
);
const windows = z.object(
  Object.fromEntries(windowNames.map((name) => [name, z.object({ perSeed })])) as Record<
    (typeof windowNames)[number],
    z.ZodObject<{ perSeed: typeof perSeed }>
  >,
);
const schema = z.object({
  settings: z.object({
    half: z.string(),
    delay: z.number(),
    features: z.string(),
    limit: z.number().optional(),
    grow: z.number().optional(),
  }),
  cells: z.array(
    z.object({
      corpus: z.object({ name: z.string(), dearestMeanUsd: z.number(), models: z.array(z.string()) }),
      rows: z.number(),
      feedback: z.number(),
      results: z.array(
        z.object({
          policy: z.string(),
          lambda: z.number(),
          seeds: z.array(z.number()),
          steps: z.number(),
          perSeed,
          windows,
        }),
      ),
    }),
  ),
});

export type Baseline = z.infer<typeof schema>;

/** Reads what `--json` wrote. Throws CorpusError where it is something else, or of passes that were walked otherwise. */
export async function readBaseline(path: string, options: Options): Promise<Baseline> {
  const parsed = schema.safeParse(await readJson(path));
  if (!parsed.success) {
    throw new CorpusError(path, `expected what --json wrote\n${z.prettifyError(parsed.error)}`);
  }
  const { settings } = parsed.data;
  for (const name of ['half', 'delay', 'features', 'limit', 'grow'] as const) {
    if (settings[name] === options[name]) continue;
    const [now, then] = [options[name], settings[name]].map((value) => String(value ?? 'not given'));
    throw new CorpusError(path, `--${name} was ${then ?? ''} there and is ${now ?? ''} here`);
  }
  return parsed.data;
}

/**
 * Plain text, a block for each cell and λ that both have: what each policy has more than it had in the baseline, with
 * 95 % bounds, paired by seed. Throws RangeError where they have no policy in common, or passes of it that differ in
 * rows, length or seeds.
 */
export function baselineTable(cells: readonly Cell[], baseline: Baseline): string {
  const blocks = cells.flatMap((cell) => {
    const before = baseline.cells.find(
      ({ corpus, feedback }) => corpus.name === cell.corpus.name && feedback === cell.feedback,
    );
    if (before === undefined) return [];
    refuseOtherRows(cell, before);
    const pairs = cell.results.flatMap((now) => {
      const then = before.results.find(
        ({ policy, lambda }) => policy === now.policy && lambda === now.lambda,
      );
      return then === undefined ? [] : [{ now, then }];
    });
    return [...Map.groupBy(pairs, ({ now }) => now.lambda)].map(([lambda, group]) => {
      const rows = group.map(({ now, then }) => rowOf(now, then));
      const title = `${cellName(cell, lambda)}: difference from the baseline [95 % bounds]`;
      return `${title}\n${aligned([differencesHeader('now minus then'), ...rows])}`;
    });
  });
  if (blocks.length === 0) {
    throw new RangeError(
      'The baseline has no policy in common with this run at the same corpus, feedback and λ.',
    );
  }
  return blocks.join('\n');
}

function rowOf(now: Result, then: Comparable & { readonly steps: number }): readonly string[] {
  if (now.steps !== then.steps) {
    throw new RangeError(
      `${now.policy}: passes have ${String(now.steps)} steps here and ${String(then.steps)} in the baseline.`,
    );
  }
  return differencesRow(now.policy, now, then);
}

function refuseOtherRows(cell: Cell, before: Baseline['cells'][number]): void {
  const identity = ({ corpus, rows }: Pick<Cell, 'corpus' | 'rows'>): string =>
    JSON.stringify([rows, corpus.dearestMeanUsd, corpus.models]);
  if (identity(cell) === identity(before)) return;
  throw new RangeError(`${cell.corpus.name}: the rows or models of the baseline are others than those here.`);
}
