import type { ArmSums } from './arm-sums';

export interface SavedPool {
  readonly residuals: { readonly weight: number; readonly squares: number };
  readonly arms: readonly (readonly [string, ArmSums])[];
}

/** Reads what a pool's evidence was saved as. Throws a RangeError that says what is wrong with it. */
export function savedPool(text: string, features: number): SavedPool {
  const saved = parsed(text);
  if (saved['features'] !== features)
    throw new RangeError(
      `The policy was saved for ${String(saved['features'])} features, not ${String(features)}.`,
    );
  const residuals = objectOf(saved['residuals'], 'residuals');
  const arms: unknown = saved['arms'];
  if (!Array.isArray(arms)) throw new RangeError('The saved policy has no arms.');
  return {
    residuals: { weight: numberOf(residuals, 'weight'), squares: numberOf(residuals, 'squares') },
    arms: arms.map((pair: unknown) => armOf(pair, features)),
  };
}

function armOf(pair: unknown, features: number): readonly [string, ArmSums] {
  const [id, value] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
  if (typeof id !== 'string') throw new RangeError('An arm of the saved policy has no name.');
  const arm = objectOf(value, id);
  return [
    id,
    {
      weight: numberOf(arm, 'weight'),
      weightedQuality: numberOf(arm, 'weightedQuality'),
      weightedSquares: numberOf(arm, 'weightedSquares'),
      sums: numbersOf(arm, 'sums', features * features),
      b: numbersOf(arm, 'b', features),
      s: numbersOf(arm, 's', features),
    },
  ];
}

type Fields = Readonly<Record<string, unknown>>;

function parsed(text: string): Fields {
  try {
    return objectOf(JSON.parse(text), 'policy');
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new RangeError('The saved policy is no JSON.', { cause: error });
  }
}

function objectOf(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null) throw new RangeError(`The saved ${name} is no object.`);
  return value as Fields;
}

function numberOf(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new RangeError(`The saved ${name} is no number.`);
  return value;
}

function numbersOf(fields: Fields, name: string, count: number): Float64Array {
  const values: unknown = fields[name];
  const good =
    Array.isArray(values) && values.length === count && values.every((value) => Number.isFinite(value));
  if (!good) throw new RangeError(`The saved ${name} isn't ${String(count)} numbers.`);
  return Float64Array.from(values as readonly number[]);
}
