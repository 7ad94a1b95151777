import { memoryRecord } from '../../src/ledger/memory-ledger';
import { ledgerContract } from './ledger-contract';

ledgerContract('in memory', () => {
  const record = memoryRecord(() => 0);
  return Promise.resolve({ open: () => Promise.resolve(record.open()), remove: () => Promise.resolve() });
});
