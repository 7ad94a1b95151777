import * as vscode from 'vscode';
import type { OffsetRange } from '../../text/tracked-range';
import { rebaseAll } from '../../text/tracked-range';
import type { InlineTarget } from './inline-target';
import { targetOf } from './inline-target';
import { textChangesOf } from './text-changes';

/** The lines of a target while their document changes. */
export interface FollowedTarget extends vscode.Disposable {
  /** Where they are now; what was typed within them belongs to them. */
  now(): InlineTarget;
}

export function followTarget({ document, range }: InlineTarget): FollowedTarget {
  const start = document.offsetAt(range.start);
  let lines: OffsetRange = { start, length: document.offsetAt(range.end) - start };
  const following = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document === document) lines = rebaseAll(lines, textChangesOf(event)).range;
  });
  return {
    now: () => {
      const end = document.positionAt(lines.start + lines.length);
      return targetOf(document, new vscode.Range(document.positionAt(lines.start), end));
    },
    dispose: () => {
      following.dispose();
    },
  };
}
