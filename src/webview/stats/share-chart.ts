import * as l10n from '@vscode/l10n';
import uPlot from 'uplot';
import { h } from '../dom';
import type { PoolStatsView } from '../protocol/stats';
import { axisStyle, followPage, plotHeight, plotWidth, themeColour } from './plot-style';

/** The share of each model over time. */
export interface ShareChart {
  show(pool: PoolStatsView): void;
  /** Stops following the size of the page and its theme. */
  dispose(): void;
}

/** The editor's own chart colours, in an order in which neighbours differ; its orange is dim in dark themes. */
const colours = ['blue', 'yellow', 'green', 'purple', 'red', 'orange'];
/** Lines differ by their dashes too: not everybody sees the colours, and high contrast has few of them. */
const dashes = [[], [6, 4], [2, 3], [10, 4, 2, 4], [1, 5], [12, 6]];
/** Between two ticks: whole requests only. */
const steps = [1, 10, 100, 1_000, 10_000].flatMap((power) => [power, 2 * power, 5 * power]);

export function createShareChart(holder: HTMLElement): ShareChart {
  let plot: uPlot | undefined;
  let pool: PoolStatsView | undefined;
  let models = '';
  const canvasHolder = h('div', { role: 'img' });
  const legend = h('ul', { class: 'legend' });
  holder.append(canvasHolder, legend);

  const unfollow = followPage(holder, (size) => plot?.setSize(size), draw);

  function draw(): void {
    if (pool === undefined) return;
    plot?.destroy();
    plot = new uPlot(optionsOf(pool, plotWidth(holder)), dataOf(pool), canvasHolder);
    legend.replaceChildren(...pool.models.map(({ model }, index) => legendItem(model, index)));
  }

  return {
    show: (next) => {
      pool = next;
      canvasHolder.setAttribute('aria-label', describe(next));
      const names = next.models.map(({ model }) => model).join('\n');
      if (plot !== undefined && names === models) return plot.setData(dataOf(next));
      models = names;
      draw();
    },
    dispose: () => {
      unfollow();
      plot?.destroy();
    },
  };
}

function dataOf({ shares, models }: PoolStatsView): uPlot.AlignedData {
  return [shares.requests, ...models.map((_, index) => shares.share01[index] ?? [])];
}

function optionsOf({ models }: PoolStatsView, width: number): uPlot.Options {
  const axis = axisStyle();
  return {
    width,
    height: plotHeight,
    scales: { x: { time: false }, y: { range: [0, 1] } },
    legend: { show: false },
    cursor: { show: false },
    axes: [
      {
        ...axis,
        size: 30,
        label: l10n.t('request'),
        labelSize: 18,
        incrs: steps,
      },
      {
        ...axis,
        size: 60,
        values: (_, values) => values.map((value) => `${String(Math.round(value * 100))} %`),
      },
    ],
    series: [
      {},
      ...models.map(({ model }, index) => ({
        label: model,
        stroke: colourOf(index),
        width: 2,
        dash: dashOf(index),
        // A single request makes no line.
        points: { show: (plot: uPlot) => plot.data[0].length < 2 },
      })),
    ],
  };
}

function legendItem(model: string, index: number): HTMLElement {
  const canvas = h('canvas', { width: 36, height: 12, 'aria-hidden': 'true' });
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.strokeStyle = colourOf(index);
    context.lineWidth = 2;
    context.setLineDash(dashOf(index));
    context.beginPath();
    context.moveTo(0, 6);
    context.lineTo(36, 6);
    context.stroke();
  }
  return h('li', {}, canvas, h('bdi', {}, model));
}

function describe({ models, shares }: PoolStatsView): string {
  const last = models.map(({ model }, index) => {
    const share = shares.share01[index]?.at(-1) ?? 0;
    return `${model} ${String(Math.round(share * 100))} %`;
  });
  return l10n.t('Share of each model over time. Now: {0}. The table above has the totals.', last.join(', '));
}

function colourOf(index: number): string {
  return themeColour(`--vscode-charts-${colours[index % colours.length] ?? 'blue'}`, '#4080d0');
}

/** Shifted by one in every round of colours, so that no two of 36 models share both. */
function dashOf(index: number): number[] {
  return dashes[(index + Math.floor(index / colours.length)) % dashes.length] ?? [];
}
