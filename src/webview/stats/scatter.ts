import * as l10n from '@vscode/l10n';
import { h } from '../dom';
import type { FromStats } from '../protocol/stats';
import type { ScatterView } from '../protocol/stats-board';
import { createChartFrame } from './chart-frame';
import { pictureOfDrawing } from './picture';
import { followPage, plotWidth } from './plot-style';
import { s } from './svg';
import { decades, roundTicks, usdTick } from './ticks';

/** What a request costs against how good the answers are, by model. */
export interface Scatter {
  readonly element: HTMLElement;
  show(view: ScatterView): void;
}

type Point = ScatterView['points'][number];

const height = 280;
const margin = { left: 44, right: 16, top: 12, bottom: 40 };
/** From so many times the cost on, a straight axis would show one model and a heap. */
const logarithmicFrom = 25;

export function createScatter(post: (message: FromStats) => void): Scatter {
  let view: ScatterView | undefined;
  const title = l10n.t('Cost against quality');
  const holder = h('div', { class: 'chart' });
  const notes = h('ul', { class: 'reasons' });
  const chart = h('div', {}, holder, notes);
  const frame = createChartFrame({
    ...{ name: 'scatter', title, chart, hasTable: true, post },
    picture: () => pictureOfDrawing(holder),
  });
  followPage(holder, draw, draw);

  function draw(): void {
    if (view === undefined || view.points.length === 0) return;
    holder.replaceChildren(drawing(view, plotWidth(holder)));
  }

  return {
    element: frame.element,
    show: (next) => {
      view = next;
      frame.update(
        l10n.t(
          'Up is better, left is cheaper. The line joins the models that no other one beats in both; the diamond is where all answers together are. Upright lines span what is likely.',
        ),
        next.table,
        next.points.length === 0
          ? l10n.t('This needs answers whose cost is known and which were rated or used.')
          : undefined,
      );
      notes.replaceChildren(...next.notes.map((note) => h('li', {}, h('bdi', {}, note))));
      draw();
    },
  };
}

/** Where amounts are on the page, and which of them stand at the axis. */
function axisOf(points: readonly Point[], left: number, right: number) {
  const amounts = points.map(({ usd }) => usd).filter((usd) => usd > 0);
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
  if (amounts.length > 0 && most / least > logarithmicFrom) {
    const ticks = decades(least, most);
    const [low, high] = [Math.log10(ticks[0] ?? least), Math.log10(ticks.at(-1) ?? most)];
    const free = points.some(({ usd }) => usd === 0) ? 34 : 0;
    return {
      x: (usd: number) =>
        usd === 0
          ? left
          : left + free + ((Math.log10(usd) - low) / (high - low || 1)) * (right - left - free),
      ticks: free > 0 ? [0, ...ticks] : ticks,
    };
  }
  const ticks = roundTicks(amounts.length === 0 ? 1 : most, 4);
  const last = ticks.at(-1) ?? 1;
  return { x: (usd: number) => left + (usd / last) * (right - left), ticks };
}

function drawing({ points }: ScatterView, width: number): SVGElement {
  const { x, ticks } = axisOf(points, margin.left + 10, width - margin.right - 10);
  const y = (quality01: number): number =>
    margin.top + (1 - quality01) * (height - margin.top - margin.bottom);
  const bottom = y(0);
  const front = points.filter(({ kind }) => kind === 'front').toSorted((a, b) => a.usd - b.usd);
  return s(
    'svg',
    { class: 'scatter', width, height, role: 'img', 'aria-label': points.map(({ says }) => says).join(' ') },
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((quality01) => [
      s('line', {
        class: 'grid',
        x1: margin.left,
        x2: width - margin.right,
        y1: y(quality01),
        y2: y(quality01),
      }),
      s(
        'text',
        { class: 'tick', x: margin.left - 6, y: y(quality01) + 4, 'text-anchor': 'end' },
        quality01.toFixed(2),
      ),
    ]),
    ...ticks.flatMap((usd) => [
      s('line', { class: 'grid', x1: x(usd), x2: x(usd), y1: margin.top, y2: bottom }),
      s('text', { class: 'tick', x: x(usd), y: bottom + 16, 'text-anchor': 'middle' }, usdTick(usd)),
    ]),
    s(
      'text',
      { class: 'tick', x: width - margin.right, y: height - 6, 'text-anchor': 'end' },
      l10n.t('cost of a request'),
    ),
    s('text', { class: 'tick', x: 2, y: height - 6 }, l10n.t('↑ quality')),
    s('path', {
      class: 'front',
      d: front
        .map(
          ({ usd, quality01 }, index) =>
            `${index === 0 ? 'M' : 'L'}${x(usd).toFixed(1)} ${y(quality01).toFixed(1)}`,
        )
        .join(''),
    }),
    ...points.flatMap((point) => [
      s('line', {
        class: `range ${point.kind}`,
        x1: x(point.usd),
        x2: x(point.usd),
        y1: y(point.low01),
        y2: y(point.high01),
      }),
      markOf(point, x(point.usd), y(point.quality01)),
    ]),
    ...labelsOf(points, x, y, width),
  );
}

function markOf({ kind, says }: Point, x: number, y: number): SVGElement {
  const title = s('title', {}, says);
  return kind === 'mix'
    ? s('path', { class: 'mix', d: `M${String(x)} ${String(y - 7)}l7 7l-7 7l-7 -7Z` }, title)
    : s('circle', { class: kind, cx: x, cy: y, r: 5 }, title);
}

/** Beside their points, moved up or down where two would lie over each other. */
function labelsOf(
  points: readonly Point[],
  x: (usd: number) => number,
  y: (quality01: number) => number,
  width: number,
): readonly SVGElement[] {
  const taken: { readonly left: number; readonly right: number; readonly at: number }[] = [];
  return points
    .toSorted((a, b) => b.quality01 - a.quality01)
    .map(({ label, usd, quality01, kind }) => {
      const length = label.length * 7;
      const toLeft = x(usd) + 10 + length > width;
      const left = toLeft ? x(usd) - 10 - length : x(usd) + 10;
      let at = y(quality01) + 4;
      while (
        taken.some(
          (other) => left < other.right && left + length > other.left && Math.abs(at - other.at) < 14,
        )
      )
        at += 14;
      taken.push({ left, right: left + length, at });
      return s(
        'text',
        {
          class: `label ${kind}`,
          x: toLeft ? x(usd) - 10 : left,
          y: at,
          'text-anchor': toLeft ? 'end' : 'start',
        },
        label,
      );
    });
}
