import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { InternalCommand, PublicCommand } from '../command-table';
import { proposalScheme } from '../command-table';
import type { Doubt } from '../../text/edits/doubt';
import type { AcceptedEdits, BlockPlace } from './accepted-edits';
import type { Author } from './author';
import { doubtText } from './doubt-texts';
import type { InlineEdits } from './inline-edits';

/**
 * Accept and Reject over a proposal, with what is doubtful about it before them; Keep and Undo over each block of an accepted one, and for all over the first, with who
 * wrote it.
 */
export function registerEditLenses(
  accepted: AcceptedEdits,
  edits: Pick<InlineEdits, 'doubts' | 'onDidChangeDoubts'>,
): vscode.Disposable {
  const top = new vscode.Range(0, 0, 0, 0);
  return vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider(
      { scheme: proposalScheme },
      {
        onDidChangeCodeLenses: edits.onDidChangeDoubts,
        provideCodeLenses: () => [
          ...edits.doubts().map((doubt) => doubtLens(top, doubt)),
          lens(top, `$(check) ${l10n.t('Accept')}`, 'conduit.acceptEdit'),
          lens(top, `$(close) ${l10n.t('Reject')}`, 'conduit.rejectEdit'),
          lens(top, `$(sync) ${l10n.t('Another Model')}`, 'conduit.anotherEdit'),
        ],
      },
    ),
    vscode.languages.registerCodeLensProvider(
      { scheme: '*' },
      {
        onDidChangeCodeLenses: accepted.onDidChange,
        provideCodeLenses: (document) =>
          accepted.openIn(document.uri).flatMap(({ range, by }, index, blocks) => {
            const position = document.positionAt(range.start);
            const here = new vscode.Range(position, position);
            const place: BlockPlace = { uri: document.uri, start: range.start };
            const forAll = [
              lens(here, l10n.t('Keep All ({0})', blocks.length), 'conduit.keepChanges'),
              lens(here, l10n.t('Undo All'), 'conduit.undoChanges'),
            ];
            return [
              lens(here, `$(check) ${l10n.t('Keep')}`, 'conduit.keepBlock', place),
              lens(here, `$(discard) ${l10n.t('Undo')}`, 'conduit.undoBlock', place),
              ...(index === 0 && blocks.length > 1 ? forAll : []),
              ...(by === undefined ? [] : [authorLens(here, by)]),
            ];
          }),
      },
    ),
  );
}

function authorLens(range: vscode.Range, { line, why, decisionId }: Author): vscode.CodeLens {
  const command: InternalCommand = 'conduit.explainDecision';
  return new vscode.CodeLens(range, { title: line, tooltip: why, command, arguments: [decisionId] });
}

function doubtLens(range: vscode.Range, doubt: Doubt): vscode.CodeLens {
  return lens(range, `$(warning) ${doubtText(doubt)}`, 'conduit.openEditAnswer');
}

function lens(
  range: vscode.Range,
  title: string,
  command: PublicCommand | InternalCommand,
  ...values: readonly (BlockPlace | string)[]
): vscode.CodeLens {
  return new vscode.CodeLens(range, { title, command, arguments: [...values] });
}
