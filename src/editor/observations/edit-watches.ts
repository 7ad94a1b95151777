import * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import type { Log, NewId } from '../../core/ports';
import type { EditWatch, WatchedEdit, WatchParts } from '../edits/edit-watch';
import { resumeWatch, watchEdit } from '../edits/edit-watch';
import { countedProblems } from '../edits/inline-target';
import type { Answered } from '../edits/read-answer';
import { errorText } from '../shown/error-text';
import type { KeptWatch, WatchStore } from './watch-store';

export interface EditWatchesParts {
  readonly conduit: () => Promise<Pick<Conduit, 'observe'>>;
  readonly store: WatchStore;
  readonly newId: NewId;
  readonly log: Log;
}

/** Watches accepted edits, and goes on with those of windows that were closed. */
export interface EditWatches extends vscode.Disposable {
  begin(uri: vscode.Uri, by: Answered, edit: WatchedEdit): EditWatch;
  /** Takes up what is kept of this workspace. */
  resume(): void;
}

export function createEditWatches({ conduit, store, newId, log }: EditWatchesParts): EditWatches {
  const resumed: { readonly uri: string; readonly watch: EditWatch }[] = [];

  function partsOf({ id, uri, decisionId, deploymentId }: KeptWatch): WatchParts {
    const at = vscode.Uri.parse(uri);
    return {
      observe: (signal) =>
        void conduit()
          .then((router) => router.observe(decisionId, deploymentId, signal))
          .catch((error: unknown) =>
            log.error(`What became of an edit was not recorded: ${errorText(error)}`),
          ),
      later: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
      nowMs: Date.now,
      text: () => textOf(at),
      problems: () => {
        const isOpen = vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri);
        return isOpen ? countedProblems(at).length : undefined;
      },
      claim: (look) => store.claim(id, look),
      ended: () => store.forget(id),
    };
  }

  const of = (document: vscode.TextDocument): readonly EditWatch[] =>
    resumed.filter(({ uri }) => uri === document.uri.toString()).map(({ watch }) => watch);
  const subscriptions = vscode.Disposable.from(
    vscode.workspace.onDidSaveTextDocument((document) => {
      for (const watch of of(document)) watch.saved();
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) for (const watch of of(document)) watch.reads(document.getText());
    }),
  );
  return {
    begin: (uri, { decisionId, deploymentId }, edit) => {
      const kept = { ...edit, id: newId(), uri: uri.toString(), decisionId, deploymentId };
      store.keep(kept);
      return watchEdit(partsOf(kept), edit);
    },
    resume: () => {
      for (const kept of store.all()) {
        const watch = resumeWatch(partsOf(kept), kept, store.told(kept.id));
        resumed.push({ uri: kept.uri, watch });
      }
    },
    dispose: () => {
      for (const { watch } of resumed) watch.dispose();
      subscriptions.dispose();
    },
  };
}

/** Undefined where the document is gone. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}
