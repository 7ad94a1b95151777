import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { typeScriptArguments } from '../spawn-typescript';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-private-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

/** Every file and folder below, with its mode. */
function modesBelow(at: string): readonly string[] {
  return readdirSync(at, { recursive: true, withFileTypes: true }).map(
    (entry) =>
      `${modeOf(path.join(entry.parentPath, entry.name))} ${entry.isDirectory() ? 'folder' : 'file'}`,
  );
}

describe('whatever the umask', () => {
  test.each(['000', '022'])(
    '%s: a ledger that is written to is its user’s alone, with all beside it',
    (umask) => {
      const storage = path.join(folder, umask);
      const script = fileURLToPath(new URL('./open-ledger-process.ts', import.meta.url));
      const command = `umask ${umask} && exec "$0" "$@"`;
      execFileSync('sh', ['-c', command, process.execPath, ...typeScriptArguments, script, storage]);
      const modes = modesBelow(path.join(storage, 'ledger'));
      expect(modes.length).toBeGreaterThanOrEqual(3);
      expect(new Set(modes)).toEqual(new Set(['600 file']));
      expect(modeOf(path.join(storage, 'ledger'))).toBe('700');
      expect(modeOf(path.join(storage, 'exported'))).toBe('600');
    },
  );
});
