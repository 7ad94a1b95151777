import * as vscode from 'vscode';
import { isPreview } from '../attachments/previewed-file';
import type { LineRange } from '../../text/taken-code/changed-lines';
import { changedLines } from '../../text/taken-code/changed-lines';
import { hashableLines } from '../../text/taken-code/hashable-lines';
import { tellingLines } from '../../text/taken-code/telling-lines';

/** Longer documents are not looked at, and no more is taken in of one change. */
const mostLines = 10_000;
const longestText = 400_000;

/** Whether lines are looked for in a document: in files of the workspace's folders, and in those that aren't saved yet. */
export function isLookedAt(document: vscode.TextDocument): boolean {
  const { uri, lineCount } = document;
  if (lineCount > mostLines || isPreview(uri)) return false;
  return uri.scheme === 'untitled' || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

/** What one event wrote, with whole lines, and the rest of the document. */
export interface Written {
  readonly lines: string;
  /** The lines that the event left as they were. */
  rest(): string;
}

/** Undefined where it is too much to be an answer's code. */
export function writtenBy({ document, contentChanges }: vscode.TextDocumentChangeEvent): Written | undefined {
  const length = contentChanges.reduce((sum, { text }) => sum + text.length, 0);
  if (length > longestText) return undefined;
  const ranges = changedLines(
    contentChanges.map(({ range, text }) => ({
      first: range.start.line,
      last: range.end.line,
      inserted: text,
    })),
  );
  const textOf = ({ first, last }: LineRange): string =>
    document.getText(new vscode.Range(first, 0, last, Number.MAX_SAFE_INTEGER));
  const lines = ranges.map(textOf).join('\n');
  if (lines.length > longestText) return undefined;
  return {
    lines,
    rest: () => {
      const starts = [0, ...ranges.map(({ last }) => last + 1)];
      const ends = [...ranges.map(({ first }) => first - 1), document.lineCount - 1];
      const between = starts.map((first, index) => ({ first, last: ends[index] ?? first }));
      return between
        .filter(({ first, last }) => first <= last)
        .map(textOf)
        .join('\n');
    },
  };
}

/** So many lines at a time: what waits in the extension host goes in between. Looking for secrets takes some ms for them. */
const linesAtATime = 200;

/** Hashes of the lines of a text that tell something and hold no secret; none of one that is too long. */
export async function hashesOf(uri: vscode.Uri, text: string): Promise<ReadonlySet<number>> {
  const hashes = new Set<number>();
  if (text.length > longestText) return hashes;
  const label = vscode.workspace.asRelativePath(uri);
  const lines = text.split('\n');
  for (let first = 0; first < lines.length; first += linesAtATime) {
    if (first > 0) await new Promise((resolve) => setImmediate(resolve));
    const part = lines.slice(first, first + linesAtATime).join('\n');
    for (const hash of tellingLines(hashableLines(label, part)).keys()) hashes.add(hash);
  }
  return hashes;
}
