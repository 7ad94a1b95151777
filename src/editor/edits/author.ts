import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { AnswerOfModel } from '../../core/terms/observation';
import type { AnswerFacts } from '../answers/answer-facts';
import { shortLine } from '../answers/answer-view';
import { choiceSentence } from '../answers/choice-sentence';
import type { InternalCommand } from '../command-table';

/** Who wrote a proposal. */
export interface Author extends AnswerOfModel {
  /** The model, and when the proposal is whole what it cost and how long it took. */
  readonly line: string;
  /** Why it was this model, in a sentence. */
  readonly why: string;
}

/** Who writes; undefined: that is not decided yet. */
export function authorOf({ by, decision, end }: AnswerFacts): Author | undefined {
  if (by === undefined || decision === undefined) return undefined;
  const line = end?.type === 'finished' ? shortLine(decision, end.attempt) : by.deploymentId;
  return { ...by, line, why: choiceSentence(decision) };
}

const explain: InternalCommand = 'conduit.explainDecision';

/** Who wrote some lines, with a link to the reasons why it was this model. */
export function hoverOf({ line, why, decisionId }: Author): vscode.MarkdownString {
  const hover = new vscode.MarkdownString();
  hover.isTrusted = { enabledCommands: [explain] };
  hover.appendText(l10n.t('Conduit: {0}', line));
  hover.appendText(`\n\n${why}`);
  const address = `command:${explain}?${encodeURIComponent(JSON.stringify([decisionId]))}`;
  hover.appendMarkdown(`\n\n[${l10n.t('Why this model?')}](${address})`);
  return hover;
}
