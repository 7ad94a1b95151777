import { dot, principalComponents } from './pca';

/** A linear map from an encoder's vector to a few numbers: `matrix · (vector − mean)`. */
export interface Projection {
  /** Length: the encoder's. */
  readonly mean: Float32Array;
  /** `components` rows of the encoder's length, one after the other. */
  readonly matrix: Float32Array;
}

/**
 * The principal components of the anchors' vectors, all scaled by one factor so that the mean squared norm of a
 * projected anchor is 1: what the policy's ridge and exploration expect, whatever the encoder. Directions without
 * variance are zeros. Throws where there are no vectors.
 */
export function fitProjection(vectors: readonly Float32Array[], components: number): Projection {
  const { mean, directions, variances } = principalComponents(vectors, components);
  const spread = variances.reduce((sum, variance) => sum + variance, 0);
  // Unit vectors that differ at all differ by more than this.
  const scale = spread > 1e-12 ? 1 / Math.sqrt(spread) : 0;
  return {
    mean: Float32Array.from(mean),
    matrix: Float32Array.from(directions.flatMap((direction) => Array.from(direction, (x) => x * scale))),
  };
}

/** The vector in the projection's space: `components` numbers. Throws for a vector of another length. */
export function project({ mean, matrix }: Projection, vector: Float32Array): readonly number[] {
  if (vector.length !== mean.length) throw new Error('The vector is of another encoder.');
  const centred = Float64Array.from(vector, (value, j) => value - (mean[j] ?? 0));
  return Array.from({ length: matrix.length / mean.length }, (_, row) =>
    dot(matrix.subarray(row * mean.length, (row + 1) * mean.length), centred),
  );
}
