import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { withOption } from '../../config/file/set-option';
import type { SignalName } from '../../core/terms/signals';
import { notify } from '../notify';
import { nameOfSignal } from '../shown/signal-names';
import { changeUserFile } from './change-user-file';
import { baseName } from './configuration-files';
import type { ConfigurationSource } from './configuration-source';

export interface SignalParts {
  readonly configuration: Pick<ConfigurationSource, 'current' | 'values' | 'refresh'>;
  readonly globalStorageUri: vscode.Uri;
  /** What a new conduit.yaml starts with. */
  readonly template: () => Promise<string>;
  /** The text of a conduit.yaml with an option, or without; undefined where that can't be done for sure. */
  readonly write: () => Promise<typeof withOption>;
}

/** Learns from a signal as shipped, or no longer, by the user's conduit.yaml. */
export async function turnSignal(parts: SignalParts, signal: SignalName, on: boolean): Promise<void> {
  if (!(await write(parts, signal, on))) return;
  await parts.configuration.refresh();
  await tellOutcome(parts, signal, on);
}

/** Resolves to true where the file now says so, and is saved. */
async function write(parts: SignalParts, signal: SignalName, on: boolean): Promise<boolean> {
  const name = nameOfSignal(signal);
  const withOption = await parts.write();
  const changed = await changeUserFile(parts.globalStorageUri, parts.template, (text) =>
    withOption(text, { section: 'signals', key: signal, value: on ? undefined : 'off' }),
  );
  switch (changed.kind) {
    case 'saved':
      return true;
    case 'refused':
      notify('warning', l10n.t('“{0}” was not changed: {1}.', name, changed.reason), [openConfiguration()]);
      return false;
    case 'unsaved': {
      const { document } = changed;
      const message = l10n.t(
        'The change of “{0}” is in {1}, and counts as soon as you save that file.',
        name,
        baseName(document.uri),
      );
      notify('info', message, [
        { label: l10n.t('Open'), run: () => vscode.window.showTextDocument(document) },
      ]);
      return false;
    }
  }
}

async function tellOutcome({ configuration }: SignalParts, signal: SignalName, on: boolean): Promise<void> {
  const [{ signals }, values] = await Promise.all([configuration.current(), configuration.values()]);
  const name = nameOfSignal(signal);
  if (signals[signal].weight > 0 === on) {
    const text = on
      ? l10n.t('Conduit: “{0}” is learnt from again', name)
      : l10n.t('Conduit: “{0}” is off now, in your conduit.yaml', name);
    vscode.window.setStatusBarMessage(text, 4_000);
    return;
  }
  const place = values.find(({ path }) => path === `signals.${signal}`)?.place;
  const reason =
    place === undefined || !on
      ? l10n.t('conduit.yaml has an error, so the last good configuration stays in force')
      : l10n.t('{0} overrides it', place);
  notify('warning', l10n.t('The change of “{0}” is in your conduit.yaml, but {1}.', name, reason), [
    openConfiguration(),
  ]);
}

function openConfiguration() {
  return {
    label: l10n.t('Open Configuration'),
    run: () => vscode.commands.executeCommand('conduit.openConfiguration'),
  };
}
