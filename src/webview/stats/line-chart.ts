import * as l10n from '@vscode/l10n';
import uPlot from 'uplot';
import { h } from '../dom';
import type { ChartMessage } from '../protocol/chart-messages';
import type { LineChartView } from '../protocol/stats-board';
import type { ChartFrame } from './chart-frame';
import { createChartFrame } from './chart-frame';
import { pictureOfCanvas } from './picture';
import { axisStyle, colourOf, dashOf, followPage, plotHeight, plotWidth, themeColour } from './plot-style';
import { usdTick } from './ticks';

/** Lines over time, or over the number of requests. */
export interface LineChart {
  readonly element: HTMLElement;
  show(view: LineChartView): void;
}

const daySeconds = 86_400;

export function createLineChart(
  name: string,
  title: string,
  empty: string,
  post: (message: ChartMessage) => void,
): LineChart {
  let plot: uPlot | undefined;
  let view: LineChartView | undefined;
  let drawn = '';
  const holder = h('div', { class: 'chart' });
  const canvasHolder = h('div', { role: 'img' });
  const legend = h('ul', { class: 'legend' });
  /** What the pointer is at, in the table's own texts. */
  const readout = h('p', { class: 'readout', 'aria-hidden': 'true' });
  holder.append(canvasHolder, readout, legend);
  const frame: ChartFrame = createChartFrame({
    ...{ name, title, chart: holder, hasTable: true, post },
    picture: () => {
      const canvas = canvasHolder.querySelector('canvas');
      return canvas === null ? undefined : pictureOfCanvas(canvas);
    },
  });
  followPage(holder, (size) => plot?.setSize(size), draw);

  function draw(): void {
    if (view === undefined) return;
    plot?.destroy();
    plot = new uPlot(optionsOf(view, plotWidth(holder), tellAt), dataOf(view), canvasHolder);
    legend.replaceChildren(...view.series.map(legendItem));
    legend.hidden = view.series.length < 2;
  }

  function tellAt(index: number | null | undefined): void {
    const row = index === null || index === undefined ? undefined : view?.table.rows[index];
    const columns = view?.table.columns ?? [];
    readout.textContent =
      row === undefined
        ? ''
        : row.map((cell, at) => (at === 0 ? cell : `${columns[at] ?? ''} ${cell}`)).join(' · ');
  }

  return {
    element: frame.element,
    show: (next) => {
      view = next;
      const known = next.series.some(({ values }) => values.some((value) => value !== null));
      frame.update(next.says, next.table, known ? undefined : empty);
      canvasHolder.setAttribute('aria-label', next.says);
      if (!known) return;
      const names = JSON.stringify([next.series.map(({ label }) => label), next.marks, next.unit]);
      if (plot !== undefined && names === drawn) return plot.setData(dataOf(next));
      drawn = names;
      draw();
    },
  };
}

/** A line that is but begun: of a demo, say. */
function isPoint(plot: uPlot, index: number): boolean {
  return (plot.data[index] ?? []).filter((value) => value !== null).length < 2;
}

function dataOf({ x, series }: LineChartView): uPlot.AlignedData {
  return [x, ...series.map(({ values }) => values)];
}

function optionsOf(
  { unit, over, series, marks, x }: LineChartView,
  width: number,
  tellAt: (index: number | null | undefined) => void,
): uPlot.Options {
  const axis = axisStyle();
  return {
    width,
    height: plotHeight,
    scales: {
      x: {
        time: over === undefined,
        ...(over === undefined &&
          x.length === 1 && { range: [(x[0] ?? 0) - daySeconds, (x[0] ?? 0) + daySeconds] }),
      },
      y: { range: unit === 'usd' ? (_, __, max) => [0, max > 0 ? max * 1.08 : 1] : [0, 1] },
    },
    legend: { show: false },
    cursor: { x: true, y: false, points: { show: false }, drag: { x: false, y: false, setScale: false } },
    axes: [
      {
        ...axis,
        size: 30,
        space: 70,
        values: (_, ticks, __, ___, step) =>
          ticks.map((tick) => (over === 'requests' ? String(tick) : timeTick(tick, step))),
      },
      {
        ...axis,
        // As wide as its longest amount: the least of them have many digits. Before the first drawing uPlot has none.
        size: (_, ticks: readonly string[] | null) =>
          Math.max(64, 20 + 8 * Math.max(0, ...(ticks ?? []).map(({ length }) => length))),
        values: (_, ticks) =>
          ticks.map((tick) =>
            unit === 'share'
              ? `${String(Math.round(tick * 100))} %`
              : unit === 'usd'
                ? usdTick(tick)
                : tick.toFixed(1),
          ),
      },
    ],
    series: [
      {},
      ...series.map(({ label, baseline }, index) => ({
        label,
        stroke: baseline ? themeColour('--vscode-descriptionForeground', '#888') : colourOf(index),
        width: baseline ? 1 : 2,
        dash: dashOf(index),
        spanGaps: true,
        // A single value makes no line.
        points: { show: isPoint },
      })),
    ],
    hooks: {
      setCursor: [(plot) => tellAt(plot.cursor.idx)],
      draw: [(plot) => marks.forEach((mark, index) => drawMark(plot, mark, index))],
    },
  };
}

const language = document.documentElement.lang || undefined;
const dayFormat = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
const hourFormat = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });

function timeTick(seconds: number, step: number): string {
  const date = new Date(seconds * 1_000);
  const midnight = date.getHours() === 0 && date.getMinutes() === 0;
  return step >= daySeconds || midnight ? dayFormat.format(date) : hourFormat.format(date);
}

/** Each is a line lower than the one before, so that two at one time can be read. */
function drawMark(plot: uPlot, { x, label }: LineChartView['marks'][number], index: number): void {
  const at = Math.round(plot.valToPos(x, 'x', true));
  const { ctx: context, bbox } = plot;
  if (at < bbox.left || at > bbox.left + bbox.width) return;
  const ratio = devicePixelRatio || 1;
  context.save();
  context.strokeStyle = context.fillStyle = themeColour('--vscode-foreground', '#888');
  context.lineWidth = ratio;
  context.setLineDash([2 * ratio, 3 * ratio]);
  context.beginPath();
  context.moveTo(at, bbox.top);
  context.lineTo(at, bbox.top + bbox.height);
  context.stroke();
  const { fontFamily } = getComputedStyle(document.body);
  context.font = `${String(11 * ratio)}px ${fontFamily}`;
  const right = at > bbox.left + bbox.width / 2;
  context.textAlign = right ? 'right' : 'left';
  context.fillText(label, at + (right ? -5 : 5) * ratio, bbox.top + (12 + 13 * index) * ratio);
  context.restore();
}

function legendItem({ label, baseline }: LineChartView['series'][number], index: number): HTMLElement {
  const canvas = h('canvas', { width: 36, height: 12, 'aria-hidden': 'true' });
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.strokeStyle = baseline ? themeColour('--vscode-descriptionForeground', '#888') : colourOf(index);
    context.lineWidth = baseline ? 1 : 2;
    context.setLineDash(dashOf(index));
    context.beginPath();
    context.moveTo(0, 6);
    context.lineTo(36, 6);
    context.stroke();
  }
  return h(
    'li',
    {},
    canvas,
    h('bdi', {}, label),
    baseline && h('span', { class: 'quiet' }, l10n.t('(estimate)')),
  );
}
