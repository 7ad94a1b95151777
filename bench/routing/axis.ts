import type { Box } from './svg';
import { svgPath, svgText } from './svg';

export interface Tick {
  readonly value: number;
  readonly text: string;
}

export interface Axis {
  readonly ticks: readonly Tick[];
  /** Where a value is, from 0 at the axis' start to 1 at its end. */
  at(value: number): number;
}

/** From the least to the most of `values` with a little air, ticks at 1, 2 or 5 times a power of ten. */
export function linearAxis(values: readonly number[], air01 = 0.05): Axis {
  const { least, most } = extent(values);
  const air = (most - least || 1) * air01;
  const start = least - air;
  const end = most + air;
  const step = niceStep((end - start) / 6);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(start / step - 1e-9);
  const ticks = Array.from({ length: Math.floor(end / step + 1e-9) - first + 1 }, (_, index) => {
    const value = (first + index) * step;
    return { value, text: value.toFixed(digits) };
  });
  return { ticks, at: (value) => (value - start) / (end - start) };
}

/**
 * In powers of ten, for amounts of USD of 0 or more. A logarithm has no 0: what costs nothing stands at the start,
 * under a tick of its own, half a decade below the least that costs something. The last `room01` of the axis stays
 * free, for the labels of what costs most.
 */
export function logUsdAxis(values: readonly number[], room01: number): Axis {
  const positive = values.filter((value) => value > 0);
  const { least, most } = extent(positive.length > 0 ? positive.map(Math.log10) : [0]);
  const free = values.some((value) => value <= 0);
  const air = Math.max(0.15, (most - least) * 0.05);
  const start = least - (free ? 0.5 : air);
  const end = most + Math.max(air, ((most - start) * room01) / (1 - room01));
  const digits = digitsFor(end - start);
  const ticks: Tick[] = free ? [{ value: 0, text: '$0' }] : [];
  for (let decade = Math.floor(start); decade <= Math.ceil(end); decade += 1) {
    for (const digit of digits) {
      const value = digit * 10 ** decade;
      const log = Math.log10(value);
      if (log >= (free ? least - 0.1 : start) && log <= end)
        ticks.push({ value, text: usd(value, decade, digit) });
    }
  }
  const at = (value: number) => (value > 0 ? (Math.log10(value) - start) / (end - start) : free ? 0.02 : 0);
  return { ticks, at };
}

/** The grid, tick labels and names of both axes around `plot`. */
export function drawAxes(
  plot: Box,
  {
    x,
    y,
    xName,
    yName,
  }: { readonly x: Axis; readonly y: Axis; readonly xName: string; readonly yName: string },
): readonly string[] {
  const bottom = plot.y + plot.height;
  const right = plot.x + plot.width;
  return [
    ...y.ticks.flatMap(({ value, text }) => {
      const at = bottom - y.at(value) * plot.height;
      const line: readonly (readonly [number, number])[] = [
        [plot.x, at],
        [right, at],
      ];
      return [
        svgPath(line, 'class="grid"'),
        svgText(plot.x - 8, at + 4, text, { anchor: 'end', kind: 'soft' }),
      ];
    }),
    ...x.ticks.flatMap(({ value, text }) => {
      const at = plot.x + x.at(value) * plot.width;
      const mark: readonly (readonly [number, number])[] = [
        [at, bottom],
        [at, bottom + 5],
      ];
      return [
        svgPath(mark, 'class="edge"'),
        svgText(at, bottom + 19, text, { anchor: 'middle', kind: 'soft' }),
      ];
    }),
    svgPath(
      [
        [plot.x, plot.y],
        [plot.x, bottom],
        [right, bottom],
      ],
      'class="edge"',
    ),
    svgText(plot.x + plot.width / 2, bottom + 38, xName, { anchor: 'middle' }),
    // Above the axis rather than beside it, where it can be read without turning one's head.
    svgText(plot.x, plot.y - 10, yName),
  ];
}

/** So many ticks in each decade that their texts, on 800 pixels, stay clear of each other. */
function digitsFor(decades: number): readonly number[] {
  if (decades > 3) return [1];
  if (decades > 1.4) return [1, 2, 5];
  return decades > 0.7 ? [1, 2, 3, 5, 7] : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9];
}

function extent(values: readonly number[]): { readonly least: number; readonly most: number } {
  const known = values.filter(Number.isFinite);
  return known.length === 0 ? { least: 0, most: 1 } : { least: Math.min(...known), most: Math.max(...known) };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5].find((each) => each * power >= rough * 0.999) ?? 10;
  return factor * power;
}

function usd(value: number, decade: number, digit: number): string {
  return `$${value.toFixed(Math.max(0, -decade + (Number.isInteger(digit) ? 0 : 1)))}`;
}
