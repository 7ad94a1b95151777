// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { demoSteps } from '../../src/core/replay/demo';
import { demoView } from '../../src/editor/demo/demo-view';
import { createDemoPage } from '../../src/webview/demo/demo-page';
import type { FromDemo, ToDemo } from '../../src/webview/protocol/demo';
import { fromDemoSchema, toDemoSchema } from '../../src/webview/protocol/demo';

vi.mock('uplot', () => ({
  default: class {
    destroy(): void {
      // Nothing is drawn here: jsdom has no canvas.
    }
    setData(): void {
      // As above.
    }
  },
}));
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe(): void {
      // Nothing changes its size.
    }
    disconnect(): void {
      // As above.
    }
  },
);
HTMLCanvasElement.prototype.getContext = () => null;

const options = { seed: 14, preset: 'balanced', requests: 120, switchAfter: 100 } as const;
const run: ToDemo = toDemoSchema.parse(demoView([...demoSteps(options)], options));
const steps = run.type === 'run' ? run.steps : [];

let posted: FromDemo[];
let kept: unknown;
let calm: boolean;
let frames: ((nowMs: number) => void)[];
let nowMs: number;
let receive: (message: ToDemo) => void;

function open(): void {
  posted = [];
  frames = [];
  nowMs = 0;
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  receive = createDemoPage(root, {
    post: (message) => posted.push(fromDemoSchema.parse(message)),
    readState: () => kept,
    writeState: (state) => (kept = state),
    nextFrame: (work) => frames.push(work),
    calm: () => calm,
  });
}

/** Frames of a tenth of a second, as long as there are some. */
function pass(ms: number): void {
  for (let passed = 0; passed < ms; passed += 100) {
    nowMs += 100;
    for (const work of frames.splice(0)) work(nowMs);
  }
}

