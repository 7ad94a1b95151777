import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Pool } from '../../core/terms/deployment';
import type { AnswerEnd } from '../answers/answer-facts';
import { overBudgetText } from '../spending/budget-text';
import { nameOfExclusion, nameOfFailure } from '../shown/failure-text';

/**
 * The error that a caller of the editor's language model API gets of how an answer ended, in the classes that the editor
 * has; undefined: none.
 */
export function languageModelError(end: AnswerEnd): Error | undefined {
  switch (end.type) {
    case 'failed':
      return errorOfFailure(end);
    case 'over-budget':
      return vscode.LanguageModelError.Blocked(overBudgetText(end));
    case 'no-model':
      return errorOfNoModel(end);
    case 'broken':
      return new Error(end.detail);
    case 'finished':
    case 'stopped':
      return undefined;
  }
}

/** A caller may hold a model whose pool has left the configuration since. */
export function noSuchPool(name: string, pools: readonly Pool[]): Error {
  const known = pools.map((pool) => pool.name).join(', ');
  return vscode.LanguageModelError.NotFound(
    l10n.t("There is no pool '{0}' any more. Pools: {1}.", name, known),
  );
}

function errorOfFailure({ attempt, failure }: Extract<AnswerEnd, { type: 'failed' }>): Error {
  const text = `${attempt.deploymentId}: ${nameOfFailure(failure)}: ${failure.detail}`;
  switch (failure.reason) {
    case 'not-found':
      return vscode.LanguageModelError.NotFound(text);
    case 'refused-key':
    case 'missing-key':
    case 'no-access':
      return vscode.LanguageModelError.NoPermissions(text);
    case 'quota':
    case 'rate-limit':
    case 'content-filter':
      return vscode.LanguageModelError.Blocked(text);
    case 'context-too-long':
    case 'invalid-request':
    case 'timeout':
    case 'network':
    case 'server-error':
    case 'malformed-stream':
      return new Error(text);
  }
}

function errorOfNoModel({ pool, excluded }: Extract<AnswerEnd, { type: 'no-model' }>): Error {
  const reasons = excluded.map(({ deploymentId, reason }) => `${deploymentId}: ${nameOfExclusion(reason)}`);
  const text = l10n.t("No model of pool '{0}' can answer ({1}).", pool, reasons.join('; '));
  // What another request would get an answer to is no lack of a model.
  if (excluded.some(({ reason }) => reason === 'context-too-small')) return new Error(text);
  return excluded.length > 0 && excluded.every(({ reason }) => reason === 'missing-key')
    ? vscode.LanguageModelError.NoPermissions(text)
    : vscode.LanguageModelError.NotFound(text);
}
