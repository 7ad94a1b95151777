import type * as vscode from 'vscode';
import type { TextChange } from '../../text/tracked-range';

/** The changes of one event, as ranges follow them. */
export function textChangesOf({ contentChanges }: vscode.TextDocumentChangeEvent): readonly TextChange[] {
  return contentChanges.map(({ range, rangeOffset, rangeLength, text }) => ({
    start: rangeOffset,
    removed: rangeLength,
    inserted: text,
    startsLine: range.start.character === 0,
  }));
}
