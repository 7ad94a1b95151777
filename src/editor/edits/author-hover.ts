import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { InternalCommand } from '../command-table';
import type { Author } from './read-answer';

const why: InternalCommand = 'conduit.explainDecision';

/** Who wrote some lines, with a link to the reasons why it was this model. */
export function hoverOf({ line, decisionId }: Author): vscode.MarkdownString {
  const hover = new vscode.MarkdownString();
  hover.isTrusted = { enabledCommands: [why] };
  hover.appendText(l10n.t('Conduit: {0}', line));
  const address = `command:${why}?${encodeURIComponent(JSON.stringify([decisionId]))}`;
  hover.appendMarkdown(`\n\n[${l10n.t('Why this model?')}](${address})`);
  return hover;
}
