import type { DatabaseSync } from 'node:sqlite';
import type {
  FactsChoices,
  FactsFilter,
  FactsOverview,
  FailureFacts,
  GroupFacts,
  LatencyFacts,
  ModelFacts,
  Money,
  PoolFacts,
  QualitySum,
  SliceFacts,
  ToldFacts,
} from '../../core/terms/facts';
import { factOutcomes } from '../../core/terms/facts';
import { failureReasons } from '../../core/terms/failure';
import type { Condition, Names, Row } from './filter';
import { conditionOf, namesOf, numberOf } from './filter';
import { sumKinds } from './schema';
import { createToldBits } from './told-bits';

/** Of conversations and sessions, so many are shown. */
const latestGroups = 20;

const money = 'SUM(usd) AS usd, MAX(kind) AS kind, SUM(priced) AS priced, SUM(unpriced) AS unpriced';
const quality = 'SUM(telling_quality) AS quality, SUM(telling) AS weight, COUNT(telling) AS answers';
const pending = factOutcomes.indexOf('pending');

/** Everything of the page but its table of decisions, in one pass for each of its parts. */
export function overviewOf(
  database: DatabaseSync,
  filter: FactsFilter,
  edges: readonly number[],
): FactsOverview {
  const names = namesOf(database);
  const condition = conditionOf(filter, names);
  return {
    pools: poolsOf(database, names, condition),
    models: modelsOf(database, filter),
    slices: slicesOf(database, names, filter, edges),
    latency: latencyOf(database, names, condition),
    failures: failuresOf(database, names, filter),
    conversations: groupsOf(database, names, condition, 'conversation_id'),
    sessions: groupsOf(database, names, condition, 'session'),
    told: toldOf(database, names, condition),
    switches: switchesOf(database, names, filter),
    choices: choicesOf(database),
  };
}

function all(database: DatabaseSync, sql: string, { values }: Pick<Condition, 'values'>): readonly Row[] {
  return database.prepare(sql).all(...values);
}

function poolsOf(database: DatabaseSync, names: Names, condition: Condition): readonly PoolFacts[] {
  const rows = all(
    database,
    `SELECT pool, COUNT(*) AS decisions, SUM(outcome = ${String(pending)}) AS pending,
       SUM(model IS NULL AND outcome <> ${String(pending)}) AS unanswered,
       SUM(explored) AS explored, SUM(by_user) AS by_user, SUM(sticky) AS sticky, SUM(repeated) AS repeated,
       SUM(stuck_with IS NOT NULL) AS escalated, SUM(model <> chosen) AS fell_back,
       SUM(input_tokens) AS input, SUM(output_tokens) AS output, SUM(cached_tokens) AS cached
     FROM fact INDEXED BY fact_pool WHERE ${condition.sql} GROUP BY pool`,
    condition,
  );
  const ever = database.prepare(
    'SELECT COUNT(*) AS count, MAX(sequence) AS last FROM fact INDEXED BY fact_pool WHERE pool = ?',
  );
  const switchAfter = database.prepare('SELECT switch_after FROM fact WHERE sequence = ?');
  return rows.map((row) => {
    const all = ever.get(numberOf(row, 'pool')) ?? {};
    return {
      pool: names.text(row['pool']),
      everDecided: numberOf(all, 'count'),
      switchAfter: numberOf(switchAfter.get(numberOf(all, 'last')) ?? {}, 'switch_after'),
      decisions: numberOf(row, 'decisions'),
      unanswered: numberOf(row, 'unanswered'),
      pending: numberOf(row, 'pending'),
      explored: numberOf(row, 'explored'),
      chosenByUser: numberOf(row, 'by_user'),
      sticky: numberOf(row, 'sticky'),
      repeated: numberOf(row, 'repeated'),
      escalated: numberOf(row, 'escalated'),
      fellBack: numberOf(row, 'fell_back'),
      inputTokens: numberOf(row, 'input'),
      outputTokens: numberOf(row, 'output'),
      cachedTokens: numberOf(row, 'cached'),
    };
  });
}

export function modelsOf(database: DatabaseSync, filter: FactsFilter): readonly ModelFacts[] {
  const names = namesOf(database);
  const condition = conditionOf(filter, names);
  const rows = all(
    database,
    `SELECT pool, model, task, SUM(answered) AS answered, SUM(failed) AS failed, ${money}, ${quality},
       SUM(up) AS up, SUM(down) AS down, SUM(first_ms) AS first_ms, COUNT(first_ms) AS first_count
     FROM pull INDEXED BY pull_model WHERE ${condition.sql} GROUP BY pool, model, task`,
    condition,
  );
  return rows.map((row) => ({
    pool: names.text(row['pool']),
    model: names.text(row['model']),
    task: names.text(row['task']),
    answered: numberOf(row, 'answered'),
    failed: numberOf(row, 'failed'),
    ...moneyOf(row),
    ...qualityOf(row),
    thumbsUp: numberOf(row, 'up'),
    thumbsDown: numberOf(row, 'down'),
    firstMs: numberOf(row, 'first_ms'),
    firstCount: numberOf(row, 'first_count'),
  }));
}

