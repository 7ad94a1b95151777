/** Facts are derived: a file of another version is made anew, never migrated. */
export const factsVersion = 3;

/**
 * Texts that recur are numbers, by `name`; what a decision is filtered by stands in all tables, so that no query of the
 * page joins them. Flags are 0 and 1; `telling` is a weight that is enough for a mean of qualities, else absent. `told` and
 * `counted` have a bit for each row of the table of signals. A decision has a row of `used` for each answered call, or one
 * in all; the first has what was paid for the whole of it, and the key is what calls are grouped by.
 * `duel` has a row for each answer that was compared, and the decision of the other one, which has its own.
 * `rival` has a row for each candidate of a decision, the chosen one too: a decision never gets others.
 */
export const factsSchema = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) STRICT;
  CREATE TABLE name (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (kind, text)) STRICT;
  CREATE TABLE fact (
    sequence INTEGER PRIMARY KEY, decision_id TEXT NOT NULL UNIQUE, at_ms INTEGER NOT NULL,
    pool INTEGER NOT NULL, origin INTEGER NOT NULL, workspace INTEGER NOT NULL, task INTEGER NOT NULL,
    domain TEXT NOT NULL, conversation_id TEXT NOT NULL, session INTEGER NOT NULL,
    phase TEXT NOT NULL, pool_sequence INTEGER NOT NULL, switch_after INTEGER NOT NULL, preset TEXT NOT NULL,
    chosen INTEGER NOT NULL, model INTEGER, outcome INTEGER NOT NULL, failure TEXT,
    explored INTEGER NOT NULL, by_user INTEGER NOT NULL, sticky INTEGER NOT NULL, repeated INTEGER NOT NULL,
    stuck_with INTEGER, learning INTEGER NOT NULL,
    calls INTEGER NOT NULL, usd REAL NOT NULL, kind INTEGER NOT NULL, priced INTEGER NOT NULL, unpriced INTEGER NOT NULL,
    input_tokens INTEGER, output_tokens INTEGER, cached_tokens INTEGER, first_ms REAL, total_ms REAL,
    thumb INTEGER NOT NULL, quality01 REAL, weight REAL NOT NULL, telling REAL, telling_quality REAL, judged01 REAL,
    predicted01 REAL, predicted_usd REAL, propensity REAL NOT NULL, dearest_usd REAL, cheapest_usd REAL, mean_usd REAL
  ) STRICT;
  CREATE INDEX fact_time ON fact (at_ms, pool, origin, workspace, task);
  CREATE INDEX fact_model ON fact (model, at_ms, pool, origin, workspace, task, usd, priced, unpriced, telling, telling_quality,
    predicted01, dearest_usd, cheapest_usd, mean_usd);
  CREATE INDEX fact_pool ON fact (pool, phase, at_ms, origin, workspace, task, model, chosen, outcome, explored, by_user,
    sticky, repeated, stuck_with, input_tokens, output_tokens, cached_tokens);
  CREATE INDEX fact_conversation ON fact (conversation_id);
  CREATE INDEX fact_session ON fact (session);
  CREATE TABLE pull (
    sequence INTEGER NOT NULL, model INTEGER NOT NULL, at_ms INTEGER NOT NULL,
    pool INTEGER NOT NULL, origin INTEGER NOT NULL, workspace INTEGER NOT NULL, task INTEGER NOT NULL,
    answered INTEGER NOT NULL, came INTEGER NOT NULL, failed INTEGER NOT NULL,
    usd REAL NOT NULL, kind INTEGER NOT NULL, priced INTEGER NOT NULL, unpriced INTEGER NOT NULL,
    first_ms REAL, step INTEGER, up INTEGER NOT NULL, down INTEGER NOT NULL, telling REAL, telling_quality REAL,
    told INTEGER NOT NULL, counted INTEGER NOT NULL,
    PRIMARY KEY (sequence, model)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pull_model ON pull (pool, model, task, origin, workspace, at_ms, answered, failed, usd, kind, priced,
    unpriced, first_ms, up, down, telling, telling_quality);
  CREATE INDEX pull_told ON pull (model, told, counted, came, pool, origin, workspace, task, at_ms);
  CREATE INDEX pull_step ON pull (model, step, first_ms, pool, origin, workspace, task, at_ms);
  CREATE TABLE failed_call (
    sequence INTEGER NOT NULL, model INTEGER NOT NULL, at_ms INTEGER NOT NULL, decided_ms INTEGER NOT NULL,
    pool INTEGER NOT NULL, origin INTEGER NOT NULL, workspace INTEGER NOT NULL, task INTEGER NOT NULL,
    reason TEXT NOT NULL, local INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX failed_call_of ON failed_call (sequence);
  CREATE TABLE used (
    pool INTEGER NOT NULL, task INTEGER NOT NULL, offer INTEGER NOT NULL, model INTEGER NOT NULL, standing INTEGER NOT NULL,
    sequence INTEGER NOT NULL, call INTEGER NOT NULL, at_ms INTEGER NOT NULL, origin INTEGER NOT NULL, workspace INTEGER NOT NULL,
    calls INTEGER NOT NULL, input INTEGER NOT NULL, cached INTEGER NOT NULL, written INTEGER NOT NULL, hour INTEGER NOT NULL,
    output INTEGER NOT NULL, reasoning INTEGER NOT NULL, receipt_usd REAL NOT NULL,
    decisions INTEGER NOT NULL, paid_usd REAL NOT NULL, judging_usd REAL NOT NULL, judging_unpriced INTEGER NOT NULL,
    PRIMARY KEY (pool, task, offer, model, standing, sequence, call)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE rival (
    pool INTEGER NOT NULL, model INTEGER NOT NULL, chosen INTEGER NOT NULL, sequence INTEGER NOT NULL, at_ms INTEGER NOT NULL,
    origin INTEGER NOT NULL, workspace INTEGER NOT NULL, task INTEGER NOT NULL, own INTEGER NOT NULL,
    probability REAL NOT NULL, quality01 REAL NOT NULL, chosen_quality01 REAL NOT NULL, told01 REAL,
    doubt REAL, chosen_doubt REAL, learnt REAL, figures REAL, word REAL, level REAL,
    PRIMARY KEY (pool, model, chosen, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE duel (
    sequence INTEGER NOT NULL, model INTEGER NOT NULL, other TEXT NOT NULL, decision_id TEXT NOT NULL, won INTEGER NOT NULL,
    at_ms INTEGER NOT NULL, pool INTEGER NOT NULL, origin INTEGER NOT NULL, workspace INTEGER NOT NULL, task INTEGER NOT NULL,
    PRIMARY KEY (sequence, model, other)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX duel_of ON duel (decision_id, model, other);
  CREATE INDEX used_of ON used (sequence);
  CREATE INDEX used_long ON used (input) WHERE input > 32768;
`;

/** As `kind` columns have it: the greatest of a sum is the least exact. */
export const sumKinds = [undefined, 'exact', 'estimated', 'simulated'] as const;

/** As `thumb` columns have it. */
export const thumbs = [undefined, 'up', 'down'] as const;
