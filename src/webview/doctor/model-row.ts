import * as l10n from '@vscode/l10n';
import { breakerMark } from '../breaker-mark';
import { h, icon, textButton } from '../dom';
import type { DoctorModel, FromDoctor } from '../protocol/doctor';

type Post = (message: FromDoctor) => void;

/** A deployment: what is known of it, and its live check. */
export function modelRow(model: DoctorModel, post: Post): HTMLElement {
  const { id, name, breaker } = model;
  return h(
    'tr',
    { 'data-model': id },
    h(
      'th',
      { scope: 'row' },
      h('bdi', { class: 'name' }, name),
      breaker && breakerMark(name, breaker, () => post({ type: 'reset-breaker', model: id })),
      h('span', { class: 'detail' }, h('bdi', {}, `${model.provider} · ${model.model}`)),
      h('span', { class: 'detail' }, h('bdi', {}, model.host)),
    ),
    h('td', {}, marked(model.key, 'pass', 'key')),
    h('td', {}, marked(model.price, 'pass', 'question')),
    h('td', {}, errorCell(model)),
    h('td', { class: 'number' }, String(model.requests)),
    h('td', {}, model.quality),
    h('td', {}, model.cost),
    h('td', { 'data-testid': 'check', 'data-state': model.check.state }, ...checkCell(model, post)),
  );
}

/** What is held against the model names its last error, too. */
function errorCell({ doubt, lastError }: DoctorModel): Node | string {
  if (doubt === undefined) return lastError ?? l10n.t('none');
  return h('span', { class: 'warning', 'data-testid': 'doubt' }, icon('warning'), h('bdi', {}, doubt));
}

/** An icon beside the text: colour alone says nothing. */
function marked({ text, good }: DoctorModel['key'], goodIcon: string, badIcon: string): HTMLElement {
  return h('span', { class: good ? 'good' : 'warning' }, icon(good ? goodIcon : badIcon), h('bdi', {}, text));
}

function checkCell({ id, name, check }: DoctorModel, post: Post): readonly (Node | string)[] {
  const { state, text, advice, action } = check;
  const button = textButton(l10n.t('Check'), () => post({ type: 'check', model: id }), {
    class: 'text-button small',
    'data-key': `check ${id}`,
    'aria-label': l10n.t('Check {0}', name),
    // Not `disabled`: that would take the focus away from whoever just pressed it.
    'aria-disabled': state === 'running' && 'true',
  });
  const result = h(
    'span',
    { class: `result ${state}` },
    ...(look[state] === undefined ? [] : [icon(look[state])]),
    h('bdi', {}, text),
  );
  return [
    h('div', { class: 'check' }, result, button),
    ...(advice === undefined
      ? []
      : [h('div', { class: 'detail' }, advice, ' ', ...actionButton(id, name, action, post))]),
  ];
}

const look: Readonly<Record<DoctorModel['check']['state'], string | undefined>> = {
  none: undefined,
  running: 'loading codicon-modifier-spin',
  passed: 'pass',
  failed: 'error',
  cancelled: undefined,
};

function actionButton(
  id: string,
  name: string,
  action: DoctorModel['check']['action'],
  post: Post,
): readonly HTMLElement[] {
  if (action === undefined) return [];
  const [label, described] =
    action === 'set-key'
      ? [l10n.t('Set API Key'), l10n.t('Set API Key for {0}', name)]
      : [l10n.t('Open Configuration'), l10n.t('Open Configuration for {0}', name)];
  return [
    textButton(label, () => post({ type: 'command', command: action }), {
      class: 'text-button small',
      'data-key': `${action} ${id}`,
      'aria-label': described,
    }),
  ];
}
