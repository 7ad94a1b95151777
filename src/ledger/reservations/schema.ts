/**
 * What budgets are held against, as one item of a ledger's migrations.
 *
 * - `spent`: a row for each scope of `scopeOf`. `touched` is the number of the write that changed it last: what is old is
 *   told by it, for a clock may be wrong.
 * - `reservation`: what requests under way may cost. `until_ms` and `seen_ms` are of a clock that runs from the start of
 *   the machine, which nobody sets.
 * - `demand`: decisions by the hour.
 */
export const reservationTables = `
  CREATE TABLE spent (
    scope   TEXT PRIMARY KEY,
    usd     REAL NOT NULL,
    touched INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX spent_touched ON spent (touched);
  CREATE TABLE reservation (
    id          TEXT PRIMARY KEY,
    decision_id TEXT,
    usd         REAL NOT NULL,
    scopes      TEXT NOT NULL,
    until_ms    REAL NOT NULL
  ) STRICT;
  CREATE INDEX reservation_of_decision ON reservation (decision_id);
  CREATE TABLE allowance (scope TEXT PRIMARY KEY) STRICT;
  CREATE TABLE budget_window (id TEXT PRIMARY KEY, seen_ms REAL NOT NULL) STRICT;
  CREATE TABLE demand (
    day      TEXT NOT NULL,
    hour     INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    PRIMARY KEY (day, hour)
  ) STRICT;
`;
