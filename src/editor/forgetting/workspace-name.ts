import type * as vscode from 'vscode';
import type { NewId } from '../../core/terms/ports';

const key = 'conduit.workspaceName';

/** The name by which decisions know their workspace: drawn by chance, and kept in the workspace's own storage. */
export function createWorkspaceName(
  memory: Pick<vscode.Memento, 'get' | 'update'>,
  hasFolder: () => boolean,
  newId: NewId,
): () => string | undefined {
  return () => {
    if (!hasFolder()) return undefined;
    const known: unknown = memory.get(key);
    if (typeof known === 'string') return known;
    const name = newId();
    void memory.update(key, name);
    return name;
  };
}
