import * as vscode from 'vscode';
import type { ConfigurationCompletion, ConfigurationHover } from '../../config/file/completions';
import type { TextEdit } from '../../config/problem';
import { userFile, workspaceFileName } from './configuration-files';
import type { ConfigurationProblems, Fixable } from './configuration-problems';
import { completionStart, completionText, variableNames } from './completion-text';

export interface ConfigurationHelpParts {
  readonly globalStorageUri: vscode.Uri;
  readonly environment: NodeJS.ProcessEnv;
  /** What can be written at a place. Lines and columns from 1. */
  readonly completionsAt: (
    text: string,
    line: number,
    column: number,
    variableNames: readonly string[],
  ) => Promise<readonly ConfigurationCompletion[]>;
  readonly hoverAt: (text: string, line: number, column: number) => Promise<ConfigurationHover | undefined>;
  readonly problems: ConfigurationProblems;
}

/** Completion, hovers and quick fixes in conduit.yaml, whatever language the editor takes the file for. */
export function registerConfigurationHelp(parts: ConfigurationHelpParts): vscode.Disposable {
  let help = register(parts);
  const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration('conduit.configFile')) return;
    help.dispose();
    help = register(parts);
  });
  return {
    dispose: () => {
      subscription.dispose();
      help.dispose();
    },
  };
}

function register(parts: ConfigurationHelpParts): vscode.Disposable {
  const user = userFile(parts.globalStorageUri);
  const selector: vscode.DocumentFilter[] = [
    { pattern: `**/${workspaceFileName}` },
    {
      pattern: new vscode.RelativePattern(vscode.Uri.joinPath(user, '..'), user.path.split('/').at(-1) ?? ''),
    },
  ];
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(
      selector,
      {
        provideCompletionItems: async (document, position) => {
          const found = await parts.completionsAt(
            document.getText(),
            position.line + 1,
            position.character + 1,
            variableNames(parts.environment),
          );
          return found.map((completion) => toItem(completion, document, position));
        },
      },
      ':',
      ' ',
      '/',
    ),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => {
        const hover = await parts.hoverAt(document.getText(), position.line + 1, position.character + 1);
        return hover && new vscode.Hover(new vscode.MarkdownString(hover.text), rangeOf(hover));
      },
    }),
    vscode.languages.registerCodeActionsProvider(
      selector,
      {
        provideCodeActions: (document, range) =>
          parts.problems
            .fixable(document)
            .filter(({ diagnostic }) => diagnostic.range.intersection(range) !== undefined)
            .map((fixable) => toAction(fixable, document.uri)),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

function toItem(
  { label, insertText, documentation, kind }: ConfigurationCompletion,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.CompletionItem {
  const kinds = vscode.CompletionItemKind;
  const item = new vscode.CompletionItem(label, kind === 'key' ? kinds.Property : kinds.Value);
  const before = document.lineAt(position.line).text.slice(0, position.character);
  const start = position.with({ character: completionStart(before) });
  item.range = new vscode.Range(start, position);
  item.filterText = label;
  item.documentation = new vscode.MarkdownString(documentation);
  const text = completionText({ insertText, kind }, before);
  item.insertText = text.includes('$0') ? new vscode.SnippetString(text) : text;
  return item;
}

function toAction({ diagnostic, fix }: Fixable, uri: vscode.Uri): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of fix.edits) action.edit.replace(uri, rangeOf(edit), edit.text);
  action.diagnostics = [diagnostic];
  action.isPreferred = true;
  return action;
}

function rangeOf(place: Omit<TextEdit, 'text'>): vscode.Range {
  return new vscode.Range(place.line - 1, place.column - 1, place.endLine - 1, place.endColumn - 1);
}
