import { drawAxes, linearAxis, logUsdAxis } from './axis';
import type { LabelSpot, Point } from './label-layout';
import { boxesAlong, placeLabels, spread } from './label-layout';
import type { Result } from './result';
import type { PointKind } from './point-kinds';
import { conduitLine, legend, marker } from './point-kinds';
import type { Box } from './svg';
import { seriesStyle, svgDocument, svgPath, svgText, textWidth } from './svg';

const width = 880;
const margin = { left: 64, right: 20, top: 84, bottom: 56 } as const;
const lineHeight = 17;

/**
 * A panel for each λ: the mean reward of all steps so far, by step, a line for each of `policies` that has a result.
 * Every line ends in a label with its own stroke, its name and its last value: these are the legend. The first
 * policy is drawn boldest, so name the one that it is about first.
 */
export function learningCurvesSvg(
  results: readonly Result[],
  { title, policies }: { readonly title: string; readonly policies: readonly string[] },
): string {
  const shown = results.filter(({ policy }) => policies.includes(policy));
  const labelWidth = Math.max(0, ...shown.map((result) => textWidth(labelOf(result)))) + 56;
  const panelHeight = Math.max(260, policies.length * lineHeight + 20);
  const plotWidth = Math.max(320, width - margin.left - margin.right - labelWidth);
  const groups = [...Map.groupBy(shown, ({ lambda }) => lambda)].toSorted(([a], [b]) => a - b);
  const panels = groups.map(([lambda, group], index) => {
    const plot = {
      x: margin.left,
      y: margin.top + index * (panelHeight + margin.bottom + 40),
      width: plotWidth,
      height: panelHeight,
    };
    return curvePanel(plot, lambda, group, policies);
  });
  const height = margin.top + groups.length * (panelHeight + margin.bottom + 40) - 40;
  const wholeWidth = margin.left + plotWidth + labelWidth + margin.right;
  return svgDocument(wholeWidth, height, title, [
    svgText(20, 32, title, { kind: 'title' }),
    ...panels.flat(),
  ]);
}

function curvePanel(
  plot: Box,
  lambda: number,
  group: readonly Result[],
  policies: readonly string[],
): readonly string[] {
  const x = linearAxis([0, ...group.map(({ steps }) => steps)], 0);
  const y = linearAxis(group.flatMap(({ curve }) => curve));
  const bottom = plot.y + plot.height;
  const bySeries = group.toSorted((a, b) => policies.indexOf(a.policy) - policies.indexOf(b.policy));
  const lines = bySeries.map((result) => ({
    result,
    series: policies.indexOf(result.policy),
    points: result.curve.map((reward, index) => {
      const step = Math.ceil(((index + 1) * result.steps) / result.curve.length);
      return [plot.x + x.at(step) * plot.width, bottom - y.at(reward) * plot.height] as const;
    }),
  }));
  const wanted = lines.map(({ points }) => points.at(-1)?.[1] ?? bottom);
  const heights = spread(wanted, lineHeight, plot.y + 4, bottom - 4);
  const start = plot.x + plot.width;
  const drawn = lines.map(({ result, series, points }, index) => {
    const { line, dash } = seriesStyle(series);
    const stroke = `class="${line}" stroke-linejoin="round" stroke-width="${series === 0 ? 3 : 1.6}"${dash}`;
    const [from, to] = [wanted[index] ?? bottom, heights[index] ?? bottom];
    return [
      svgPath(points, stroke),
      svgPath(
        [
          [start + 1, from],
          [start + 14, to],
        ],
        'class="edge"',
      ),
      svgPath(
        [
          [start + 16, to],
          [start + 42, to],
        ],
        stroke,
      ),
      svgText(start + 48, to + 4, labelOf(result), series === 0 ? { kind: 'strong' } : {}),
    ];
  });
  return [
    ...drawAxes(plot, { x, y, xName: 'prompts', yName: `Mean reward so far, λ = ${String(lambda)}` }),
    // The boldest last, on top of the others.
    ...drawn.toReversed().flat(),
  ];
}

function labelOf({ policy, meanReward }: Result): string {
  return `${policy} ${meanReward.toFixed(3)}`;
}

export type { PointKind } from './point-kinds';

export interface QualityCostPoint {
  readonly label: string;
  readonly meanCostUsd: number;
  readonly meanQuality01: number;
  readonly kind: PointKind;
}

/**
 * Quality by cost, higher and further left is better. Points of kind `conduit` are joined in the order given, by
 * rising λ; every point has its label, and the kinds that occur are named in a legend.
 */
export function qualityCostSvg(
  points: readonly QualityCostPoint[],
  { title }: { readonly title: string },
): string {
  const plot = { x: margin.left, y: 112, width: width - margin.left - margin.right, height: 380 };
  const longest = Math.max(0, ...points.map(({ label }) => textWidth(label)));
  const x = logUsdAxis(
    points.map(({ meanCostUsd }) => meanCostUsd),
    Math.min(0.25, longest / plot.width),
  );
  const y = linearAxis(
    points.map(({ meanQuality01 }) => meanQuality01),
    0.1,
  );
  const dots = points.map((point) => ({
    point,
    at: [
      plot.x + x.at(point.meanCostUsd) * plot.width,
      plot.y + (1 - y.at(point.meanQuality01)) * plot.height,
    ] as const,
  }));
  const curve = dots.filter(({ point }) => point.kind === 'conduit').map(({ at }) => at);
  const spots = placeLabels(
    dots.map(({ point, at }) => ({ at, width: textWidth(point.label), height: 15 })),
    plot,
    boxesAlong(curve),
  );
  const labels = dots.flatMap(({ point, at }, index) => {
    const spot = spots[index];
    return spot === undefined ? [] : drawLabel(point, at, spot);
  });
  return svgDocument(width, plot.y + plot.height + margin.bottom, title, [
    svgText(20, 32, title, { kind: 'title' }),
    ...legend(new Set(points.map(({ kind }) => kind))),
    ...drawAxes(plot, { x, y, xName: 'Mean cost of a request (logarithmic)', yName: 'Mean quality' }),
    ...(curve.length > 1 ? [svgPath(curve, `class="${conduitLine}" stroke-width="2.5"`)] : []),
    ...labels,
    ...dots.map(({ point, at }) => marker(point.kind, at)),
  ]);
}

/** The text on the side of its box that is nearer to the point: boxes are wider than their text. */
function drawLabel(
  { label, kind }: QualityCostPoint,
  [x]: Point,
  { box, leader }: LabelSpot,
): readonly string[] {
  const weight = kind === 'conduit' ? 'strong' : '';
  const baseline = box.y + box.height - 3;
  const text =
    box.x >= x
      ? svgText(box.x, baseline, label, { anchor: 'start', kind: weight })
      : box.x + box.width <= x
        ? svgText(box.x + box.width, baseline, label, { anchor: 'end', kind: weight })
        : svgText(box.x + box.width / 2, baseline, label, { anchor: 'middle', kind: weight });
  return leader === undefined ? [text] : [svgPath(leader, 'class="leader"'), text];
}