function slicesOf(
  database: DatabaseSync,
  names: Names,
  filter: FactsFilter,
  edges: readonly number[],
): readonly SliceFacts[] {
  const { fromMs, toMs, ...others } = filter;
  const condition = conditionOf(others, names);
  const select = database.prepare(
    `SELECT COUNT(*) AS answered, SUM(usd) AS usd, SUM(priced) AS priced, SUM(unpriced) AS unpriced, ${quality},
       SUM(predicted01) AS predicted, COUNT(predicted01) AS predicted_count,
       SUM(dearest_usd) AS dearest, SUM(cheapest_usd) AS cheapest, SUM(mean_usd) AS mean, COUNT(mean_usd) AS expected
     FROM fact INDEXED BY fact_model WHERE model = ? AND at_ms >= ? AND at_ms < ? AND ${condition.sql}`,
  );
  const models = database.prepare("SELECT id, text FROM name WHERE kind = 'model' ORDER BY text").all();
  return edges.slice(0, -1).flatMap((edge, slice) => {
    const from = Math.max(edge, fromMs ?? -Infinity);
    const to = Math.min(edges[slice + 1] ?? edge, toMs ?? Infinity);
    return models.flatMap(({ id, text }) => {
      const row = select.get(Number(id), from, to, ...condition.values) ?? {};
      if (numberOf(row, 'answered') === 0) return [];
      return [
        {
          slice,
          model: String(text),
          answered: numberOf(row, 'answered'),
          usd: numberOf(row, 'usd'),
          priced: numberOf(row, 'priced'),
          unpriced: numberOf(row, 'unpriced'),
          ...qualityOf(row),
          predicted: numberOf(row, 'predicted'),
          predictedCount: numberOf(row, 'predicted_count'),
          dearestUsd: numberOf(row, 'dearest'),
          cheapestUsd: numberOf(row, 'cheapest'),
          meanUsd: numberOf(row, 'mean'),
          expectedCount: numberOf(row, 'expected'),
        },
      ];
    });
  });
}

function latencyOf(database: DatabaseSync, names: Names, condition: Condition): readonly LatencyFacts[] {
  const where = `step IS NOT NULL AND ${condition.sql}`;
  const rows = all(
    database,
    `SELECT model, step, COUNT(*) AS count FROM pull INDEXED BY pull_step WHERE ${where} GROUP BY model, step`,
    condition,
  );
  const counts = new Map<number | undefined, Map<number, number>>([[undefined, new Map()]]);
  for (const row of rows) {
    const [model, step, count] = [numberOf(row, 'model'), numberOf(row, 'step'), numberOf(row, 'count')];
    for (const key of [undefined, model]) {
      const own = counts.get(key) ?? new Map<number, number>();
      counts.set(key, own.set(step, (own.get(step) ?? 0) + count));
    }
  }

  /** The rank-th time, from 1: only the step that it is in is sorted. */
  function timeOf(model: number | undefined, steps: ReadonlyMap<number, number>, rank: number): number {
    let below = 0;
    for (const [step, count] of [...steps].toSorted(([a], [b]) => a - b)) {
      if (below + count >= rank) {
        const models = model === undefined ? [...counts.keys()].filter((key) => key !== undefined) : [model];
        const row = database
          .prepare(
            `SELECT first_ms FROM pull INDEXED BY pull_step WHERE model IN (${models.join(', ')}) AND step = ? AND ${condition.sql}
             ORDER BY first_ms LIMIT 1 OFFSET ?`,
          )
          .get(step, ...condition.values, rank - below - 1);
        return numberOf(row ?? {}, 'first_ms');
      }
      below += count;
    }
    return 0;
  }

  return [...counts].flatMap(([model, steps]) => {
    const count = [...steps.values()].reduce((sum, each) => sum + each, 0);
    if (count === 0) return [];
    return [
      {
        model: model === undefined ? undefined : names.text(model),
        count,
        p50Ms: timeOf(model, steps, Math.ceil(0.5 * count)),
        p95Ms: timeOf(model, steps, Math.ceil(0.95 * count)),
        steps: [...steps].toSorted(([a], [b]) => a - b).map(([step, each]) => ({ step, count: each })),
      },
    ];
  });
}

