import { drawAxes, linearAxis } from './axis';
import type { Cell } from './cell';
import { lambdasOf, resultOf } from './cell';
import { placeLabels } from './label-layout';
import type { Pair } from './over-cells';
import { meanOver } from './over-cells';
import type { PriorsKind } from './priors';
import { nameWith } from './priors';
import { seriesStyle, px, svgDocument, svgPath, svgText, textWidth } from './svg';

/** What one setting of the router gains by a table that is right, and loses by one that is wrong. */
export interface FrontierPoint {
  readonly label: string;
  /** Mean reward with the table less that with none, over the first 250 prompts. */
  readonly gain: number;
  /** Mean reward with none less that with the worst of the wrong priors that were run, over the same. */
  readonly harm: number;
}

const wrongKinds: readonly PriorsKind[] = ['reversed', 'random', 'unknown'];

/** A point for `conduit` and for each set; none unless priors are `table`, `off` and one that is wrong, among others. */
export function frontierPoints(
  cells: readonly Cell[],
  priors: readonly PriorsKind[],
): readonly FrontierPoint[] {
  const wrong = wrongKinds.filter((kind) => priors.includes(kind));
  if (wrong.length === 0 || !priors.includes('table') || !priors.includes('off')) return [];
  const policies = new Set(cells[0]?.results.map(({ policy }) => policy));
  const bases = [...policies].filter((name) => /^(?:conduit$|set:(?!.*-priors-))/.test(name));
  return bases.map((base) => {
    const gainOf = (kind: PriorsKind): number =>
      meanOver(pairsOf(cells, base, kind, priors[0]), '0-250').value;
    return {
      label: base.replace(/^set:/, ''),
      gain: gainOf('table'),
      harm: Math.max(...wrong.map((kind) => -gainOf(kind))),
    };
  });
}

function pairsOf(
  cells: readonly Cell[],
  base: string,
  kind: PriorsKind,
  first: PriorsKind | undefined,
): readonly Pair[] {
  return cells.flatMap((cell) =>
    lambdasOf(cell).flatMap((lambda): readonly Pair[] => {
      const [a, b] = ([kind, 'off'] as const).map((each) =>
        resultOf(cell, nameWith(base, each, first), lambda),
      );
      return a === undefined || b === undefined ? [] : [[a, b]];
    }),
  );
}

const width = 880;
const plot = { x: 64, y: 72, width: 796, height: 380 } as const;

/** Gain by harm: higher and further left is better. Those that no other beats in both are joined, and in bold. */
export function frontierSvg(points: readonly FrontierPoint[], title: string): string {
  const x = linearAxis([0, ...points.map(({ harm }) => harm)], 0.1);
  const y = linearAxis([0, ...points.map(({ gain }) => gain)], 0.1);
  const best = new Set(unbeaten(points));
  const dots = points.map((point) => ({
    point,
    at: [plot.x + x.at(point.harm) * plot.width, plot.y + (1 - y.at(point.gain)) * plot.height] as const,
  }));
  const line = dots
    .filter(({ point }) => best.has(point))
    .map(({ at }) => at)
    .toSorted(([a], [b]) => a - b);
  const spots = placeLabels(
    dots.map(({ point, at }) => ({ at, width: textWidth(point.label), height: 15 })),
    plot,
    [],
  );
  const [frontier, others] = [seriesStyle(0), seriesStyle(6)];
  return svgDocument(width, plot.y + plot.height + 56, title, [
    svgText(20, 32, title, { kind: 'title' }),
    ...drawAxes(plot, { x, y, xName: 'Loss by the worst of the wrong priors', yName: 'Gain by the table' }),
    ...(line.length > 1 ? [svgPath(line, `class="${frontier.line}" stroke-width="2.5"`)] : []),
    ...dots.flatMap(({ point, at: [left, top] }, index) => {
      const box = spots[index]?.box;
      const { fill } = best.has(point) ? frontier : others;
      const kind = best.has(point) ? 'strong' : 'soft';
      const label = box && svgText(box.x, box.y + box.height - 3, point.label, { kind });
      return [
        ...(label === undefined ? [] : [label]),
        `<circle class="${fill}" cx="${px(left)}" cy="${px(top)}" r="4"/>`,
      ];
    }),
  ]);
}

/** Points than which no other has both more gain and less harm. */
export function unbeaten(points: readonly FrontierPoint[]): readonly FrontierPoint[] {
  return points.filter(
    ({ gain, harm }) =>
      !points.some(
        (other) => other.gain >= gain && other.harm <= harm && (other.gain > gain || other.harm < harm),
      ),
  );
}
