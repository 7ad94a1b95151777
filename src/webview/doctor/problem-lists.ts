import * as l10n from '@vscode/l10n';
import { h, icon, textButton } from '../dom';
import type { FromDoctor, ToDoctor } from '../protocol/doctor';

type DoctorMessage = Extract<ToDoctor, { type: 'doctor' }>;
type Post = (message: FromDoctor) => void;

/** What is wrong with the configuration, each with a button that opens its line. */
export function problemSection(problems: DoctorMessage['problems'], post: Post): readonly HTMLElement[] {
  const list = h(
    'ul',
    { class: 'problems' },
    ...problems.map(({ severity, text }, index) =>
      h(
        'li',
        { 'data-severity': severity },
        severityIcon(severity),
        h('bdi', { class: 'text' }, text),
        textButton(l10n.t('Open'), () => post({ type: 'open-problem', index }), {
          class: 'text-button small',
          'data-key': `open ${String(index)}`,
          'aria-label': l10n.t('Open {0}', text),
        }),
      ),
    ),
  );
  return [
    h('h2', {}, l10n.t('Problems of the configuration')),
    problems.length === 0 ? h('p', { class: 'facts' }, l10n.t('None.')) : list,
  ];
}

/** The last warnings and errors of the log. */
export function logSection(log: DoctorMessage['log'], post: Post): readonly HTMLElement[] {
  const list = h(
    'ul',
    { class: 'problems' },
    ...log.map(({ time, severity, text }) =>
      h('li', { 'data-severity': severity }, severityIcon(severity), h('time', {}, time), h('bdi', {}, text)),
    ),
  );
  return [
    h('h2', {}, l10n.t('Last warnings and errors')),
    log.length === 0 ? h('p', { class: 'facts' }, l10n.t('None in this session.')) : list,
    textButton(l10n.t('Show Log'), () => post({ type: 'command', command: 'show-log' }), {
      'data-key': 'show-log',
    }),
  ];
}

function severityIcon(severity: 'error' | 'warning'): HTMLElement {
  const name = severity === 'error' ? l10n.t('error:') : l10n.t('warning:');
  return h('span', { class: severity }, icon(severity), h('span', { class: 'hidden' }, `${name} `));
}
