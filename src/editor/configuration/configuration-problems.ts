import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ConfigurationFix, ConfigurationProblem } from '../../config/problem';
import { notify } from '../notify';

/** A configuration file as it was read. */
export interface ReadText {
  readonly uri: vscode.Uri;
  /** What its problems call it. */
  readonly name: string;
  readonly text: string | undefined;
  /** True for the user's own, and what that includes. */
  readonly ofUser: boolean;
}

export interface Fixable {
  readonly diagnostic: vscode.Diagnostic;
  readonly fix: ConfigurationFix;
}

/** Marks problems in the files, writes them to the log, and tells new errors. */
export interface ConfigurationProblems extends vscode.Disposable {
  show(problems: readonly ConfigurationProblem[], files: readonly ReadText[], kept: boolean): void;
  /** Problems of a document that can be mended at a click; none where it isn't what was read. */
  fixable(document: vscode.TextDocument): readonly Fixable[];
}

export function createConfigurationProblems(log: vscode.LogOutputChannel): ConfigurationProblems {
  const diagnostics = vscode.languages.createDiagnosticCollection('conduit');
  const shown = new Map<string, { readonly text: string; readonly fixable: readonly Fixable[] }>();
  let told = '';

  function mark(problems: readonly ConfigurationProblem[], { uri, name, text }: ReadText): void {
    const own = problems.filter(({ fileName }) => fileName === name);
    const marked = own.map((problem) => ({ diagnostic: toDiagnostic(problem), fix: problem.fix }));
    diagnostics.set(
      uri,
      marked.map(({ diagnostic }) => diagnostic),
    );
    if (text === undefined) return;
    const fixable = marked.flatMap(({ diagnostic, fix }) => (fix === undefined ? [] : [{ diagnostic, fix }]));
    shown.set(uri.toString(), { text, fixable });
  }

  /** Errors are told once, until there are others; warnings only in the editor and the log. */
  function tell(problems: readonly ConfigurationProblem[], kept: boolean, ofUser: ReadonlySet<string>): void {
    for (const problem of problems) {
      if (problem.severity === 'note') log.info(describe(problem));
      else log.warn(describe(problem));
    }
    const errors = problems.filter(({ severity }) => severity === 'error');
    const text = errors.map(describe).join('\n');
    const [error] = errors;
    const known = text === told;
    told = text;
    if (error === undefined || known) return;
    notify('error', `${describe(error)}. ${consequenceOf(error, kept, ofUser)}`, [
      {
        label: l10n.t('Open Configuration'),
        run: () => vscode.commands.executeCommand('conduit.openConfiguration'),
      },
    ]);
  }

  return {
    show: (problems, files, kept) => {
      diagnostics.clear();
      shown.clear();
      for (const file of files) mark(problems, file);
      tell(problems, kept, new Set(files.filter((file) => file.ofUser).map(({ name }) => name)));
    },
    fixable: (document) => {
      const read = shown.get(document.uri.toString());
      return read?.text === document.getText() ? read.fixable : [];
    },
    dispose: () => diagnostics.dispose(),
  };
}

/** What Conduit did about an error. */
function consequenceOf(
  { fileName }: ConfigurationProblem,
  kept: boolean,
  ofUser: ReadonlySet<string>,
): string {
  if (!ofUser.has(fileName)) return l10n.t('It has no effect; the rest of the configuration holds.');
  if (kept) return l10n.t('The last good configuration stays in force.');
  return l10n.t('Until it is mended, Conduit uses the keys that it finds, or simulated models.');
}

function describe({ fileName, line, path: where, message }: ConfigurationProblem): string {
  return `${fileName}:${String(line)}: ${where === '' ? '' : `${where}: `}${message}`;
}

function toDiagnostic(problem: ConfigurationProblem): vscode.Diagnostic {
  const range = new vscode.Range(
    problem.line - 1,
    problem.column - 1,
    problem.endLine - 1,
    problem.endColumn - 1,
  );
  const { Error, Warning, Information } = vscode.DiagnosticSeverity;
  const severity = { error: Error, warning: Warning, note: Information }[problem.severity];
  const text = problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`;
  const diagnostic = new vscode.Diagnostic(range, text, severity);
  diagnostic.source = 'Conduit';
  return diagnostic;
}
