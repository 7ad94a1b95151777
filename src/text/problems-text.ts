import * as l10n from '@vscode/l10n';
import { beginningOf } from './beginning';

/** A diagnostic of a file; lines and columns from 1. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  /** "ts 2322"; empty where nobody says. */
  readonly source: string;
  /** The line that it begins in. */
  readonly code: string;
}

/** More are left out, and the text says so. */
export const mostProblems = 100;

const longestLine = 300;

/** The diagnostics of a file as the model reads them, those of the highest severity first. */
export function problemsText(problems: readonly Problem[]): string {
  const order = ['error', 'warning', 'information', 'hint'];
  const sorted = problems.toSorted(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || a.line - b.line || a.column - b.column,
  );
  const lines = sorted.slice(0, mostProblems).map(problemText);
  const left = problems.length - lines.length;
  return [...lines, ...(left > 0 ? [l10n.t('… and {0} more.', left)] : [])].join('\n');
}

function problemText({ line, column, severity, message, source, code }: Problem): string {
  const from = source === '' ? '' : ` (${source})`;
  const shown = beginningOf(code.trim(), longestLine);
  return `${String(line)}:${String(column)} ${severity}: ${message}${from}${shown === '' ? '' : `\n    ${shown}`}`;
}
