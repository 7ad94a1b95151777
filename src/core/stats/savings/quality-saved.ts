import type { QualityFacts, QualityQuestion, QualitySaved } from '../../terms/quality-savings';
import { believedQuality } from './believed-quality';
import { duelsOf } from './duels';
import { measuredQuality } from './measured-quality';

/** Two figures that stand beside each other, and are never added up. */
export function qualitySaved(question: QualityQuestion, facts: QualityFacts): QualitySaved {
  const { believed, choices, duels, ...counts } = facts;
  const measured = measuredQuality(choices, question.model);
  return {
    ...question,
    ...counts,
    believed: believedQuality(believed, question.model),
    measured,
    duels: duelsOf(duels),
  };
}
