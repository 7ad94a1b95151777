import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FactsFilter, FactsOverview } from '../../../src/core/terms/facts';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import { sqliteFacts } from '../../../src/ledger/facts/sqlite-facts';
import { sqliteLedger } from '../../../src/ledger/sqlite-ledger';
import { quietLog } from '../../core/samples';
import { campaignSeed, runs } from '../../runs';
import type { LedgerFigures } from './ledger-figures';
import { ledgerFigures } from './ledger-figures';
import { writeRandomLedger } from './write-ledger';

/** `npm run campaign -- figures` has more. */
const ledgers = runs(20);
const firstSeed = campaignSeed('figures');
const untilMs = Date.UTC(2026, 8, 1);
const hourMs = 3_600_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-figures-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filters: readonly FactsFilter[] = [
  {},
  { pool: 'default', fromMs: untilMs - 30 * hourMs, toMs: untilMs - 2 * hourMs },
  { task: 'fix-code', workspace: 'w-one' },
  { origin: 'chat', workspace: '' },
];

test.each(Array.from({ length: ledgers }, (_, index) => firstSeed + index))(
  'every figure of random ledger %i is what SQL over the ledger says',
  async (seed) => {
    const file = path.join(folder, String(seed));
    const decisions = 20 + ((seed * 37) % 130);
    await writeRandomLedger(file, seed, { decisions, untilMs, pauseMs: 20 * 60_000 });
    const ledger = await sqliteLedger({ storage: file, nowMs: () => untilMs, log: quietLog });
    const facts = await sqliteFacts({ path: ':memory:', ledger, ledgerName: file, log: quietLog });
    const entries = await ledger.readAfter(0);
    expect(await facts.refresh(shippedSignals)).toEqual({ changed: true, complete: true });
    for (const filter of filters) {
      const figures = ledgerFigures(entries, filter);
      const { firstMs, lastMs, filtered } = await facts.extent(filter);
      const [extent] = figures.rows(
        'SELECT COUNT(*) AS filtered, MIN(at_ms) AS firstMs, MAX(at_ms) AS lastMs FROM decision',
      );
      expect({ filtered, firstMs: firstMs ?? null, lastMs: lastMs ?? null }).toEqual({ ...extent });
      const edges = Array.from({ length: 7 }, (_, index) => untilMs - (6 - index) * 9 * hourMs + 1);
      const overview = await facts.overview(filter, edges);
      expect(rounded(flat(overview))).toEqual(rounded(expected(figures, filter, edges)));
      const page = await facts.page({
        ...{ filter, sort: 'time', descending: false, search: '', searchTasks: [], searchOrigins: [] },
        ...{ offset: 0, limit: 1_000 },
      });
      expect(page.total).toBe(filtered);
      expect(rounded(page.rows.map(columnsOf))).toEqual(rounded(figures.rows(decisionRows)));
      figures.close();
    }
    await facts.close();
    await ledger.close();
  },
);

/** Sums of floats in another order differ in their last digits. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === 'number' ? Number(each.toPrecision(9)) : (each ?? null),
    ),
  );
}

const byText = (rows: readonly object[]): readonly object[] =>
  rows.map((row) => ({ ...row })).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
const keyOf = (row: object): string =>
  JSON.stringify([...Object.values(row).filter((value) => typeof value === 'string'), ...numberOf(row)]);
const numberOf = (row: object): unknown[] => ('slice' in row ? [row.slice] : []);

function flat(overview: FactsOverview) {
  return {
    pools: byText(overview.pools),
    models: byText(overview.models.map(({ kind, ...row }) => ({ ...row, sumKind: kind ?? '' }))),
    slices: byText(overview.slices),
    latency: byText(
      overview.latency.map(({ model = '', count, p50Ms, p95Ms, steps }) => ({
        ...{ model, count, p50Ms, p95Ms },
        counted: steps.reduce((sum, step) => sum + step.count, 0),
      })),
    ),
    failures: byText(overview.failures),
    conversations: overview.conversations.map(groupOf),
    sessions: overview.sessions.map(groupOf),
    told: byText(overview.told.flatMap(({ model, rows }) => rows.map((row) => ({ model, ...row })))),
    answers: byText(overview.told.map(({ model, answers, toldOf }) => ({ model, answers, toldOf }))),
    switches: byText(overview.switches),
  };
}

const groupOf = ({ kind, models, ...group }: FactsOverview['sessions'][number]) => ({
  ...group,
  sumKind: kind ?? '',
  models: models.join(),
});

/** Costs are in one sum where they are known; an answer's that isn't makes the sum a lower bound. */
const money = (of: string): string => `
  COALESCE(SUM(${of}.usd) FILTER (WHERE ${of}.kind <> 'unknown'), 0) AS usd,
  COUNT(*) FILTER (WHERE ${of}.kind <> 'unknown') AS priced,
  COUNT(*) FILTER (WHERE ${of}.kind = 'unknown' AND ${of}.outcome <> 'failed') AS unpriced,
  CASE WHEN SUM(${of}.kind = 'simulated') > 0 THEN 'simulated' WHEN SUM(${of}.kind = 'estimated') > 0 THEN 'estimated'
    WHEN SUM(${of}.kind = 'exact') > 0 THEN 'exact' ELSE '' END AS sumKind`;

