import type { QualityCostPoint } from './charts';
import type { Corpus } from './corpus';
import type { Result } from './result';
import { mean } from './statistics';

/** Conduit at each λ, every single model and chance, by what they cost and how good their answers were. */
export function qualityCostPoints(corpus: Corpus, results: readonly Result[]): readonly QualityCostPoint[] {
  const conduit = results
    .filter(({ policy }) => policy === 'conduit')
    .toSorted((a, b) => a.lambda - b.lambda)
    .map(({ lambda, meanCostUsd, meanQuality }): QualityCostPoint => ({
      label: `λ ${String(lambda)}`,
      meanCostUsd,
      meanQuality01: meanQuality,
      kind: 'conduit',
    }));
  const singles = corpus.models.map((label, arm): QualityCostPoint => ({
    label: label.slice(label.lastIndexOf('/') + 1),
    meanCostUsd: mean(corpus.rows.map(({ costUsd }) => costUsd[arm] ?? Number.NaN)),
    meanQuality01: mean(corpus.rows.map(({ quality01 }) => quality01[arm] ?? Number.NaN)),
    kind: 'single',
  }));
  const chance: QualityCostPoint = {
    label: 'random',
    meanCostUsd: mean(singles.map(({ meanCostUsd }) => meanCostUsd)),
    meanQuality01: mean(singles.map(({ meanQuality01 }) => meanQuality01)),
    kind: 'random',
  };
  return [...conduit, ...singles, chance];
}
