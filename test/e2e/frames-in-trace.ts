import type { Browser } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly id?: string;
  readonly id2?: { readonly local?: string };
  /** Microseconds. */
  readonly ts: number;
  readonly args: { readonly data?: { readonly type?: string; readonly duration?: number } };
}

/** What Chromium traced while something was done. */
export interface Traced {
  /** Of each key: from its event until the frame that shows it was presented, in ms. */
  readonly keyToFrameMs: readonly number[];
  /** Of each frame of a renderer's main thread: its work, in ms. */
  readonly frameMs: readonly number[];
}

/** Traces all pages of the browser while `work` runs. */
export async function trace(browser: Browser, work: () => Promise<void>): Promise<Traced> {
  await browser.startTracing(undefined, { categories: ['devtools.timeline'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: readonly TraceEvent[];
  };
  const keys = traceEvents.filter(
    ({ name, args }) => name === 'EventTiming' && args.data?.type === 'keydown',
  );
  return {
    keyToFrameMs: keys.flatMap(({ args }) => args.data?.duration ?? []),
    frameMs: durationsMs(traceEvents.filter(({ name }) => name === 'AnimationFrame')),
  };
}

/** Of events that are traced as a beginning and an end. */
function durationsMs(events: readonly TraceEvent[]): readonly number[] {
  const begun = new Map<string, number>();
  return events.flatMap(({ ph, pid, id, id2, ts }) => {
    const key = `${String(pid)} ${id ?? id2?.local ?? ''}`;
    if (ph === 'b') begun.set(key, ts);
    const start = begun.get(key);
    return ph === 'e' && start !== undefined ? [(ts - start) / 1_000] : [];
  });
}
