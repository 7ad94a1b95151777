import { readdirSync } from 'node:fs';
import { installSystemPackages } from './ensure-system-package.mjs';
import { onPath } from './run.mjs';

/** Makes sure that the tests of the team's ledger find the programs of a real PostgreSQL, which they start themselves. */
export async function ensurePostgres() {
  if (onPath('initdb') !== undefined || hasDebianPostgres()) return;
  const purpose = 'The tests of the team’s ledger need PostgreSQL';
  await installSystemPackages(['postgresql'], purpose, 'Install PostgreSQL and put initdb on the PATH.');
  if (!hasDebianPostgres()) throw new Error('postgresql was installed and has no initdb');
}

/** Debian keeps the programs of servers off the PATH. */
function hasDebianPostgres() {
  try {
    return readdirSync('/usr/lib/postgresql').length > 0;
  } catch {
    return false;
  }
}
