import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Measure } from '../../core/terms/configuration';
import { notify } from '../notify';
import { changeUserFile } from './change-user-file';
import { baseName } from './configuration-files';
import type { SignalParts } from './turn-signal';

/** What changes conduit.yaml, and tells the user what came of it. */
export type MeasureParts = SignalParts;

/** A share of the requests goes to a model by chance from now on, by the user's conduit.yaml; undefined: no longer. */
export async function measureModel(parts: MeasureParts, measure: Measure | undefined): Promise<void> {
  if (!(await write(parts, measure))) return;
  await parts.configuration.refresh();
  const now = (await parts.configuration.current()).measure;
  if (now?.against === measure?.against && now?.share === measure?.share) {
    const text =
      measure === undefined
        ? l10n.t('Conduit: nothing is measured any more')
        : l10n.t('Conduit: {0} is measured from now on', measure.against);
    vscode.window.setStatusBarMessage(text, 4_000);
    return;
  }
  notify(
    'warning',
    l10n.t(
      'The change of router.measure is in your conduit.yaml, but something else is in force: a variable, or an error in the file.',
    ),
    [openConfiguration()],
  );
}

/** Resolves to true where the file now says so, and is saved. */
async function write(
  { globalStorageUri, template, ...parts }: MeasureParts,
  measure: Measure | undefined,
): Promise<boolean> {
  const withOption = await parts.write();
  const value = measure && { against: measure.against, share: measure.share };
  const changed = await changeUserFile(globalStorageUri, template, (text) =>
    withOption(text, { section: 'router', key: 'measure', value }),
  );
  switch (changed.kind) {
    case 'saved':
      return true;
    case 'refused':
      notify('warning', l10n.t('router.measure was not changed: {0}.', changed.reason), [
        openConfiguration(),
      ]);
      return false;
    case 'unsaved': {
      const { document } = changed;
      const message = l10n.t(
        'The change of router.measure is in {0}, and counts as soon as you save that file.',
        baseName(document.uri),
      );
      notify('info', message, [
        { label: l10n.t('Open'), run: () => vscode.window.showTextDocument(document) },
      ]);
      return false;
    }
  }
}

function openConfiguration() {
  return {
    label: l10n.t('Open Configuration'),
    run: () => vscode.commands.executeCommand('conduit.openConfiguration'),
  };
}
