import * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import type { Log, NewId } from '../../core/terms/ports';
import type { EditWatch, WatchedEdit, WatchParts } from '../edits/edit-watch';
import { resumeWatch, watchEdit } from '../edits/edit-watch';
import { countedProblems } from '../edits/inline-target';
import type { AnswerOfModel } from '../../core/terms/observation';
import { errorText } from '../shown/error-text';
import { textOf } from './document-text';
import type { KeptWatch, WatchStore } from './watch-store';

export interface EditWatchesParts {
  readonly conduit: () => Promise<Pick<Conduit, 'observe'>>;
  readonly store: WatchStore;
  readonly newId: NewId;
  readonly log: Log;
}

/** Watches accepted edits, and goes on with those of windows that were closed. */
export interface EditWatches extends vscode.Disposable {
  begin(uri: vscode.Uri, by: AnswerOfModel, edit: WatchedEdit): EditWatch;
  /** Takes up what is kept of this workspace. */
  resume(): void;
}

export function createEditWatches({ conduit, store, newId, log }: EditWatchesParts): EditWatches {
  let resumed: readonly { readonly uri: string; readonly watch: EditWatch }[] = [];

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

  const saving = vscode.workspace.onDidSaveTextDocument((document) => {
    resumed = resumed.filter(({ watch }) => !watch.isOver());
    for (const { uri, watch } of resumed) if (uri === document.uri.toString()) watch.saved();
  });
  return {
    begin: (uri, { decisionId, deploymentId }, edit) => {
      const kept = { ...edit, id: newId(), uri: uri.toString(), decisionId, deploymentId };
      store.keep(kept);
      return watchEdit(partsOf(kept), edit);
    },
    resume: () => {
      // Which document without a file another window meant nobody knows: its name may be that of another one by now.
      const known = store.all().filter(({ uri }) => vscode.Uri.parse(uri).scheme !== 'untitled');
      resumed = known.map((kept) => ({
        uri: kept.uri,
        watch: resumeWatch(partsOf(kept), kept, store.told(kept.id)),
      }));
    },
    dispose: () => {
      for (const { watch } of resumed) watch.dispose();
      saving.dispose();
    },
  };
}
