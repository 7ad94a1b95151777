import type { Evidence } from '../terms/evidence';
import type { Read } from '../terms/saved';
import { readNumber, readNumbers, readShape } from '../terms/saved';
import { addOuterProduct, at } from './symmetric-matrix';

/** The sums of one arm's ridge regression; `ArmEvidence` says what each is. */
export interface ArmSums {
  weight: number;
  weightedQuality: number;
  weightedSquares: number;
  /** S, size × size, row by row. */
  readonly sums: Float64Array;
  readonly b: Float64Array;
  readonly s: Float64Array;
}

export function noSums(size: number): ArmSums {
  return {
    weight: 0,
    weightedQuality: 0,
    weightedSquares: 0,
    sums: new Float64Array(size * size),
    b: new Float64Array(size),
    s: new Float64Array(size),
  };
}

/** Puts `now` in the place of `before`, both of a pull with features `x`. Returns by how much the weight rose. */
export function amendSums(
  into: ArmSums,
  x: Float64Array,
  before: Evidence | undefined,
  now: Evidence | undefined,
): number {
  const [old, fresh] = [before ?? none, now ?? none];
  const weight = fresh.weight - old.weight;
  const quality = fresh.weight * fresh.quality - old.weight * old.quality;
  const { b, s, sums } = into;
  for (let index = 0; index < x.length; index += 1) {
    b[index] = at(b, index) + quality * at(x, index);
    s[index] = at(s, index) + weight * at(x, index);
  }
  into.weight += weight;
  into.weightedQuality += quality;
  into.weightedSquares += squareOf(fresh) - squareOf(old);
  if (weight !== 0) addOuterProduct(sums, x, weight);
  return weight;
}

/** Adds the sums of `other`, which are of as many features. */
export function addSums(into: ArmSums, other: ArmSums): void {
  into.weight += other.weight;
  into.weightedQuality += other.weightedQuality;
  into.weightedSquares += other.weightedSquares;
  for (const name of ['sums', 'b', 's'] as const) {
    const [own, more] = [into[name], other[name]];
    for (let index = 0; index < own.length; index += 1) own[index] = at(own, index) + at(more, index);
  }
}

/** As if every outcome had had `factor` times its weight. */
export function scaleSums(sums: ArmSums, factor: number): void {
  sums.weight *= factor;
  sums.weightedQuality *= factor;
  sums.weightedSquares *= factor;
  for (const own of [sums.sums, sums.b, sums.s])
    for (let index = 0; index < own.length; index += 1) own[index] = factor * at(own, index);
}

export function copyOfSums(of: ArmSums): ArmSums {
  const { weight, weightedQuality, weightedSquares, sums, b, s } = of;
  return { weight, weightedQuality, weightedSquares, sums: sums.slice(), b: b.slice(), s: s.slice() };
}

/**
 * The sums of other features as these have them: the first `common` of both are the same, of `size` and of which number
 * `bias` is the constant one; undefined: only that is, so only the arm's mean is left.
 */
export function translatedSums(of: ArmSums, common: number | undefined, size: number, bias: number): ArmSums {
  const { weight, weightedQuality, weightedSquares } = of;
  const into = { ...noSums(size), weight, weightedQuality, weightedSquares };
  if (common === undefined) {
    into.sums[bias * size + bias] = weight;
    into.b[bias] = weightedQuality;
    into.s[bias] = weight;
    return into;
  }
  const width = of.s.length;
  for (let row = 0; row < common; row += 1) {
    into.b[row] = at(of.b, row);
    into.s[row] = at(of.s, row);
    for (let column = 0; column < common; column += 1)
      into.sums[row * size + column] = at(of.sums, row * width + column);
  }
  return into;
}

/** As they were saved, of so many features; absent: of any number. */
export function readSums(features?: number): Read<ArmSums> {
  if (features === undefined) {
    return (value, at) => {
      const { s } = readShape<Pick<ArmSums, 's'>>({ s: readNumbers() })(value, at);
      return readSums(s.length)(value, at);
    };
  }
  return readSumsOf(features);
}

function readSumsOf(size: number): Read<ArmSums> {
  return readShape<ArmSums>({
    weight: readNumber,
    weightedQuality: readNumber,
    weightedSquares: readNumber,
    sums: readNumbers(size * size),
    b: readNumbers(size),
    s: readNumbers(size),
  });
}

const none: Evidence = { quality: 0, weight: 0 };

function squareOf({ quality, weight }: Evidence): number {
  return weight * (0.5 + Math.sqrt(weight) * (quality - 0.5)) ** 2;
}
