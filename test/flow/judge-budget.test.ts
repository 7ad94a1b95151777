import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Conduit } from '../../src/core/conduit';
import type { RouteRequest } from '../../src/core/terms/request';
import type { MemoryLedger } from '../../src/ledger/memory-ledger';
import { memoryRecord } from '../../src/ledger/memory-ledger';
import type { SqliteLedger } from '../../src/ledger/sqlite-ledger';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { budgetsWith, quietLog, utcCalendar } from '../core/samples';
import { price } from '../core/simulation';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireRequest, WireServer } from '../wire/wire-server';
import { modelOf } from '../wire/wire-server';
import type { JudgeWindowOptions } from './judge-windows';
import {
  aWhile,
  answering,
  askFor,
  endsIn,
  judgeAt,
  judgementsIn,
  judgingEnded,
  openJudgeWindow,
} from './judge-windows';

/** What judging may cost, in windows that share one ledger, and what is left of it when a window closes. */

let openai: WireServer;
let ledger: MemoryLedger;
let folder: string;
const opened: Conduit[] = [];

beforeAll(async () => {
  openai = await startOpenAiServer();
});
afterAll(() => openai.close());
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-judge-'));
  ledger = memoryRecord(Date.now, { calendar: utcCalendar }).open();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((conduit) => conduit.close()));
  openai.forget();
  rmSync(folder, { recursive: true, force: true });
});

function open(options: Partial<JudgeWindowOptions> = {}): Conduit {
  const conduit = openJudgeWindow({
    ledger,
    deployments: [answering(openai.url)],
    others: [judgeAt(openai.url)],
    ...options,
  });
  opened.push(conduit);
  return conduit;
}

const sqlite = (): Promise<SqliteLedger> =>
  sqliteLedger({ storage: folder, nowMs: Date.now, log: quietLog, calendar: utcCalendar });
const ended = (count: number): Promise<void> => judgingEnded(count, ledger);

/** From now on the judge says this. */
function says(text: string, usage: { readonly input: number; readonly output: number }): void {
  openai.script({ kind: 'answer', chunks: [text], usage }, { model: 'mistral-large' });
}

const judgeRequests = (): readonly WireRequest[] =>
  openai.requests.filter((each) => modelOf(each) === 'mistral-large');

describe('its budget', () => {
  test('ends it to the cent, in two windows at once', async () => {
    const usage = { input: 900, output: 100 };
    says('{"score": 7, "reason": "good"}', usage);
    const [one, two] = await Promise.all([sqlite(), sqlite()]);
    const judge = { dailyBudgetUsd: 0.02 };
    const others = [judgeAt(openai.url, { price: price(1e-6), thinks: false })];
    const windows = [open({ ledger: one, judge, others }), open({ ledger: two, judge, others })];
    await Promise.all(
      windows.flatMap((conduit, window) =>
        Array.from({ length: 20 }, (_, number) =>
          askFor(conduit, {
            conversationId: `${String(window)}-${String(number)}`,
            messages: [{ role: 'user', text: `Question ${String(window)} ${String(number)}` }],
          }),
        ),
      ),
    );
    // Each window keeps at most twenty waiting: all of these are judged, or refused for want of money.
    await vi.waitFor(async () => {
      const before = judgementsIn(await one.readAfter(0)).length;
      await aWhile();
      const entries = judgementsIn(await one.readAfter(0));
      expect(entries.length).toBe(before);
      expect(entries.filter(({ outcome }) => outcome === 'verdict').length).toBeGreaterThan(5);
    }, 20_000);
    const entries = await one.readAfter(0);
    const spent = endsIn(entries).reduce((sum, { receipt }) => {
      const cost = receipt?.cost;
      return sum + (cost !== undefined && cost.kind !== 'unknown' ? cost.usd : 0);
    }, 0);
    const most = Math.max(...judgementsIn(entries).map(({ mostUsd }) => mostUsd));
    expect(spent).toBeLessThanOrEqual(0.02 + 1e-9);
    // What is left is less than one more could cost, or all that was asked is judged.
    const asked = judgeRequests().length;
    expect(asked === 40 || 0.02 - spent < most).toBe(true);
    expect(judgeRequests()).toHaveLength(
      endsIn(entries).filter(({ receipt }) => receipt !== undefined).length,
    );
    await windows[0]?.refresh();
    expect(windows[0]?.spentToday().judgingUsd).toBeCloseTo(spent, 9);
  }, 40_000);

  test('counts in the day’s budget, from the moment in which it is reserved', async () => {
    openai.script({ kind: 'hang' }, { model: 'mistral-large' });
    const conduit = open({
      configuration: {
        budgets: budgetsWith({ day: 0.01 }),
        limits: { firstTokenMs: 400, stallMs: 400, requestMs: 2_000, retries: 0 },
      },
    });
    await askFor(conduit);
    await vi.waitFor(() => expect(judgeRequests()).toHaveLength(1));
    expect(conduit.spentToday().expectedUsd).toBeGreaterThan(0.001);
    await ended(1);
    await conduit.refresh();
    expect(conduit.spentToday().expectedUsd).toBe(0);
    // Nobody knows what a call cost that came to nothing: its own budget is held against the most.
    expect(endsIn(await ledger.readAfter(0))).toMatchObject([{ outcome: 'failed' }]);
  });

  test('begins anew the next day', async () => {
    says('{"score": 7, "reason": "good"}', { input: 3_000, output: 100 });
    let nowMs = Date.UTC(2026, 4, 1, 12);
    ledger = memoryRecord(() => nowMs, { calendar: utcCalendar }).open();
    const conduit = open({
      judge: { dailyBudgetUsd: 0.004 },
      others: [judgeAt(openai.url, { thinks: false })],
      nowMs: () => nowMs,
    });
    const asked = (number: number): Partial<RouteRequest> => ({ conversationId: String(number) });
    await askFor(conduit, asked(1));
    await ended(1);
    await askFor(conduit, asked(2));
    await aWhile();
    expect(judgeRequests()).toHaveLength(1);
    nowMs += 86_400_000;
    await askFor(conduit, asked(3));
    await ended(2);
    expect(judgeRequests()).toHaveLength(2);
    // A clock that was ahead: what was spent under another date counts on that one, as in the user's own budgets.
    nowMs -= 3 * 86_400_000;
    await askFor(conduit, asked(4));
    await ended(3);
    await askFor(conduit, asked(5));
    await aWhile();
    expect(judgeRequests()).toHaveLength(3);
  });
});

test('closing drops what waits, stops what runs, and records what that may have cost', async () => {
  openai.script({ kind: 'hang' }, { model: 'mistral-large' });
  const conduit = open();
  for (const conversationId of ['a', 'b', 'c']) await askFor(conduit, { conversationId });
  await vi.waitFor(() => expect(judgeRequests()).toHaveLength(1));
  const record = ledger;
  const rows: unknown[] = [];
  const { append } = record;
  Object.assign(record, {
    append: (entries: Parameters<typeof append>[0]) => {
      rows.push(...entries);
      return append(entries);
    },
  });
  await conduit.close();
  opened.length = 0;
  expect(rows).toMatchObject([{ kind: 'judgement', judgement: { outcome: 'failed' } }]);
  expect(judgeRequests()).toHaveLength(1);
});
