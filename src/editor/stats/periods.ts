import type { FactsFilter } from '../../core/terms/facts';
import type { PeriodName } from '../../webview/protocol/stats-board';

/** A span of time, and the one before it that it is held against. */
export interface Period {
  /** Unix ms. Undefined: from the first decision on. */
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
  /** As long, so many days earlier; undefined: there is none before all. */
  readonly before: Pick<FactsFilter, 'fromMs' | 'toMs'> | undefined;
}

/** By the calendar of this machine: days begin at midnight, whatever the clocks are put by. */
export function periodOf(name: PeriodName, nowMs: number): Period {
  switch (name) {
    case 'all':
      return { fromMs: undefined, toMs: undefined, before: undefined };
    case 'today':
      return span(midnight(nowMs, 0), undefined, nowMs, 1);
    case 'yesterday':
      return span(midnight(nowMs, -1), midnight(nowMs, 0), nowMs, 1);
    case '7-days':
      return span(midnight(nowMs, -6), undefined, nowMs, 7);
    case '30-days':
      return span(midnight(nowMs, -29), undefined, nowMs, 30);
    case '90-days':
      return span(midnight(nowMs, -89), undefined, nowMs, 90);
  }
}

function span(fromMs: number, toMs: number | undefined, nowMs: number, days: number): Period {
  const before = { fromMs: daysLater(fromMs, -days), toMs: daysLater(toMs ?? nowMs, -days) };
  return { fromMs, toMs, before };
}

/** Midnight of a day, so many days from that of a moment. */
function midnight(ms: number, days: number): number {
  const day = new Date(ms);
  day.setHours(0, 0, 0, 0);
  return daysLater(day.getTime(), days);
}

/** The same time of day on another day. */
function daysLater(ms: number, days: number): number {
  const moved = new Date(ms);
  moved.setDate(moved.getDate() + days);
  return moved.getTime();
}

export interface Slices {
  /** Unix ms: where each begins, and the last one ends. */
  readonly edges: readonly number[];
  readonly unit: 'hour' | 'day';
}

const hourMs = 3_600_000;
const fewestSlices = 6;

/**
 * Hours, days, or several of them, from the first moment to the last one: at most 60, and no more than there are requests
 * for, as the mean of two or three says nothing.
 */
export function slicesOf(firstMs: number, lastMs: number, requests: number): Slices {
  const mostSlices = Math.max(fewestSlices, Math.min(60, Math.round(requests / 8)));
  const hours = (lastMs - firstMs) / hourMs;
  const hourSteps = [1, 2, 3, 6, 12].find((each) => hours / each <= mostSlices - 1);
  const day = new Date(firstMs);
  if (hourSteps !== undefined && hours <= 4 * 24) {
    day.setMinutes(0, 0, 0);
    day.setHours(day.getHours() - (day.getHours() % hourSteps));
    return { unit: 'hour', edges: edgesFrom(day.getTime(), lastMs, (ms) => ms + hourSteps * hourMs) };
  }
  const days = [1, 2, 7, 14, 28].find((each) => hours / 24 / each <= mostSlices - 2);
  const step = days ?? Math.ceil(hours / 24 / (mostSlices - 2));
  return { unit: 'day', edges: edgesFrom(midnight(firstMs, 0), lastMs, (ms) => daysLater(ms, step)) };
}

function edgesFrom(firstMs: number, lastMs: number, next: (ms: number) => number): readonly number[] {
  const edges = [firstMs];
  for (let edge = next(firstMs); ; edge = next(edge)) {
    edges.push(edge);
    if (edge > lastMs) return edges;
  }
}
