import * as l10n from '@vscode/l10n';
import { h, textButton } from '../dom';
import type { DemoRun, FromDemo } from '../protocol/demo';
import type { LineChartView } from '../protocol/stats-board';
import { createDataTable } from '../stats/data-table';
import { createLineChart } from '../stats/line-chart';

/** A run of the demo up to a request; updated in place. */
export interface RunView {
  readonly element: HTMLElement;
  load(run: DemoRun): void;
  show(position: number): void;
}

/** Of the latest requests so many are listed. */
const listed = 8;

export function createRunView(post: (message: FromDemo) => void): RunView {
  let run: DemoRun | undefined;
  /** By model, how many requests of the run it answered by each of them. */
  let counts: readonly Readonly<Record<string, number>>[] = [];
  /** Charts change seldom: the position that they show. */
  let charted = -1;
  const waiting = l10n.t('It begins with the first {0} requests.', 10);
  const charts = {
    share: createLineChart('demo-share', l10n.t('Who answers'), waiting, post),
    cost: createLineChart('demo-cost', l10n.t('What it costs'), waiting, post),
    quality: createLineChart('demo-quality', l10n.t('How good the answers are'), waiting, post),
  };
  const phase = h('span', { class: 'phase', 'data-testid': 'phase' });
  const task = h('span', { class: 'badge' });
  const text = h('p', { class: 'request', 'data-testid': 'request' });
  const model = h('strong', { class: 'model', 'data-testid': 'model' });
  const outcome = h('span', { class: 'quiet' });
  const why = h('p', { class: 'why', 'data-testid': 'why' });
  const current = h(
    'section',
    { class: 'current tile', 'data-testid': 'current' },
    h('h2', {}, l10n.t('This request'), task, phase),
    text,
    h('p', { class: 'answered' }, model, outcome),
    why,
  );
  const figure = (name: string, label: string) => {
    const value = h('dd', { class: 'value' });
    const note = h('dd', { class: 'note' });
    const element = h(
      'div',
      { class: 'tile', 'data-testid': `demo-${name}` },
      h('dt', {}, label),
      value,
      note,
    );
    return { value, note, element };
  };
  const paid = figure('paid', l10n.t('Paid so far'));
  const saved = figure('saved', l10n.t('Saved'));
  const quality = figure('quality', l10n.t('Good answers'));
  const models = h('ul', { class: 'models', 'data-testid': 'demo-models' });
  const latest = createDataTable(l10n.t('Latest requests'), 'table-demo-latest');
  const sentences = h('ol', { 'data-testid': 'ending' });
  const ending = h(
    'section',
    { class: 'ending tile', 'data-testid': 'demo-end' },
    h('h2', {}, l10n.t('What happened')),
    sentences,
    h(
      'div',
      { class: 'actions' },
      textButton(l10n.t('Ask Conduit'), () => post({ type: 'command', command: 'ask' }), {
        class: 'text-button primary',
      }),
      textButton(l10n.t('Show Routing Stats'), () => post({ type: 'command', command: 'show-stats' })),
    ),
  );
  const element = h(
    'div',
    { class: 'run' },
    ending,
    h(
      'div',
      { class: 'now' },
      current,
      h('dl', { class: 'tiles' }, paid.element, saved.element, quality.element),
    ),
    models,
    h(
      'div',
      { class: 'charts' },
      charts.share.element,
      charts.cost.element,
      charts.quality.element,
      h('section', {}, h('h2', {}, l10n.t('Latest requests')), latest.element),
    ),
  );

  function showStep(shown: DemoRun, position: number): void {
    const step = shown.steps[position - 1];
    phase.textContent = step?.phase ?? '';
    task.hidden = step === undefined;
    task.textContent = step?.task ?? '';
    text.textContent = step?.text ?? l10n.t('Nothing was asked yet.');
    model.textContent = step?.model ?? '';
    outcome.textContent = step === undefined ? '' : ` · ${step.cost} · ${ratingText(step.rating)}`;
    why.textContent = step?.why ?? '';
    const dear = shown.models.at(-1)?.model ?? '';
    paid.value.textContent = step?.paid.value ?? '–';
    paid.note.textContent = step === undefined ? '' : l10n.t('always {0}: {1}', dear, step.paid.against);
    saved.value.textContent = step?.saved ?? '–';
    saved.note.textContent = l10n.t('against always {0}', dear);
    quality.value.textContent = step?.quality.value ?? '–';
    quality.note.textContent =
      step === undefined ? '' : l10n.t('always {0}: {1}', dear, step.quality.against);
  }

  function showModels(shown: DemoRun, position: number): void {
    const own = counts[position] ?? {};
    const now = shown.steps[position - 1]?.model;
    for (const item of models.querySelectorAll<HTMLElement>('li')) {
      const name = item.dataset['model'] ?? '';
      const count = own[name] ?? 0;
      item.classList.toggle('now-asked', name === now);
      const [meter, told] = [item.querySelector('meter'), item.querySelector('.told')];
      if (meter !== null) meter.value = position === 0 ? 0 : count / position;
      if (told !== null) told.textContent = String(count);
    }
  }

  function showCharts(shown: DemoRun, position: number): void {
    const points = Math.floor(position / shown.every);
    if (points === charted) return;
    charted = points;
    for (const name of ['share', 'cost', 'quality'] as const)
      charts[name].show(begun(shown.charts[name], points));
  }

  return {
    element,
    load: (next) => {
      run = next;
      charted = -1;
      counts = countsOf(next);
      models.replaceChildren(
        ...next.models.map(({ model: name, price, goodAt }) =>
          h(
            'li',
            { 'data-model': name },
            h('strong', {}, name),
            h('span', { class: 'told' }, '0'),
            h('meter', { min: 0, max: 1, value: 0, 'aria-label': l10n.t('Share of {0}', name) }),
            h('span', { class: 'quiet' }, `${price}; ${goodAt}`),
          ),
        ),
      );
      sentences.replaceChildren(...next.ending.map((sentence) => h('li', {}, sentence)));
    },
    show: (position) => {
      if (run === undefined) return;
      ending.hidden = position < run.steps.length;
      showStep(run, position);
      showModels(run, position);
      showCharts(run, position);
      latest.update({
        columns: [l10n.t('Request'), l10n.t('Task'), l10n.t('Model'), l10n.t('Cost'), l10n.t('Rating')],
        rows: run.steps
          .slice(Math.max(0, position - listed), position)
          .map((step, index) => [
            String(Math.max(0, position - listed) + index + 1),
            step.task,
            step.model,
            step.cost,
            ratingText(step.rating),
          ])
          .reverse(),
      });
    },
  };
}

function ratingText(rating: DemoRun['steps'][number]['rating']): string {
  switch (rating) {
    case 'up':
      return l10n.t('rated good');
    case 'down':
      return l10n.t('rated bad');
    case 'none':
      return l10n.t('not rated');
  }
}

/** The first points of a chart: its width is that of the whole from the beginning. */
function begun(view: LineChartView, points: number): LineChartView {
  return {
    ...view,
    series: view.series.map((each) => ({
      ...each,
      values: each.values.map((value, index) => (index < points ? value : null)),
    })),
    table: { ...view.table, rows: view.table.rows.slice(0, points) },
  };
}

function countsOf({ steps }: DemoRun): readonly Readonly<Record<string, number>>[] {
  const all: Record<string, number>[] = [{}];
  for (const { model } of steps) {
    const before = all.at(-1) ?? {};
    all.push({ ...before, [model]: (before[model] ?? 0) + 1 });
  }
  return all;
}
