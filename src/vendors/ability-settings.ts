import type { ModelAbility } from '../core/terms/ability';
import type { AbilityFigures } from './ability-figures';
import type { ModelName } from './model-name';

/**
 * What a setting for thinking in the name, and smaller weights, add to a model's ability and to the doubt about it. `own`:
 * the name of the model that is meant, where that has a setting already.
 */
export function otherThanPlain(
  read: ModelName,
  figures: AbilityFigures,
  own?: ModelName,
): Pick<ModelAbility, 'ability' | 'deviation'> {
  const weights = lost.find(({ bits }) => (read.bits ?? 16) <= bits);
  const setting = read.optional.find(({ kind }) => kind === 'effort')?.text;
  const has = own?.optional.some(({ kind }) => kind === 'effort') === true;
  const effort = setting === undefined || has ? 0 : effortFigure(setting, figures);
  return {
    ability: effort - (weights?.ability ?? 0),
    deviation: Math.hypot(weights?.deviation ?? 0, effort / 2),
  };
}

/** What weights of so few bits cost. The few figures there are don't tell 8 and 4 bits apart: these are cautious. */
const lost: readonly { readonly bits: number; readonly ability: number; readonly deviation: number }[] = [
  { bits: 2, ability: 0.45, deviation: 0.3 },
  { bits: 3, ability: 0.2, deviation: 0.2 },
  { bits: 4, ability: 0.08, deviation: 0.1 },
  { bits: 6, ability: 0.05, deviation: 0.05 },
  { bits: 8, ability: 0.03, deviation: 0.05 },
];

function effortFigure(setting: string, { efforts }: AbilityFigures): number {
  switch (setting) {
    case 'nonthinking':
    case 'instant':
      return efforts.none;
    case 'minimal':
    case 'low':
    case 'medium':
    case 'high':
      return efforts[setting];
    case 'xhigh':
      return efforts.high;
    default:
      return efforts.on;
  }
}
