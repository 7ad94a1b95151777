import type { BreakerBoard, BreakerRow } from '../../core/terms/breaker-board';
import { mayProbe } from './decide-probe';

/** A board in memory, for the windows that are given it. */
export function memoryBreakers(nowMs: () => number): BreakerBoard {
  const rows = new Map<string, BreakerRow>();
  let version = 0;

  function write(row: Omit<BreakerRow, 'version'>): void {
    version += 1;
    rows.set(row.deploymentId, { ...row, version });
  }

  const settled = <Result>(work: () => Result): Promise<Result> => new Promise((resolve) => resolve(work()));

  return {
    read: () => settled(() => [...rows.values()]),
    open: (deploymentId, reason, forMs, window) =>
      settled(() => write({ deploymentId, state: 'open', untilMs: nowMs() + forMs, reason, window })),
    close: (deploymentId, window) =>
      settled(() => {
        const row = rows.get(deploymentId);
        if (row !== undefined && row.state !== 'closed')
          write({ deploymentId, state: 'closed', untilMs: 0, reason: undefined, window });
      }),
    probe: (deploymentId, forMs, window) =>
      settled(() => {
        const row = rows.get(deploymentId);
        if (!mayProbe(row, window, nowMs())) return false;
        if (row !== undefined && row.state !== 'closed')
          write({ ...row, state: 'probing', untilMs: nowMs() + forMs, window });
        return true;
      }),
    release: (deploymentId, window) =>
      settled(() => {
        const row = rows.get(deploymentId);
        if (row?.state === 'probing' && row.window === window)
          write({ ...row, state: 'open', untilMs: nowMs(), window });
      }),
  };
}
