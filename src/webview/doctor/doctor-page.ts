import * as l10n from '@vscode/l10n';
import { h, keepingFocus, textButton } from '../dom';
import type { FromDoctor, ToDoctor } from '../protocol/doctor';
import { factGroup } from './fact-group';
import { createPoolPanels } from './pool-panel';
import { logSection, problemSection } from './problem-lists';
import { createToolbar } from './toolbar';

type Shown = 'loading' | 'failed' | 'doctor';

/** The doctor's page. Returns what takes the host's messages; what is shown is updated in place. */
export function createDoctorPage(
  root: HTMLElement,
  post: (message: FromDoctor) => void,
): (message: ToDoctor) => void {
  let shown: Shown | undefined;
  const toolbar = createToolbar(post);
  const panels = createPoolPanels(post);
  const facts = h('div', { class: 'groups' });
  const problems = h('section', { 'data-testid': 'doctor-problems' });
  const log = h('section', { 'data-testid': 'doctor-log' });
  const failure = h('p');
  const states: Record<Shown, HTMLElement> = {
    loading: h('p', { class: 'state', role: 'status' }, l10n.t('Looking at everything…')),
    failed: h(
      'div',
      { class: 'state', role: 'alert', 'data-testid': 'doctor-failed' },
      failure,
      h(
        'div',
        { class: 'actions' },
        textButton(l10n.t('Try Again'), () => post({ type: 'refresh' })),
        textButton(l10n.t('Open Configuration'), () =>
          post({ type: 'command', command: 'open-configuration' }),
        ),
        textButton(l10n.t('Show Log'), () => post({ type: 'command', command: 'show-log' })),
      ),
    ),
    doctor: h('div', {}, toolbar.element, panels.element, problems, facts, log),
  };
  const holder = h('div');
  root.append(h('main', {}, h('h1', {}, l10n.t('Conduit Doctor')), holder));
  show('loading');

  function show(next: Shown): void {
    if (shown !== next) holder.replaceChildren(states[next]);
    shown = next;
  }

  return (message) => {
    switch (message.type) {
      case 'failed':
        failure.textContent = message.text;
        return show('failed');
      case 'doctor':
        toolbar.update(message.checks);
        panels.update(message.pools);
        facts.replaceChildren(...message.groups.map(factGroup));
        keepingFocus(problems, () => problems.replaceChildren(...problemSection(message.problems, post)));
        keepingFocus(log, () => log.replaceChildren(...logSection(message.log, post)));
        return show('doctor');
    }
  };
}
