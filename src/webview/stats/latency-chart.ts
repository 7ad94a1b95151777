import * as l10n from '@vscode/l10n';
import { h } from '../dom';
import type { FromStats } from '../protocol/stats';
import type { LatencyView } from '../protocol/stats-board';
import { createChartFrame } from './chart-frame';
import { pictureOfDrawing } from './picture';
import { followPage, plotWidth } from './plot-style';
import { s } from './svg';

/** How long models take to begin, each with a strip of its own. */
export interface LatencyChart {
  readonly element: HTMLElement;
  show(view: LatencyView): void;
}

const strip = 34;
const axisHeight = 24;
const bars = 20;

export function createLatencyChart(post: (message: FromStats) => void): LatencyChart {
  let view: LatencyView | undefined;
  const title = l10n.t('Time to first token');
  const holder = h('div', { class: 'chart' });
  const frame = createChartFrame({
    ...{ name: 'latency', title, chart: holder, hasTable: true, post },
    picture: () => pictureOfDrawing(holder),
  });
  followPage(holder, draw, draw);

  function draw(): void {
    if (view === undefined || view.rows.length === 0) return;
    holder.replaceChildren(drawing(view, plotWidth(holder)));
  }

  return {
    element: frame.element,
    show: (next) => {
      view = next;
      frame.update(
        l10n.t(
          'How many answers began after how long. The thick line is where half of them had, the thin one where 95 of 100 had.',
        ),
        next.table,
        next.rows.length === 0 ? l10n.t('No answer came yet.') : undefined,
      );
      draw();
    },
  };
}

function drawing({ steps, rows }: LatencyView, width: number): SVGElement {
  const labels = Math.min(140, width * 0.32);
  const step = (width - labels - 8) / Math.max(1, steps.length);
  const height = rows.length * strip + axisHeight;
  const x = (index: number): number => labels + index * step;
  return s(
    'svg',
    { class: 'latency', width, height, role: 'img', 'aria-label': rows.map(({ says }) => says).join(' ') },
    ...rows.flatMap(({ model, share01, p50Step, p95Step, says }, row) => {
      const base = (row + 1) * strip - 4;
      const most = Math.max(...share01, 0.01);
      return [
        s(
          'text',
          { class: 'label', x: labels - 8, y: base - 4, 'text-anchor': 'end' },
          shortened(model, labels),
          s('title', {}, model),
        ),
        s('line', { class: 'grid', x1: labels, x2: width - 8, y1: base, y2: base }),
        ...share01.map((share, index) => {
          const tall = share === 0 ? 0 : Math.max(1, (share / most) * bars);
          return s('rect', {
            class: 'column',
            x: x(index) + 0.5,
            y: base - tall,
            width: Math.max(1, step - 1),
            height: tall,
          });
        }),
        s('line', {
          class: 'half',
          x1: x(p50Step + 0.5),
          x2: x(p50Step + 0.5),
          y1: base - bars - 4,
          y2: base,
        }),
        s('line', {
          class: 'most',
          x1: x(p95Step + 0.5),
          x2: x(p95Step + 0.5),
          y1: base - bars - 4,
          y2: base,
        }),
        s(
          'rect',
          { class: 'over', x: labels, y: base - bars - 4, width: width - labels - 8, height: bars + 4 },
          s('title', {}, says),
        ),
      ];
    }),
    ...labelled(steps, step).map(({ label, index }) =>
      s('text', { class: 'tick', x: x(index), y: height - 6, 'text-anchor': 'start' }, label),
    ),
  );
}

/** Steps that have a name, as far as there is room for it. */
function labelled(steps: LatencyView['steps'], step: number): readonly { label: string; index: number }[] {
  let free = 0;
  return steps.flatMap(({ label }, index) => {
    if (label === '' || index * step < free) return [];
    free = index * step + 52;
    return [{ label, index }];
  });
}

/** By about seven pixels a letter: the whole name is the title. */
function shortened(model: string, width: number): string {
  const letters = Math.max(4, Math.floor((width - 8) / 7));
  return model.length <= letters ? model : `${model.slice(0, letters - 1)}…`;
}
