import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { memoryRecord } from '../../../src/ledger/memory-ledger';
import { sqliteLedger } from '../../../src/ledger/sqlite-ledger';
import { quietLog, utcCalendar } from '../../core/samples';
import type { BudgetWindow } from './reservations-contract';
import { reservationsContract } from './reservations-contract';

reservationsContract('memory', (clock) => {
  const record = memoryRecord(() => clock.nowMs, { calendar: utcCalendar, uptimeMs: () => clock.uptimeMs });
  return { open: (window) => Promise.resolve(record.open(window)), end: () => Promise.resolve() };
});

reservationsContract('SQLite', (clock) => {
  const storage = mkdtempSync(path.join(tmpdir(), 'conduit-budgets-'));
  const opened: BudgetWindow[] = [];
  return {
    open: async (window) => {
      const ledger = await sqliteLedger({
        storage,
        window,
        nowMs: () => clock.nowMs,
        uptimeMs: () => clock.uptimeMs,
        calendar: utcCalendar,
        log: quietLog,
      });
      opened.push(ledger);
      return ledger;
    },
    end: async () => {
      for (const ledger of opened) await ledger.close();
      rmSync(storage, { recursive: true, force: true });
    },
  };
});