function one(testId: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-testid="${testId}"]`);
  if (found === null) throw new Error(`There is no ${testId}.`);
  return found;
}

function press(key: string, target: EventTarget = document.body): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}

const progress = (): string => one('progress').textContent;

beforeEach(() => {
  kept = undefined;
  calm = false;
  open();
});

afterEach(() => vi.restoreAllMocks());

describe('the demo’s page', () => {
  test('asks for a run, says that it is simulated, and plays by itself to the end', () => {
    expect(posted).toEqual([{ type: 'ready' }]);
    receive(run);
    expect(one('simulated').textContent).toBe('simulated');
    expect(document.querySelector('.intro')?.textContent).toContain('Nothing is sent anywhere');
    expect(one('demo-end').hidden).toBe(true);
    pass(1_100);
    // Fifteen a second, from the second frame on.
    expect(progress()).toBe('Request 15 of 120');
    expect(one('why').textContent).toBe(steps[14]?.why);
    expect(one('model').textContent).toBe(steps[14]?.model);
    pass(10_000);
    expect(progress()).toBe('Request 120 of 120');
    expect(one('demo-end').hidden).toBe(false);
    expect(document.querySelectorAll('[data-testid="ending"] li')).toHaveLength(3);
    expect(frames).toEqual([]);
  });

  test('pauses, goes on, back, to both ends, and from the slider; by buttons and by keys alike', () => {
    receive(run);
    pass(1_100);
    one('play').click();
    pass(1_000);
    expect(progress()).toBe('Request 15 of 120');
    one('next').click();
    expect(progress()).toBe('Request 16 of 120');
    one('back').click();
    press('ArrowLeft');
    expect(progress()).toBe('Request 14 of 120');
    press('End');
    expect(one('play').textContent).toBe('Play Again');
    press('Home');
    expect(one('request').textContent).toBe('Nothing was asked yet.');
    const slider = one('slider') as HTMLInputElement;
    slider.value = '60';
    slider.dispatchEvent(new Event('input'));
    expect(slider.getAttribute('aria-valuetext')).toBe('Request 60 of 120');
    press(' ');
    pass(1_100);
    expect(progress()).toBe('Request 75 of 120');
    one('skip').click();
    expect(progress()).toBe('Request 120 of 120');
    one('restart').click();
    expect(progress()).toBe('Request 0 of 120');
  });

  test('leaves a key to the control that has the focus', () => {
    receive(run);
    one('play').click();
    press('ArrowRight', one('slider'));
    press('End', one('speed'));
    expect(progress()).toBe('Request 0 of 120');
    // A button takes the space bar by itself, and no other key.
    press(' ', one('play'));
    pass(1_000);
    expect(progress()).toBe('Request 0 of 120');
    press('ArrowRight', one('play'));
    expect(progress()).toBe('Request 1 of 120');
  });

  test('with little motion it waits to be started, and moves once a second', () => {
    calm = true;
    open();
    receive(run);
    pass(2_000);
    expect(progress()).toBe('Request 0 of 120');
    one('play').click();
    const seen = new Set<string>();
    for (let step = 0; step < 40; step += 1) {
      pass(100);
      seen.add(progress());
    }
    expect(seen.size).toBeLessThanOrEqual(5);
    expect(seen.size).toBeGreaterThan(2);
  });

  test('a screen reader hears where it stands when it stops, at every hundredth request, and how it ends', () => {
    receive(run);
    pass(500);
    expect(one('demo-status').textContent).toBe('');
    one('play').click();
    expect(one('demo-status').textContent).toContain(steps[5]?.why);
    one('play').click();
    pass(6_500);
    expect(one('demo-status').textContent).toContain('Request 100 of 120');
    one('skip').click();
    for (const sentence of run.type === 'run' ? run.ending : [])
      expect(one('demo-status').textContent).toContain(sentence);
  });

  test('another preset and another run are asked of the router; the speed is the page’s own', () => {
    receive(run);
    const preset = one('preset') as HTMLSelectElement;
    preset.focus();
    preset.value = 'cost';
    preset.dispatchEvent(new Event('change'));
    expect(one('another').getAttribute('aria-disabled')).toBe('true');
    one('another').click();
    expect(posted.slice(1)).toEqual([{ type: 'run', seed: 14, preset: 'cost' }]);
    receive(run);
    expect(document.activeElement).toBe(preset);
    expect(one('another').getAttribute('aria-disabled')).toBe('false');
    one('another').click();
    expect(posted.slice(2)).toEqual([{ type: 'run', seed: 15, preset: 'balanced' }]);
    receive(run);
    one('play').click();
    const speed = one('speed') as HTMLSelectElement;
    speed.value = '60';
    speed.dispatchEvent(new Event('change'));
    one('play').click();
    pass(600);
    expect(progress()).toBe('Request 30 of 120');
  });

  test('what was hidden is where it was, and waits', () => {
    receive(run);
    one('play').click();
    press('End');
    press('ArrowLeft');
    open();
    expect(posted).toEqual([{ type: 'run', seed: 14, preset: 'balanced' }]);
    receive(run);
    pass(1_000);
    expect(progress()).toBe('Request 119 of 120');
  });

  test('says what failed, and tries again', () => {
    receive({ type: 'failed', text: 'It could not be decided.' });
    expect(one('demo-failed').textContent).toBe('It could not be decided.');
    for (const button of document.querySelectorAll('button'))
      if (button.textContent === 'Try Again') button.click();
    expect(posted).toEqual([{ type: 'ready' }, { type: 'ready' }]);
    receive(run);
    expect(one('demo-failed').hidden).toBe(true);
  });
});

describe('what the demo says', () => {
  test('adds up: the last step has the sums of all, and the ending the same figures', () => {
    const all = [...demoSteps(options)];
    const last = steps.at(-1);
    const paid = all.reduce((sum, { chosen }) => sum + chosen.usd, 0);
    const dearest = all.reduce((sum, each) => sum + Math.max(...each.all.map(({ usd }) => usd)), 0);
    expect(last?.paid).toEqual({ value: `$${paid.toFixed(4)}`, against: `$${dearest.toFixed(2)}` });
    expect(last?.saved).toBe(`${String(Math.round(100 * (1 - paid / dearest)))} %`);
    const ending = run.type === 'run' ? run.ending.join(' ') : '';
    for (const figure of [last?.paid.value, last?.paid.against, last?.saved, last?.quality.value])
      expect(ending).toContain(figure);
  });
});
