import * as l10n from '@vscode/l10n';
import { h, keepingFocus, phrase } from '../dom';
import type { DoctorPool, FromDoctor } from '../protocol/doctor';
import { modelRow } from './model-row';

/** The pools with their models, and what explains their choices; updated in place. */
export interface PoolPanels {
  readonly element: HTMLElement;
  update(pools: readonly DoctorPool[]): void;
}

type Post = (message: FromDoctor) => void;

const columns = [
  l10n.t('Model'),
  l10n.t('Key'),
  l10n.t('Price'),
  l10n.t('Last error'),
  l10n.t('Requests'),
  l10n.t('Quality'),
  l10n.t('Cost'),
  l10n.t('Live check'),
];

export function createPoolPanels(post: Post): PoolPanels {
  const element = h('div');
  const panels = new Map<string, Panel>();

  return {
    element,
    update: (pools) => {
      const names = new Set(pools.map(({ pool }) => pool));
      for (const [name, { section }] of panels) {
        if (names.has(name)) continue;
        section.remove();
        panels.delete(name);
      }
      pools.forEach((pool, index) => {
        const panel = panels.get(pool.pool) ?? createPanel(pool.pool, post);
        panels.set(pool.pool, panel);
        // Moving an element costs it its focus: only where the order has changed.
        const there = element.children[index];
        if (there !== panel.section) element.insertBefore(panel.section, there ?? null);
        panel.update(pool);
      });
    },
  };
}

interface Panel {
  readonly section: HTMLElement;
  update(pool: DoctorPool): void;
}

function createPanel(name: string, post: Post): Panel {
  const inUse = h('span', { class: 'badge' }, l10n.t('in use'));
  const simulated = h('span', { class: 'badge' }, l10n.t('simulated'));
  const body = h('tbody');
  const questions = h('div', { class: 'questions' });
  const section = h(
    'section',
    { 'data-testid': 'doctor-pool', 'data-pool': name },
    h('h2', {}, h('span', {}, ...phrase(l10n.t('Pool {0}'), h('bdi', {}, name))), inUse, simulated),
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': l10n.t('Models of pool {0}', name) },
      h(
        'table',
        { 'data-testid': 'doctor-models' },
        h('caption', { class: 'hidden' }, l10n.t('Models of pool {0}', name)),
        h('thead', {}, h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, column)))),
        body,
      ),
    ),
    questions,
  );
  let asked: readonly Question[] = [];

  /** A question that is unfolded stays so. */
  function updateQuestions(next: DoctorPool['questions']): void {
    if (next.length !== asked.length) {
      asked = next.map(({ question }) => createQuestion(question));
      questions.replaceChildren(...asked.map(({ details }) => details));
    }
    asked.forEach(({ update }, index) => update(next[index]?.answers ?? []));
  }

  return {
    section,
    update: (pool) => {
      inUse.hidden = !pool.inUse;
      simulated.hidden = !pool.simulated;
      keepingFocus(body, () => body.replaceChildren(...pool.models.map((model) => modelRow(model, post))));
      updateQuestions(pool.questions);
    },
  };
}

interface Question {
  readonly details: HTMLElement;
  update(answers: readonly string[]): void;
}

function createQuestion(question: string): Question {
  const list = h('ul');
  const details = h('details', { 'data-question': question }, h('summary', {}, question), list);
  return {
    details,
    update: (answers) => list.replaceChildren(...answers.map((answer) => h('li', {}, h('bdi', {}, answer)))),
  };
}
