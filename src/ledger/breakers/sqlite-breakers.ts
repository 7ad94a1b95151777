import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { openReasons } from '../../core/terms/breaker-board';
import type { BreakerBoard, BreakerRow } from '../../core/terms/breaker-board';
import { mayProbe } from './decide-probe';

export interface SqliteBreakersParts {
  /** With the table of `breakerTable`. */
  readonly database: DatabaseSync;
  /** Does `work` in a transaction that no other window's write comes between. */
  readonly inTransaction: <Result>(work: () => Result) => Result;
  readonly nowMs: () => number;
}

const rowSchema = z
  .object({
    deployment_id: z.string(),
    state: z.enum(['open', 'probing', 'closed']),
    until_ms: z.number(),
    reason: z.enum(openReasons).nullable(),
    window: z.string(),
    version: z.number(),
  })
  .transform(({ deployment_id, until_ms, reason, ...row }): BreakerRow => {
    return { ...row, deploymentId: deployment_id, untilMs: until_ms, reason: reason ?? undefined };
  });

/** Breakers in the ledger's database, for all windows that open it. */
export function sqliteBreakers({ database, inTransaction, nowMs }: SqliteBreakersParts): BreakerBoard {
  const selectAll = database.prepare('SELECT * FROM breaker');
  const select = database.prepare('SELECT * FROM breaker WHERE deployment_id = ?');
  const replace = database.prepare(
    `INSERT OR REPLACE INTO breaker (deployment_id, state, until_ms, reason, window, version)
     VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(version), 0) + 1 FROM breaker))`,
  );

  /** What a version to come wrote, and this one doesn't understand, is left out. */
  function rowOf(stored: unknown): BreakerRow | undefined {
    const parsed = rowSchema.safeParse(stored);
    return parsed.success ? parsed.data : undefined;
  }

  function write({ deploymentId, state, untilMs, reason, window }: Omit<BreakerRow, 'version'>): void {
    replace.run(deploymentId, state, Math.round(untilMs), reason ?? null, window);
  }

  /** Reads and writes a row with no other window in between. */
  function change<Result>(
    deploymentId: string,
    work: (row: BreakerRow | undefined) => Result,
  ): Promise<Result> {
    return settled(() => inTransaction(() => work(rowOf(select.get(deploymentId)))));
  }

  return {
    read: () => settled(() => selectAll.all().flatMap((stored) => rowOf(stored) ?? [])),
    open: (deploymentId, reason, forMs, window) =>
      change(deploymentId, () =>
        write({ deploymentId, state: 'open', untilMs: nowMs() + forMs, reason, window }),
      ),
    close: (deploymentId, window) =>
      change(deploymentId, (row) => {
        if (row !== undefined && row.state !== 'closed')
          write({ deploymentId, state: 'closed', untilMs: 0, reason: undefined, window });
      }),
    probe: (deploymentId, forMs, window) =>
      change(deploymentId, (row) => {
        if (!mayProbe(row, window, nowMs())) return false;
        if (row !== undefined && row.state !== 'closed')
          write({ ...row, state: 'probing', untilMs: nowMs() + forMs, window });
        return true;
      }),
    release: (deploymentId, window) =>
      change(deploymentId, (row) => {
        if (row?.state === 'probing' && row.window === window)
          write({ ...row, state: 'open', untilMs: nowMs(), window });
      }),
  };
}

function settled<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve) => resolve(work()));
}
