import type { Corpus, CorpusRow } from '../../bench/routing/corpus';
import { pick, seededRandom } from '../core/seeded-random';
import { promptOfKind } from '../core/two-kinds-of-prompt';

/** Three models: one is good at code, one at prose, one is dear and good at neither. */
export const smallModels = ['coder', 'writer', 'dear'];

/** A corpus of `count` rows that needs no file. */
export function smallCorpus(count: number, seed = 1): Corpus {
  const random = seededRandom(seed);
  const rows = Array.from({ length: count }, (_, index): CorpusRow => {
    const kind = pick(['code', 'prose'] as const, random);
    const chances = kind === 'code' ? [0.9, 0.3, 0.4] : [0.2, 0.9, 0.4];
    return {
      id: String(index),
      domain: kind,
      prompt: promptOfKind(kind, random),
      quality01: Float64Array.from(chances, (chance) => (random() < chance ? 1 : 0)),
      costUsd: Float64Array.of(0.001, 0.001, 0.02),
    };
  });
  return { name: 'small', models: smallModels, rows, dearestMeanUsd: 0.02 };
}

/** The same as a file has it, a line for each row. */
export function linesOf({ rows, models }: Corpus): readonly string[] {
  return rows.map(({ id, domain, prompt, quality01, costUsd }) =>
    JSON.stringify({
      id,
      source: 'generated',
      domain,
      prompt,
      models: Object.fromEntries(
        models.map((model, arm) => [model, { quality: quality01[arm], cost_usd: costUsd[arm] }]),
      ),
    }),
  );
}
