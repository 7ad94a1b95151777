import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';

import { attemptWith, decisionWith, quietLog } from '../core/samples';

/** A process of its own that makes a ledger in `storage`, writes to it, exports it, and ends without closing it. */
const [storage = ''] = process.argv.slice(2);
mkdirSync(storage);
const ledger = await sqliteLedger({ storage, nowMs: Date.now, log: quietLog });
await ledger.append([
  { kind: 'decision', decision: decisionWith() },
  { kind: 'attempt', attempt: attemptWith() },
]);
await ledger.exportTo(path.join(storage, 'exported'));
process.exit(0);
