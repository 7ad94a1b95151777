import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Snapshots } from '../../src/core/terms/snapshots';
import { fileSnapshots } from '../../src/ledger/file-snapshots';
import { quietLog } from '../core/samples';
import { runs } from '../runs';
import { snapshotsContract, snapshotWith } from './snapshots-contract';

snapshotsContract('in files', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-snapshots-'));
  return {
    open: () => fileSnapshots({ folder, ledger: 'ledger-1', log: quietLog }),
    remove: () => rmSync(folder, { recursive: true }),
  };
});

describe('a snapshot in a file', () => {
  let folder: string;
  let warnings: string[];
  let snapshots: Snapshots;

  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), 'conduit-snapshots-')), 'learnt');
    warnings = [];
    snapshots = opened('ledger-1');
  });

  afterEach(() => rmSync(path.dirname(folder), { recursive: true }));

  function opened(ledger: string): Snapshots {
    return fileSnapshots({ folder, ledger, log: { ...quietLog, warn: (text) => warnings.push(text) } });
  }

  function file(): string {
    return path.join(folder, readdirSync(folder)[0] ?? '');
  }

  test('can be read by its user alone', async () => {
    await snapshots.save(snapshotWith());
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(statSync(file()).mode & 0o077).toBe(0);
  });

  test('is of its ledger alone', async () => {
    await snapshots.save(snapshotWith());
    expect(await opened('ledger-2').heads()).toEqual([]);
    await opened('ledger-2').clear();
    expect(await snapshots.heads()).toHaveLength(1);
  });

  test('that is broken anywhere is left out, and said so where it was to be used', async () => {
    await snapshots.save(snapshotWith());
    const [name = ''] = readdirSync(folder);
    const whole = readFileSync(path.join(folder, name));
    const damage = fc.record({
      at: fc.integer({ min: 0, max: whole.length - 1 }),
      bit: fc.integer({ min: 0, max: 7 }),
      truncated: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, bit, truncated }) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        writeFileSync(path.join(folder, name), truncated ? whole.subarray(0, at) : bytes);
        warnings = [];
        const [head] = await snapshots.heads();
        const loaded = head && (await snapshots.load(head));
        if (loaded !== undefined) expect(loaded).toEqual(snapshotWith());
        else if (head !== undefined) expect(warnings).toEqual([expect.stringContaining('is left out')]);
      }),
      { numRuns: runs(100) },
    );
  });

  test('leaves no half of it where it can’t be written', async () => {
    await snapshots.save(snapshotWith());
    await expect(snapshots.save(snapshotWith({ sequence: 20, state: { part: () => 1 } }))).rejects.toThrow();
    expect((await snapshots.heads()).map(({ sequence }) => sequence)).toEqual([10]);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});