/** Evidence of half an outcome or more is of answers that something telling was told of. */
const quality = `COALESCE(SUM(evidence.quality * evidence.weight), 0) AS quality,
  COALESCE(SUM(evidence.weight), 0) AS weight, COUNT(evidence.weight) AS answers`;

function expected(figures: LedgerFigures, { pool, fromMs, toMs }: FactsFilter, edges: readonly number[]) {
  const groups = (key: string): readonly Record<string, unknown>[] =>
    figures
      .rows(
        `
      WITH ids AS (SELECT ${key} AS id, MAX(sequence) AS last FROM grouped GROUP BY ${key} ORDER BY last DESC LIMIT 20)
      SELECT CAST(ids.id AS TEXT) AS id,
        (SELECT MIN(at_ms) FROM grouped WHERE ${key} = ids.id) AS fromMs,
        (SELECT MAX(at_ms) FROM grouped WHERE ${key} = ids.id) AS toMs,
        (SELECT COUNT(*) FROM grouped WHERE ${key} = ids.id) AS decisions,
        costs.*, qualities.*,
        COALESCE((SELECT group_concat(model) FROM (SELECT DISTINCT model FROM answer JOIN grouped USING (id)
          WHERE ${key} = ids.id ORDER BY model)), '') AS models
      FROM ids
      JOIN (SELECT ${key} AS of, ${money('attempt')} FROM grouped LEFT JOIN attempt USING (id) GROUP BY ${key}) AS costs
        ON costs.of = ids.id
      JOIN (SELECT ${key} AS of, ${quality} FROM grouped LEFT JOIN answer USING (id)
        LEFT JOIN evidence ON evidence.id = answer.id AND evidence.model = answer.model AND evidence.weight >= 0.5
        GROUP BY ${key}) AS qualities ON qualities.of = ids.id
      ORDER BY ids.last DESC`,
      )
      .map(({ of: _, 'of:1': _1, ...row }) => row);
  // A session goes on while no two requests of anybody are more than half an hour apart.
  figures.rows('DROP TABLE IF EXISTS temp.grouped');
  figures.rows(`CREATE TEMP TABLE grouped AS
    WITH every AS (SELECT sequence, at_ms FROM entry WHERE json_extract(payload, '$.kind') = 'decision'),
    started AS (SELECT sequence, CASE WHEN at_ms - LAG(at_ms) OVER (ORDER BY sequence) <= 1800000 THEN NULL
      ELSE sequence END AS start FROM every),
    sessions AS (SELECT sequence, MAX(start) OVER (ORDER BY sequence) AS session FROM started)
    SELECT decision.*, session FROM decision JOIN sessions USING (sequence)`);
  const latency = (model: string): string => `
    WITH first AS (SELECT * FROM (SELECT id, model, first_ms, ROW_NUMBER() OVER (PARTITION BY id, model ORDER BY sequence)
        AS place FROM attempt WHERE first_ms IS NOT NULL AND outcome <> 'failed') WHERE place = 1),
    ranked AS (SELECT ${model} AS model, first_ms, ROW_NUMBER() OVER (PARTITION BY ${model} ORDER BY first_ms) AS rank,
      COUNT(*) OVER (PARTITION BY ${model}) AS count FROM first)
    SELECT model, count, MIN(first_ms) FILTER (WHERE rank >= 0.5 * count) AS p50Ms,
      MIN(first_ms) FILTER (WHERE rank >= 0.95 * count) AS p95Ms, count AS counted
    FROM ranked GROUP BY model, count`;
  const tokens = (name: string): string =>
    `COALESCE(SUM((SELECT SUM(json_extract(payload, '$.attempt.receipt.usage.${name}')) FROM attempt
      WHERE attempt.id = decision.id)), 0)`;
  return {
    pools: byText(
      figures.rows(`SELECT pool, COUNT(*) AS decisions, (SELECT COUNT(*) FROM entry AS ever
          WHERE json_extract(ever.payload, '$.decision.pool') = decision.pool) AS everDecided,
        (SELECT json_extract(ever.payload, '$.decision.switchAfter') FROM entry AS ever
          WHERE json_extract(ever.payload, '$.decision.pool') = decision.pool ORDER BY sequence DESC LIMIT 1) AS switchAfter,
        COALESCE(SUM(answer.id IS NULL AND last.outcome = 'failed' AND last.retried IS NULL), 0) AS unanswered,
        SUM(last.outcome IS NULL OR last.retried IS NOT NULL) AS pending,
        SUM(${json('explored')}) AS explored, SUM(${json('chosenByUser')} IS NOT NULL) AS chosenByUser,
        SUM(${json('stickyInsteadOf')} IS NOT NULL) AS sticky, SUM(${json('repeats')} IS NOT NULL) AS repeated,
        SUM(${json('escalation')} IS NOT NULL) AS escalated,
        COALESCE(SUM(answer.model <> chosen), 0) AS fellBack,
        ${tokens('inputTokens')} AS inputTokens, ${tokens('outputTokens')} AS outputTokens,
        ${tokens('cachedInputTokens')} AS cachedTokens
        FROM decision LEFT JOIN answer USING (id) LEFT JOIN (SELECT id, outcome, retried, MAX(sequence) FROM attempt
          GROUP BY id) AS last USING (id) GROUP BY pool`),
    ),
    models: byText(
      figures
        .rows(
          `SELECT pool, met.model, task,
        COUNT(DISTINCT CASE WHEN outcome <> 'failed' THEN met.id END) AS answered,
        COALESCE(SUM(outcome = 'failed'), 0) AS failed, ${money('attempt')}
        FROM met JOIN decision USING (id) LEFT JOIN attempt ON attempt.id = met.id AND attempt.model = met.model
        GROUP BY pool, met.model, task`,
        )
        .map((row) => ({
          ...row,
          ...figures.rows(
            `SELECT ${quality},
            COUNT(*) FILTER (WHERE thumb = 'rating-up') AS thumbsUp,
            COUNT(*) FILTER (WHERE thumb = 'rating-down') AS thumbsDown,
            COALESCE(SUM(first_ms), 0) AS firstMs, COUNT(first_ms) AS firstCount
            FROM (SELECT met.*,
              (SELECT row FROM signal WHERE signal.id = met.id AND signal.model = met.model AND kind = 'rating'
                ORDER BY sequence DESC LIMIT 1) AS thumb,
              (SELECT first_ms FROM attempt WHERE attempt.id = met.id AND attempt.model = met.model
                AND outcome <> 'failed' AND first_ms IS NOT NULL ORDER BY sequence LIMIT 1) AS first_ms FROM met) AS met
            JOIN decision USING (id)
            LEFT JOIN evidence ON evidence.id = met.id AND evidence.model = met.model AND evidence.weight >= 0.5
            WHERE pool = ? AND met.model = ? AND task = ?`,
            ...[row['pool'], row['model'], row['task']].map(String),
          )[0],
        })),
    ),
    slices: byText(
      edges.slice(0, -1).flatMap((from, slice) =>
        figures
          .rows(
            `WITH costs AS (SELECT id, COALESCE(SUM(usd) FILTER (WHERE kind <> 'unknown'), 0) AS usd,
                SUM(kind <> 'unknown') AS priced,
                SUM(kind = 'unknown' AND outcome <> 'failed') AS unpriced FROM attempt GROUP BY id),
              hoped AS (SELECT decision.id, json_extract(value, '$.deploymentId') AS model,
                json_extract(value, '$.quality01') AS quality,
                json_extract(value, '$.costUsd') + COALESCE(json_extract(value, '$.cache.savedUsd'), 0) AS usd
                FROM decision, json_each(payload, '$.decision.candidates')),
              prices AS (SELECT id, MAX(usd) AS dearest, MIN(usd) AS cheapest, AVG(usd) AS mean FROM hoped GROUP BY id
                HAVING COUNT(usd) = COUNT(*))
            SELECT answer.model, COUNT(*) AS answered, SUM(costs.usd) AS usd, SUM(priced) AS priced,
              SUM(unpriced) AS unpriced, ${quality},
              COALESCE(SUM(hoped.quality), 0) AS predicted, COUNT(hoped.quality) AS predictedCount,
              COALESCE(SUM(dearest), 0) AS dearestUsd, COALESCE(SUM(cheapest), 0) AS cheapestUsd,
              COALESCE(SUM(mean), 0) AS meanUsd, COUNT(mean) AS expectedCount
            FROM decision JOIN answer USING (id) JOIN costs USING (id)
            LEFT JOIN evidence ON evidence.id = decision.id AND evidence.model = answer.model AND evidence.weight >= 0.5
            LEFT JOIN hoped ON hoped.id = decision.id AND hoped.model = answer.model
            LEFT JOIN prices ON prices.id = decision.id
            WHERE at_ms >= ? AND at_ms < ? GROUP BY answer.model`,
            from,
            edges[slice + 1] ?? from,
          )
          .map((row) => ({ slice, ...row })),
      ),
    ),
    latency: byText([...figures.rows(latency('model')), ...figures.rows(latency("''"))]),
    failures: byText(
      figures.rows(`SELECT model, reason, COUNT(*) AS count, COUNT(local) AS local, MAX(at_ms) AS lastMs FROM attempt
        WHERE reason IS NOT NULL GROUP BY model, reason`),
    ),
    conversations: groups('conversation'),
    sessions: groups('session'),
    // A rating that was taken back, or given anew, was never told.
    told: byText(
      figures.rows(`WITH standing AS (SELECT DISTINCT id, model, row FROM signal WHERE row IS NOT NULL AND (kind <> 'rating'
          OR sequence = (SELECT MAX(sequence) FROM signal AS other WHERE other.id = signal.id
            AND other.model = signal.model AND other.kind = 'rating'))),
        counting AS (SELECT DISTINCT sign.id, sign.model, sign.row FROM sign JOIN decision USING (id)
          WHERE ${json('learning')} IS NULL)
        SELECT standing.model, standing.row AS name, COUNT(*) AS told, COUNT(counting.row) AS counted
        FROM standing LEFT JOIN counting USING (id, model, row) GROUP BY standing.model, standing.row`),
    ),
    answers: byText(
      figures.rows(`WITH standing AS (SELECT DISTINCT id, model, signal.row, cause FROM signal JOIN rule USING (row)
          WHERE kind <> 'rating' OR sequence = (SELECT MAX(sequence) FROM signal AS other WHERE other.id = signal.id
            AND other.model = signal.model AND other.kind = 'rating')),
        came AS (SELECT id, model FROM attempt WHERE outcome <> 'failed'
          UNION SELECT id, model FROM standing WHERE row <> 'failed')
        SELECT every.model, COUNT(DISTINCT came.id) AS answers,
          COUNT(DISTINCT CASE WHEN cause <> 'outcome' THEN came.id END) AS toldOf
        FROM (SELECT id, model FROM came UNION SELECT id, model FROM standing) AS every
        LEFT JOIN came USING (id, model) LEFT JOIN standing USING (id, model) GROUP BY every.model`),
    ),
    switches: byText(
      figures
        .rows(
          `SELECT json_extract(payload, '$.decision.pool') AS pool,
          MIN(at_ms) FILTER (WHERE json_extract(payload, '$.decision.phase') = 'lin-ucb') AS atMs,
          SUM(json_extract(payload, '$.decision.phase') = 'ucb1') AS early
        FROM entry WHERE json_extract(payload, '$.kind') = 'decision' GROUP BY 1`,
        )
        .filter((row) => Number(row['early']) > 0 && row['atMs'] !== null)
        .filter((row) => pool === undefined || row['pool'] === pool)
        .filter(({ atMs }) => Number(atMs) >= (fromMs ?? 0) && Number(atMs) < (toMs ?? Infinity))
        .map(({ early: _, ...row }) => row),
    ),
  };
}

