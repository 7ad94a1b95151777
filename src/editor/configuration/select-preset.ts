import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EffectiveValue } from '../../config/effective-values';
import type { withPreset } from '../../config/file/set-preset';
import type { PresetName } from '../../core/terms/preset';
import { presetNames, presets } from '../../core/terms/preset';
import { notify } from '../notify';
import { changeUserFile } from './change-user-file';
import { baseName } from './configuration-files';
import type { ConfigurationSource } from './configuration-source';

type Read = Pick<ConfigurationSource, 'current' | 'values' | 'refresh'>;

export interface PresetParts {
  readonly configuration: Read;
  readonly globalStorageUri: vscode.Uri;
  /** What a new conduit.yaml starts with. */
  readonly template: () => Promise<string>;
  /** The text of a conduit.yaml with a preset; undefined where that can't be done for sure. */
  readonly write: () => Promise<typeof withPreset>;
}

/** `Conduit: Select Preset`: what matters most when a model is chosen, written into the user's conduit.yaml. */
export async function selectPreset(parts: PresetParts): Promise<void> {
  const { configuration } = parts;
  const [{ preset }, values] = await Promise.all([configuration.current(), configuration.values()]);
  const override = overrideOf(values);
  const items = presetNames.map((name) => ({
    label: name,
    preset: name,
    description: name === preset ? l10n.t('current') : '',
    detail: weightsText(name),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('What matters most when a model is chosen?'),
    placeHolder:
      override === undefined
        ? l10n.t('Written into your conduit.yaml')
        : l10n.t('Written into your conduit.yaml, but {0} overrides it', override),
  });
  if (picked === undefined || !(await write(parts, picked.preset))) return;
  await configuration.refresh();
  await tellOutcome(configuration, picked.preset);
}

function weightsText(name: PresetName): string {
  const { quality, cost, latency } = presets[name];
  const [q, c, t] = [quality, cost, latency].map((weight) => Math.round(100 * weight));
  return l10n.t('quality {0} %, cost {1} %, speed {2} %', q ?? 0, c ?? 0, t ?? 0);
}

/** What stands above the user's own file for the preset: a variable of the environment, or the workspace's file. */
function overrideOf(values: readonly EffectiveValue[]): string | undefined {
  const value = values.find(({ path }) => path === 'router.preset');
  return value?.tier === 'environment' || value?.tier === 'workspace' ? value.place : undefined;
}

/** Resolves to true where the file now says so, and is saved. */
async function write(parts: PresetParts, preset: PresetName): Promise<boolean> {
  const withPreset = await parts.write();
  const changed = await changeUserFile(parts.globalStorageUri, parts.template, (text) =>
    withPreset(text, preset),
  );
  switch (changed.kind) {
    case 'saved':
      return true;
    case 'refused':
      return cannot(changed.reason);
    case 'unsaved': {
      const { document } = changed;
      const message = l10n.t(
        'The preset is in {0}, and counts as soon as you save that file.',
        baseName(document.uri),
      );
      notify('info', message, [
        { label: l10n.t('Open'), run: () => vscode.window.showTextDocument(document) },
      ]);
      return false;
    }
  }
}

function cannot(reason: string): false {
  notify('warning', l10n.t('The preset was not changed: {0}.', reason), [openConfiguration()]);
  return false;
}

async function tellOutcome(configuration: Read, wanted: PresetName): Promise<void> {
  const [{ preset }, values] = await Promise.all([configuration.current(), configuration.values()]);
  if (preset === wanted) {
    vscode.window.setStatusBarMessage(l10n.t('Conduit: the preset is {0} now', preset), 4_000);
    return;
  }
  const override = overrideOf(values);
  const reason =
    override === undefined
      ? l10n.t('conduit.yaml has an error, so the last good configuration stays in force')
      : l10n.t('{0} overrides it', override);
  notify('warning', l10n.t('The preset {0} is in your conduit.yaml, but {1}.', wanted, reason), [
    openConfiguration(),
  ]);
}

function openConfiguration() {
  return {
    label: l10n.t('Open Configuration'),
    run: () => vscode.commands.executeCommand('conduit.openConfiguration'),
  };
}
