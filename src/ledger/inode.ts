import { statSync } from 'node:fs';

/** Another text where another file has the name; undefined: none has. */
export function inodeOf(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found && `${String(found.dev)} ${String(found.ino)}`;
}