const json = (field: string): string => `json_extract(decision.payload, '$.decision.${field}')`;

type PageRow = Awaited<ReturnType<Awaited<ReturnType<typeof sqliteFacts>>['page']>>['rows'][number];

function columnsOf(row: PageRow) {
  return {
    id: row.decisionId,
    at: row.atMs,
    answeredBy: row.answeredBy,
    calls: row.calls,
    usd: row.money.usd,
    input: row.inputTokens,
    total: row.totalMs,
    quality: row.quality01,
    judged: row.judged01,
    propensity: row.propensity,
  };
}

const decisionRows = `SELECT decision.id, at_ms AS at, answer.model AS answeredBy,
  (SELECT COUNT(*) FROM attempt WHERE attempt.id = decision.id) AS calls,
  (SELECT COALESCE(SUM(usd), 0) FROM attempt WHERE attempt.id = decision.id AND kind <> 'unknown') AS usd,
  (SELECT SUM(json_extract(payload, '$.attempt.receipt.usage.inputTokens')) FROM attempt
    WHERE attempt.id = decision.id) AS input,
  (SELECT SUM(json_extract(payload, '$.attempt.receipt.totalMs')) FROM attempt
    WHERE attempt.id = decision.id AND outcome <> 'failed') AS total,
  evidence.quality AS quality,
  (SELECT share FROM signal WHERE signal.id = decision.id AND signal.model = answer.model AND kind = 'judged'
    ORDER BY sequence DESC LIMIT 1) AS judged,
  ${json('probability')} AS propensity
  FROM decision LEFT JOIN answer USING (id)
  LEFT JOIN evidence ON evidence.id = decision.id AND evidence.model = answer.model ORDER BY sequence`;
