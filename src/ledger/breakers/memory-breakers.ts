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

  return {
    read: () => Promise.resolve([...rows.values()]),
    open: async (deploymentId, reason, forMs, window) => {
      write({ deploymentId, state: 'open', untilMs: nowMs() + forMs, reason, window });
    },
    close: async (deploymentId, window) => {
      const row = rows.get(deploymentId);
      if (row !== undefined && row.state !== 'closed')
        write({ deploymentId, state: 'closed', untilMs: 0, reason: undefined, window });
    },
    probe: async (deploymentId, forMs, window) => {
      const row = rows.get(deploymentId);
      if (!mayProbe(row, window, nowMs())) return false;
      if (row !== undefined && row.state !== 'closed')
        write({ ...row, state: 'probing', untilMs: nowMs() + forMs, window });
      return true;
    },
    release: async (deploymentId, window) => {
      const row = rows.get(deploymentId);
      if (row?.state === 'probing' && row.window === window)
        write({ ...row, state: 'open', untilMs: nowMs(), window });
    },
  };
}
