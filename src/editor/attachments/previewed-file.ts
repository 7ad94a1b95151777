import * as vscode from 'vscode';
import { previewScheme, proposalScheme } from '../command-table';

/** Whether it is the right side of a diff of Conduit's: what a file would become, and no file of its own. */
export function isPreview({ scheme }: vscode.Uri): boolean {
  return scheme === previewScheme || scheme === proposalScheme;
}

/** The file that a preview is shown beside; undefined where its diff is not open. */
export function previewedFile(preview: vscode.Uri): vscode.Uri | undefined {
  const [file] = openDiffs().flatMap(({ original, modified }) =>
    modified.toString() === preview.toString() ? [original] : [],
  );
  return file;
}

function openDiffs(): readonly vscode.TabInputTextDiff[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.map(({ input }) => input).filter((input) => input instanceof vscode.TabInputTextDiff);
}
