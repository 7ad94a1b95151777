import type * as vscode from 'vscode';
import { previewScheme, proposalScheme } from '../command-table';
import { isSameUri, openDiffs } from '../diff-tabs';

/** Whether it is the right side of a diff of Conduit's: what a file would become, and no file of its own. */
export function isPreview({ scheme }: vscode.Uri): boolean {
  return scheme === previewScheme || scheme === proposalScheme;
}

/** The file that a preview is shown beside; undefined where its diff is not open. */
export function previewedFile(preview: vscode.Uri): vscode.Uri | undefined {
  return openDiffs().find(({ modified }) => isSameUri(modified, preview))?.original;
}
