/**
 * The circuit breakers of all windows, as one item of a ledger's migrations: a row for each deployment that ever failed, by
 * the last window that said something of it. `version` rises with each writing, over all rows.
 */
export const breakerTable = `
  CREATE TABLE breaker (
    deployment_id TEXT PRIMARY KEY,
    state         TEXT NOT NULL,
    until_ms      INTEGER NOT NULL,
    reason        TEXT,
    window        TEXT NOT NULL,
    version       INTEGER NOT NULL
  ) STRICT;
`;
