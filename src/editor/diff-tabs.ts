import * as vscode from 'vscode';

/** A tab that compares two texts. */
export interface DiffTab {
  readonly tab: vscode.Tab;
  readonly original: vscode.Uri;
  readonly modified: vscode.Uri;
}

/** Those of the tabs that compare two texts. */
export function diffsAmong(tabs: readonly vscode.Tab[]): readonly DiffTab[] {
  return tabs.flatMap((tab) =>
    tab.input instanceof vscode.TabInputTextDiff
      ? [{ tab, original: tab.input.original, modified: tab.input.modified }]
      : [],
  );
}

/** All that are open. */
export function openDiffs(): readonly DiffTab[] {
  return diffsAmong(vscode.window.tabGroups.all.flatMap((group) => group.tabs));
}

export async function closeDiffs(isMeant: (diff: DiffTab) => boolean): Promise<void> {
  const meant = openDiffs().filter(isMeant);
  await vscode.window.tabGroups.close(meant.map(({ tab }) => tab));
}

export function isSameUri(one: vscode.Uri | undefined, other: vscode.Uri | undefined): boolean {
  return one?.toString() === other?.toString();
}
