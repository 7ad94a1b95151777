import * as l10n from '@vscode/l10n';
import { h, icon, iconButton, textButton } from '../dom';
import type { DemoRun } from '../protocol/demo';

export interface ControlParts {
  readonly toggle: () => void;
  readonly seek: (position: number) => void;
  readonly speed: (requestsPerSecond: number) => void;
  readonly preset: (preset: string) => void;
  readonly another: () => void;
}

/** What the demo is steered with. */
export interface Controls {
  readonly element: HTMLElement;
  load(run: Pick<DemoRun, 'preset' | 'presets' | 'steps'>): void;
  update(position: number, playing: boolean): void;
  /** Another run is being decided. */
  busy(isBusy: boolean): void;
}

/** Requests in a second. */
const speeds = [
  { value: 1, label: l10n.t('one a second') },
  { value: 6, label: l10n.t('6 a second') },
  { value: 15, label: l10n.t('15 a second') },
  { value: 60, label: l10n.t('60 a second') },
];
/** 600 requests are over in forty seconds. */
export const usualSpeed = 15;

export function createControls(parts: ControlParts): Controls {
  let count = 0;
  let position = 0;
  let isBusy = false;
  const sign = icon('play');
  const label = h('span', {}, l10n.t('Play'));
  const play = h(
    'button',
    { type: 'button', class: 'text-button primary play', 'data-testid': 'play', click: parts.toggle },
    sign,
    label,
  );
  const stepButton = (name: string, text: string, testId: string, to: () => number): HTMLElement =>
    iconButton(name, text, { 'data-testid': testId, click: () => parts.seek(to()) });
  const slider = h('input', {
    type: 'range',
    min: 0,
    max: 1,
    value: 0,
    'aria-label': l10n.t('Requests so far'),
    'data-testid': 'slider',
    input: () => parts.seek(Number(slider.value)),
  });
  const progress = h('span', { class: 'progress', 'data-testid': 'progress' });
  const speed = h(
    'select',
    { 'data-testid': 'speed', change: () => parts.speed(Number(speed.value)) },
    ...speeds.map(({ value, label: text }) => h('option', { value, selected: value === usualSpeed }, text)),
  );
  // The preset that was chosen last is decided, whatever is on its way.
  const preset = h('select', { 'data-testid': 'preset', change: () => parts.preset(preset.value) });
  const another = textButton(l10n.t('Another Run'), () => isBusy || parts.another(), {
    'data-testid': 'another',
    title: l10n.t('Other made-up requests: chance plays a part'),
  });
  return {
    element: h(
      'div',
      { class: 'controls', role: 'group', 'aria-label': l10n.t('Playing') },
      h(
        'div',
        { class: 'buttons' },
        play,
        stepButton('debug-restart', l10n.t('Restart'), 'restart', () => 0),
        stepButton('chevron-left', l10n.t('One request back'), 'back', () => position - 1),
        stepButton('chevron-right', l10n.t('Next request'), 'next', () => position + 1),
        stepButton('debug-continue', l10n.t('Skip to the end'), 'skip', () => count),
      ),
      h('div', { class: 'place' }, slider, progress),
      h(
        'div',
        { class: 'choices' },
        h('label', { class: 'filter' }, h('span', {}, l10n.t('Speed')), speed),
        h('label', { class: 'filter' }, h('span', {}, l10n.t('Preset')), preset),
        another,
      ),
    ),
    load: (run) => {
      count = run.steps.length;
      slider.max = String(count);
      preset.replaceChildren(
        ...run.presets.map(({ value, label: text }) =>
          h('option', { value, selected: value === run.preset }, text),
        ),
      );
    },
    update: (at, playing) => {
      position = at;
      slider.value = String(at);
      slider.style.setProperty('--done', `${String((100 * at) / count)}%`);
      const text = l10n.t('Request {0} of {1}', at, count);
      progress.textContent = text;
      slider.setAttribute('aria-valuetext', text);
      sign.className = `codicon codicon-${playing ? 'debug-pause' : 'play'}`;
      const action = playing ? l10n.t('Pause') : at >= count ? l10n.t('Play Again') : l10n.t('Play');
      if (label.textContent !== action) label.textContent = action;
    },
    busy: (now) => {
      isBusy = now;
      // Not disabled: that would take the focus away.
      another.setAttribute('aria-disabled', String(now));
    },
  };
}
