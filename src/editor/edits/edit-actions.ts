import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { problemsIn, targetOf } from './inline-target';

/** The light bulb's entries: a fix where there are problems, the other commands where something is selected. */
export function registerEditActions(): vscode.Disposable {
  const kinds = [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite];
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range, { diagnostics }) => {
      const fixes =
        diagnostics.length > 0 && problemsIn(targetOf(document, range)).length > 0
          ? [action(l10n.t('Fix with Conduit'), 'conduit.fixDiagnostics', kinds[0], [document.uri, range])]
          : [];
      const rewrites = range.isEmpty
        ? []
        : [
            action(l10n.t('Edit Selection with Conduit…'), 'conduit.editSelection', kinds[1]),
            action(l10n.t('Document with Conduit'), 'conduit.documentSelection', kinds[1]),
            action(l10n.t('Write Tests with Conduit'), 'conduit.writeTests', kinds[1]),
          ];
      return [...fixes, ...rewrites];
    },
  };
  return vscode.languages.registerCodeActionsProvider(
    ['file', 'untitled', 'vscode-remote'].map((scheme) => ({ scheme })),
    provider,
    { providedCodeActionKinds: kinds },
  );
}

function action(
  title: string,
  command: string,
  kind: vscode.CodeActionKind | undefined,
  values: unknown[] = [],
): vscode.CodeAction {
  const made = new vscode.CodeAction(title, kind);
  made.command = { title, command, arguments: values };
  return made;
}
