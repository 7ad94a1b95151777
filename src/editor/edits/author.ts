import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { AnswerOfModel } from '../../core/terms/observation';
import type { AnswerFacts } from '../answers/answer-facts';
import { shortLine } from '../answers/answer-view';
import type { InternalCommand } from '../command-table';

/** Who wrote a proposal. */
export interface Author extends AnswerOfModel {
  /** The model, and when the proposal is whole what it cost and how long it took. */
  readonly line: string;
}

/** Who writes; undefined: that is not decided yet. */
export function authorOf({ by, decision, end }: AnswerFacts): Author | undefined {
  if (by === undefined || decision === undefined) return undefined;
  return { ...by, line: end?.type === 'finished' ? shortLine(decision, end.attempt) : by.deploymentId };
}

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
