import * as l10n from '@vscode/l10n';
import { z } from 'zod';
import { h, textButton } from '../dom';
import type { DemoRun, FromDemo, ToDemo } from '../protocol/demo';
import { createControls, usualSpeed } from './controls';
import type { PlayerParts } from './player';
import { createPlayer } from './player';
import { createRunView } from './run-view';

export interface DemoPageParts extends Pick<PlayerParts, 'nextFrame' | 'calm'> {
  readonly post: (message: FromDemo) => void;
  /** What the page kept when it was hidden; undefined: nothing. */
  readonly readState: () => unknown;
  readonly writeState: (state: unknown) => void;
}

const keptSchema = z.object({ seed: z.number(), preset: z.string(), position: z.number() });

/** Every so many requests a screen reader hears how far it is: each would be too many. */
const toldEvery = 100;

/** The demo. Returns what takes the host's messages. */
export function createDemoPage(root: HTMLElement, parts: DemoPageParts): (message: ToDemo) => void {
  const { post } = parts;
  const readKept = keptSchema.safeParse(parts.readState());
  /** Where the page was when it was hidden: it goes on from there when asked to. */
  let resume = readKept.success ? readKept.data : undefined;
  let run: DemoRun | undefined;
  let playing = false;
  let told = 0;
  const says = h('div', { class: 'intro' });
  const failure = h('p', { class: 'state', role: 'alert', 'data-testid': 'demo-failed' });
  const loading = h('p', { class: 'state', role: 'status' }, l10n.t('The router decides…'));
  const status = h('p', { class: 'hidden', role: 'status', 'data-testid': 'demo-status' });
  const view = createRunView(post);
  const player = createPlayer({
    nextFrame: parts.nextFrame,
    calm: parts.calm,
    show,
    changed: (now) => {
      playing = now;
      controls.update(player.position(), playing);
      if (!now) tell(player.position());
    },
  });
  player.setSpeed(usualSpeed);
  const controls = createControls({
    toggle: player.toggle,
    seek: (position) => {
      player.seek(position);
      if (!playing) tell(player.position());
    },
    speed: player.setSpeed,
    preset: (preset) => ask(run?.seed ?? 0, preset),
    another: () => ask((run?.seed ?? 0) + 1, run?.preset ?? ''),
  });
  const body = h('div', {}, controls.element, view.element);
  const again = textButton(l10n.t('Try Again'), () => post({ type: 'ready' }));
  root.append(
    h(
      'main',
      {},
      h(
        'h1',
        {},
        l10n.t('How Conduit learns: a demo'),
        h('span', { class: 'badge', 'data-testid': 'simulated' }, l10n.t('simulated')),
      ),
      says,
      loading,
      h('div', { class: 'actions' }, failure, again),
      body,
      status,
      h(
        'p',
        { class: 'says' },
        l10n.t('Keys: space plays and pauses, the arrow keys go on and back, Home and End to both ends.'),
      ),
    ),
  );
  body.hidden = failure.hidden = again.hidden = true;
  document.addEventListener('keydown', onKey);
  if (resume === undefined) post({ type: 'ready' });
  else post({ type: 'run', seed: resume.seed, preset: resume.preset });

  /** Not where a control has the focus that does something else with the key: buttons do with the space bar alone. */
  function onKey(event: KeyboardEvent): void {
    if (run === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const others = event.key === ' ' ? 'button, input, select, [tabindex]' : 'input, select, [tabindex]';
    if (event.target instanceof Element && event.target.closest(others)) return;
    const to: Readonly<Record<string, () => void>> = {
      ' ': player.toggle,
      ArrowRight: () => player.seek(player.position() + 1),
      ArrowLeft: () => player.seek(player.position() - 1),
      Home: () => player.seek(0),
      End: () => player.seek(run?.steps.length ?? 0),
    };
    const act = to[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
    if (!playing) tell(player.position());
  }

  function ask(seed: number, preset: string): void {
    player.pause();
    controls.busy(true);
    post({ type: 'run', seed, preset });
  }

  function show(position: number): void {
    if (run === undefined) return;
    view.show(position);
    controls.update(position, playing);
    parts.writeState({ seed: run.seed, preset: run.preset, position });
    if (Math.floor(position / toldEvery) !== Math.floor(told / toldEvery)) tell(position);
    told = position;
  }

  /** To who can't see it: what a glance at the page would tell. */
  function tell(position: number): void {
    const step = run?.steps[position - 1];
    if (run === undefined || step === undefined) return;
    const place = l10n.t('Request {0} of {1}', position, run.steps.length);
    const now = `${place}. ${step.why} ${l10n.t('Paid so far')}: ${step.paid.value}.`;
    const switched = position === run.switchAfter ? ` ${run.switched}` : '';
    status.textContent =
      position === run.steps.length ? [place, ...run.ending].join(' ') : `${now}${switched}`;
  }

  return (message) => {
    loading.hidden = true;
    controls.busy(false);
    if (message.type === 'failed') {
      failure.textContent = message.text;
      failure.hidden = again.hidden = false;
      return;
    }
    failure.hidden = again.hidden = true;
    body.hidden = false;
    const first = run === undefined;
    run = message;
    says.replaceChildren(...message.says.map((sentence) => h('p', {}, sentence)));
    controls.load(message);
    view.load(message);
    const position = resume?.position ?? 0;
    const resumed = resume !== undefined;
    resume = undefined;
    player.load(message.steps.length, position);
    // Nothing moves that the user didn't start where they asked for little motion.
    if (!(first && (resumed || parts.calm()))) player.play();
  };
}