function failuresOf(database: DatabaseSync, names: Names, filter: FactsFilter): readonly FailureFacts[] {
  const condition = conditionOf(filter, names, 'decided_ms');
  const rows = all(
    database,
    `SELECT model, reason, COUNT(*) AS count, SUM(local) AS local, MAX(at_ms) AS last
     FROM failed_call WHERE ${condition.sql} GROUP BY model, reason ORDER BY count DESC, last DESC`,
    condition,
  );
  return rows.flatMap((row) => {
    const reason = failureReasons.find((each) => each === row['reason']);
    if (reason === undefined) return [];
    return [
      {
        model: names.text(row['model']),
        reason,
        count: numberOf(row, 'count'),
        local: numberOf(row, 'local'),
        lastMs: numberOf(row, 'last'),
      },
    ];
  });
}

/** Of the latest ones all decisions that the filter leaves in, found by the index of the column. */
function groupsOf(
  database: DatabaseSync,
  names: Names,
  condition: Condition,
  column: 'conversation_id' | 'session',
): readonly GroupFacts[] {
  const latest = database.prepare(
    `SELECT ${column} AS id FROM fact WHERE ${condition.sql} ORDER BY sequence DESC`,
  );
  const ids = new Set<string | number>();
  for (const { id } of latest.iterate(...condition.values)) {
    ids.add(typeof id === 'number' ? id : String(id));
    if (ids.size === latestGroups) break;
  }
  const select = database.prepare(
    `SELECT MIN(at_ms) AS from_ms, MAX(at_ms) AS to_ms, COUNT(*) AS decisions, ${money}, ${quality},
       json_group_array(DISTINCT model) AS models
     FROM fact INDEXED BY ${column === 'session' ? 'fact_session' : 'fact_conversation'}
     WHERE ${column} = ? AND ${condition.sql}`,
  );
  return Array.from(ids, (id) => {
    const row = select.get(id, ...condition.values) ?? {};
    const models = JSON.parse(String(row['models'])) as readonly (number | null)[];
    return {
      id: String(id),
      fromMs: numberOf(row, 'from_ms'),
      toMs: numberOf(row, 'to_ms'),
      decisions: numberOf(row, 'decisions'),
      ...moneyOf(row),
      ...qualityOf(row),
      models: models.flatMap((model) => (model === null ? [] : [names.text(model)])).toSorted(),
    };
  });
}

/** One group for all answers that were told of alike: there are far fewer of these than answers. */
function toldOf(database: DatabaseSync, names: Names, condition: Condition): readonly ToldFacts[] {
  const groups = database.prepare(
    `SELECT model, told, counted, came, COUNT(*) AS answers FROM pull INDEXED BY pull_told
     WHERE ${condition.sql} AND (came = 1 OR told > 0) GROUP BY model, told, counted, came`,
  );
  groups.setReturnArrays(true);
  const tallies = new Map<number, ReturnType<typeof createToldBits>>();
  for (const row of groups.iterate(...condition.values)) {
    const [model, told, counted, came, answers] = Object.values(row).map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const tally = tallies.get(model) ?? createToldBits();
    tallies.set(model, tally);
    tally.add(told, counted, came === 1, answers);
  }
  return Array.from(tallies, ([model, tally]) => ({ model: names.text(model), ...tally.counts() }));
}

/** Whatever else is filtered by: that a pool switched is true of all its requests. */
function switchesOf(
  database: DatabaseSync,
  names: Names,
  { pool, fromMs, toMs }: FactsFilter,
): FactsOverview['switches'] {
  const pools = pool === undefined ? choicesOf(database).pools : [pool];
  const first = database.prepare(
    "SELECT MIN(at_ms) AS at FROM fact INDEXED BY fact_pool WHERE pool = ? AND phase = 'lin-ucb'",
  );
  const early = database.prepare(
    "SELECT 1 FROM fact INDEXED BY fact_pool WHERE pool = ? AND phase = 'ucb1' LIMIT 1",
  );
  return pools.flatMap((name) => {
    const code = names.code('pool', name);
    const at = first.get(code)?.['at'];
    if (at === null || at === undefined || early.get(code) === undefined) return [];
    const atMs = Number(at);
    return atMs < (fromMs ?? -Infinity) || atMs >= (toMs ?? Infinity) ? [] : [{ pool: name, atMs }];
  });
}

function choicesOf(database: DatabaseSync): FactsChoices {
  const texts = (kind: string): readonly string[] =>
    database
      .prepare('SELECT text FROM name WHERE kind = ? ORDER BY text')
      .all(kind)
      .map(({ text }) => String(text));
  return {
    pools: texts('pool'),
    origins: texts('origin'),
    workspaces: texts('workspace'),
    tasks: texts('task'),
  };
}

function moneyOf(row: Row): Money {
  return {
    usd: numberOf(row, 'usd'),
    kind: sumKinds[numberOf(row, 'kind')],
    priced: numberOf(row, 'priced'),
    unpriced: numberOf(row, 'unpriced'),
  };
}

function qualityOf(row: Row): QualitySum {
  return {
    quality: numberOf(row, 'quality'),
    weight: numberOf(row, 'weight'),
    answers: numberOf(row, 'answers'),
  };
}
