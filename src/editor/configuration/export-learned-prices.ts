import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { withLearntModelInfo } from '../../config/file/learnt-model-info';
import type { Conduit } from '../../core/conduit';
import type { LearntOfModel } from '../../core/stats/learnt-of-models';
import { readFile, userFile } from './configuration-files';
import { notify } from '../notify';
import { replaceText } from './replace-text';

export interface ExportParts {
  readonly conduit: () => Promise<Conduit>;
  readonly globalStorageUri: vscode.Uri;
  /** Loaded when it is first needed. */
  readonly write: () => Promise<typeof withLearntModelInfo>;
}

export interface LearnedPricesExport extends vscode.Disposable {
  /** Shows the change of the user's conduit.yaml as a diff, and applies it where the user says so. */
  run(): Promise<void>;
}

const scheme = 'conduit-learned';

/** `Conduit: Export Learned Prices`. */
export function createLearnedPricesExport({
  conduit,
  globalStorageUri,
  write,
}: ExportParts): LearnedPricesExport {
  let proposed = '';
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const proposal = vscode.Uri.from({ scheme, path: '/conduit.yaml' });
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: () => proposed,
  });

  async function run(): Promise<void> {
    const router = await conduit();
    await router.refresh();
    const learnt = await router.learntOfModels();
    const uri = userFile(globalStorageUri);
    const { text } = await readFile(uri, false);
    if (text === undefined || learnt.size === 0) {
      notify('info', text === undefined ? noFile : nothingLearnt);
      return;
    }
    proposed = (await write())(text, fieldsOf(learnt));
    if (proposed === text) {
      notify('info', nothingNew);
      return;
    }
    changed.fire(proposal);
    await vscode.commands.executeCommand(
      'vscode.diff',
      uri,
      proposal,
      l10n.t('conduit.yaml ↔ what was learnt'),
    );
    notify('info', summaryOf(learnt), [{ label: l10n.t('Apply'), run: () => apply(uri, text) }]);
  }

  async function apply(uri: vscode.Uri, reviewed: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.getText() !== reviewed) {
      notify('warning', l10n.t('conduit.yaml was changed meanwhile: nothing was applied. Export again.'));
      return;
    }
    await replaceText(document, proposed);
    await document.save();
    await vscode.window.showTextDocument(document);
  }

  const owned = vscode.Disposable.from(changed, provider);
  return {
    run,
    dispose: () => {
      owned.dispose();
    },
  };
}

const noFile = l10n.t(
  'There is no conduit.yaml yet to write prices into: run “Conduit: Open Configuration” first.',
);
const nothingLearnt = l10n.t(
  'Nothing was learnt yet that conduit.yaml doesn’t say: prices need answers whose cost a proxy reports, and qualities at least five ratings of a model.',
);
const nothingNew = l10n.t(
  'conduit.yaml already says what was learnt, or lists no model with a model_info.id to write it to.',
);

function fieldsOf(learnt: ReadonlyMap<string, LearntOfModel>): Parameters<typeof withLearntModelInfo>[1] {
  return new Map(
    [...learnt].map(([id, { price, quality01 }]) => [
      id,
      {
        inputUsdPerToken: price?.inputUsdPerToken,
        outputUsdPerToken: price?.outputUsdPerToken,
        quality01,
      },
    ]),
  );
}

function summaryOf(learnt: ReadonlyMap<string, LearntOfModel>): string {
  const prices = [...learnt.values()].filter(({ price }) => price !== undefined).length;
  const qualities = [...learnt.values()].filter(({ quality01 }) => quality01 !== undefined).length;
  return l10n.t(
    'Learnt: {0}, {1}. Review the change of conduit.yaml.',
    pricesText(prices),
    qualitiesText(qualities),
  );
}

function pricesText(count: number): string {
  return count === 1 ? l10n.t('1 price') : l10n.t('{0} prices', count);
}

function qualitiesText(count: number): string {
  return count === 1 ? l10n.t('1 mean quality') : l10n.t('{0} mean qualities', count);
}
