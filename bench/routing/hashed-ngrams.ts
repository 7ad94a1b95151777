/** FNV-1a, 32 bits. */
const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

const shortestGram = 3;
const longestGram = 5;
/** Longer prompts are described by their beginning: the rest hardly changes the direction, only the time. */
const longestText = 4_000;

/**
 * Word 1- and 2-grams and character 3- to 5-grams, hashed with signs into `dimensions` numbers of unit length
 * (zeros for an empty text). Hashing with signs keeps inner products unbiased: Weinberger et al., Feature Hashing
 * for Large Scale Multitask Learning, ICML 2009. No vocabulary, no assets.
 */
export function hashedNgrams(text: string, dimensions: number): Float64Array {
  const vector = new Float64Array(dimensions);
  const normal = text.slice(0, longestText).toLowerCase().replace(/\s+/g, ' ').trim();
  addWords(normal, vector);
  addCharacterGrams(normal, vector);
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) return vector;
  const scale = 1 / Math.sqrt(squares);
  for (let index = 0; index < dimensions; index += 1) vector[index] = (vector[index] ?? 0) * scale;
  return vector;
}

function addWords(text: string, vector: Float64Array): void {
  let previous = 0;
  let hash = offsetBasis;
  let length = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index < text.length ? text.charCodeAt(index) : 32;
    if (code !== 32) {
      hash = Math.imul(hash ^ code, prime);
      length += 1;
      continue;
    }
    if (length === 0) continue;
    add(vector, hash, 2);
    if (previous !== 0) add(vector, Math.imul(previous, prime) ^ hash, 1);
    previous = hash;
    hash = offsetBasis;
    length = 0;
  }
}

function addCharacterGrams(text: string, vector: Float64Array): void {
  for (let start = 0; start < text.length; start += 1) {
    let hash = offsetBasis ^ 0x5bd1e995;
    const end = Math.min(start + longestGram, text.length);
    for (let index = start; index < end; index += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(index), prime);
      if (index - start + 1 >= shortestGram) add(vector, hash, 0.5);
    }
  }
}

function add(vector: Float64Array, hash: number, weight: number): void {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  const bucket = (mixed >>> 1) % vector.length;
  vector[bucket] = (vector[bucket] ?? 0) + ((mixed & 1) === 0 ? weight : -weight);
}
