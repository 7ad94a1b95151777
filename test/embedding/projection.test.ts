import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dot, principalComponents, symmetricEigen } from '../../src/embedding/pca';
import { fitProjection, project } from '../../src/embedding/projection';
import { projectionFingerprint, readProjection, writeProjection } from '../../src/embedding/projection-file';

const value = fc.double({ min: -2, max: 2, noNaN: true });

/** From 2 to 30 vectors of one length from 2 to 12. */
const cloud = fc.integer({ min: 2, max: 12 }).chain((length) =>
  fc.array(
    fc.array(value, { minLength: length, maxLength: length }).map((numbers) => Float32Array.from(numbers)),
    { minLength: 2, maxLength: 30 },
  ),
);

const squaredNorm = (vector: Float64Array): number => dot(vector, vector);

describe('principal components', () => {
  test('are orthonormal or zero, in order of their variance, with the largest coordinate positive', () => {
    fc.assert(
      fc.property(cloud, fc.integer({ min: 1, max: 6 }), (vectors, components) => {
        const { directions, variances } = principalComponents(vectors, components);
        expect(directions).toHaveLength(components);
        directions.forEach((a, i) => {
          const variance = variances[i]!;
          expect(squaredNorm(a)).toBeCloseTo(variance > 0 ? 1 : 0, 6);
          directions.slice(0, i).forEach((b) => expect(dot(a, b)).toBeCloseTo(0, 5));
          if (i > 0) expect(variance).toBeLessThanOrEqual(variances[i - 1]! + 1e-12);
          const largest = a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
          expect(a.find((x) => Math.abs(x) >= largest * (1 - 1e-9))).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  test('are turned alike where several coordinates are equally large but for rounding', () => {
    const along = (axis: number, length: number): Float32Array => {
      const vector = new Float32Array(9);
      vector[axis] = length;
      return vector;
    };
    const vectors = [along(6, 2), along(3, 2), along(4, -2), new Float32Array(9), new Float32Array(9)];
    const { directions, variances } = principalComponents(vectors, 3);
    expect(variances[2]).toBeGreaterThan(0);
    for (const direction of directions) {
      const largest = direction.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      expect(direction.find((x) => Math.abs(x) >= largest * (1 - 1e-9))).toBeGreaterThan(0);
    }
  });

  test('explain the variance that they claim', () => {
    fc.assert(
      fc.property(cloud, (vectors) => {
        const { mean, directions, variances } = principalComponents(vectors, 3);
        directions.forEach((direction, i) => {
          const measured = vectors.map(
            (vector) =>
              dot(
                Float64Array.from(vector, (x, j) => x - mean[j]!),
                direction,
              ) ** 2,
          );
          const variance = measured.reduce((sum, x) => sum + x, 0) / vectors.length;
          expect(variance).toBeCloseTo(variances[i]!, 6);
        });
      }),
    );
  });

  test('recover a plane that the vectors lie in, with more vectors than numbers and with fewer', () => {
    for (const [count, length] of [
      [200, 10],
      [20, 60],
    ] as const) {
      const random = seeded(7);
      const basis = [0, 1].map(() => Float64Array.from({ length }, () => random() - 0.5));
      const vectors = Array.from({ length: count }, () => {
        const [a, b] = [random() - 0.5, random() - 0.5];
        return Float32Array.from({ length }, (_, j) => 0.3 + a * 3 * basis[0]![j]! + b * basis[1]![j]!);
      });
      const { directions, variances } = principalComponents(vectors, 3);
      expect(variances[2]! / variances[0]!).toBeLessThan(1e-10);
      for (const axis of basis) {
        const inside = directions.slice(0, 2).reduce((sum, direction) => sum + dot(axis, direction) ** 2, 0);
        expect(inside / squaredNorm(axis)).toBeCloseTo(1, 6);
      }
    }
  });

  test('A·v = λ·v for every pair of a symmetric matrix', () => {
    const square = fc
      .integer({ min: 1, max: 8 })
      .chain((size) =>
        fc.array(fc.array(value, { minLength: size, maxLength: size }), { minLength: size, maxLength: size }),
      );
    fc.assert(
      fc.property(square, (numbers) => {
        const matrix = numbers.map((row, i) => Float64Array.from(row, (x, j) => (x + numbers[j]![i]!) / 2));
        for (const { value: eigenvalue, vector } of symmetricEigen(matrix)) {
          matrix.forEach((row, i) => expect(dot(row, vector)).toBeCloseTo(eigenvalue * vector[i]!, 8));
        }
      }),
    );
  });

  test('need vectors of one length', () => {
    expect(() => principalComponents([], 2)).toThrow();
    expect(() => principalComponents([Float32Array.of(1, 2), Float32Array.of(1)], 2)).toThrow();
  });
});

describe('a projection', () => {
  test('gives the anchors a mean squared norm of 1, unless they are all the same', () => {
    fc.assert(
      fc.property(cloud, (vectors) => {
        const projection = fitProjection(vectors, 3);
        const norms = vectors.map((vector) => project(projection, vector).reduce((sum, x) => sum + x * x, 0));
        const mean = norms.reduce((sum, x) => sum + x, 0) / norms.length;
        const spread = principalComponents(vectors, 3).variances.reduce((sum, x) => sum + x, 0);
        if (spread > 1e-6) expect(mean).toBeCloseTo(1, 2);
        else expect(Number.isFinite(mean)).toBe(true);
      }),
    );
  });

  test('is the same for the same vectors, and refuses one of another length', () => {
    const random = seeded(3);
    const vectors = Array.from({ length: 40 }, () => Float32Array.from({ length: 64 }, () => random()));
    const projection = fitProjection(vectors, 24);
    expect(fitProjection(vectors, 24)).toEqual(projection);
    expect(project(projection, vectors[0]!)).toHaveLength(24);
    expect(() => project(projection, Float32Array.of(1))).toThrow();
  });

  test('survives its file; a damaged file, or that of another space, is none', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'conduit-projection-'));
    const file = path.join(folder, 'projection.json');
    const projection = {
      mean: Float32Array.of(0.1, -2, 3e-9),
      matrix: Float32Array.of(1, 2, 3, 4, 5, 1 / 3),
    };
    expect(await readProjection(file, 'abc', 2)).toBeUndefined();
    await writeProjection(file, 'abc', projection);
    expect(await readProjection(file, 'abc', 2)).toEqual(projection);
    expect(await readProjection(file, 'abd', 2)).toBeUndefined();
    expect(await readProjection(file, 'abc', 3)).toBeUndefined();
    for (const damaged of [
      '',
      '{',
      'null',
      '{"fingerprint":"abc"}',
      '{"fingerprint":"abc","mean":"AAAA","matrix":"AA"}',
    ]) {
      writeFileSync(file, damaged);
      expect(await readProjection(file, 'abc', 2)).toBeUndefined();
    }
    await writeProjection(file, 'abc', { ...projection, mean: Float32Array.of(NaN, 1, 2) });
    expect(await readProjection(file, 'abc', 2)).toBeUndefined();
    rmSync(folder, { recursive: true });
  });

  test('has another name for another model or size', () => {
    const names = [
      projectionFingerprint('a', 24),
      projectionFingerprint('b', 24),
      projectionFingerprint('a', 16),
    ];
    expect(new Set(names).size).toBe(3);
    expect(names.every((name) => /^[\da-f]{6}$/.test(name))).toBe(true);
  });
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
