/** An amount at an axis: as few digits as tell it from its neighbours. */
export function usdTick(usd: number): string {
  if (usd === 0) return '$0';
  const digits = usd >= 1 ? (usd % 1 === 0 ? 0 : 2) : Math.min(6, 1 - Math.floor(Math.log10(usd)));
  return `$${String(Number(usd.toFixed(digits)))}`;
}

/** Round numbers from 0 to at least `most`, about so many. */
export function roundTicks(most: number, about: number): readonly number[] {
  const raw = most / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= raw) ?? raw;
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, index) => index * step);
}

/** Powers of ten between two amounts above 0, both included. */
export function decades(least: number, most: number): readonly number[] {
  const [first, last] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
}
