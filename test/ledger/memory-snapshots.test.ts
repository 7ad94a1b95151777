import { memorySnapshots } from '../../src/ledger/memory-snapshots';
import { snapshotsContract } from './snapshots-contract';

snapshotsContract('in memory', () => {
  const snapshots = memorySnapshots();
  return { open: () => snapshots, remove: () => undefined };
});
