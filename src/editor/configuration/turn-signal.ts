import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SignalName } from '../../core/terms/signals';
import { notify } from '../notify';
import { nameOfSignal } from '../shown/signal-names';
import type { ConfigurationSource } from './configuration-source';
import type { WriteParts } from './write-value';
import { openConfiguration, writeValue } from './write-value';

export interface SignalParts extends WriteParts {
  readonly configuration: Pick<ConfigurationSource, 'current' | 'values' | 'refresh'>;
}

/** Learns from a signal as shipped, or no longer, by the user's conduit.yaml. */
export async function turnSignal(parts: SignalParts, signal: SignalName, on: boolean): Promise<void> {
  const name = nameOfSignal(signal);
  const value = { section: 'signals', key: signal, value: on ? undefined : 'off' };
  const written = await writeValue(parts, value, {
    notChanged: (reason) => l10n.t('“{0}” was not changed: {1}.', name, reason),
    notSaved: (file) =>
      l10n.t('The change of “{0}” is in {1}, and counts as soon as you save that file.', name, file),
  });
  if (!written) return;
  await parts.configuration.refresh();
  await tellOutcome(parts, signal, on);
}

async function tellOutcome(
  { configuration }: SignalParts,
  signal: SignalName,
  on: boolean,
): Promise<void> {
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
