import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { KeyPlace } from './key-places';
import { keyPlaces, placeOfHost } from './key-places';
import { checkDetail, maskedKey } from './key-text';
import { confirm, notify } from '../notify';
import type { KeyParts } from './set-api-key';
import { setApiKey, setKeyFor } from './set-api-key';
import { back, pickStep, waitStep } from '../steps';

const title = l10n.t('Manage API Keys');

/** `Conduit: Manage API Keys`: the keys that are stored, masked; each can be checked, replaced and removed. */
export async function manageApiKeys(parts: KeyParts): Promise<void> {
  for (;;) {
    const chosen = await pickStep({
      title,
      step: 1,
      totalSteps: 2,
      placeholder: l10n.t('Keys in the editor’s secret storage, and variables that conduit.yaml names'),
      items: await listItems(parts),
    });
    if (chosen === undefined || chosen === back) return;
    if (chosen.place === 'add') return setApiKey(parts);
    if (chosen.place === 'variable') {
      const { variable, host } = chosen;
      // What is sent encrypted, or stays on this machine, needs no word of the user.
      if (variable !== undefined && host !== undefined) await parts.unencrypted.review(host, variable);
      continue;
    }
    if ((await act(chosen.place, parts)) !== back) return;
  }
}

/** `Conduit: Remove API Key`. */
export async function removeApiKey(parts: KeyParts): Promise<void> {
  const items = await storedItems(parts);
  if (items.length === 0) {
    notify(
      'info',
      l10n.t('No API key is stored. Keys in environment variables are not Conduit’s to remove.'),
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(items, { title: l10n.t('Which key should be removed?') });
  if (picked !== undefined) await remove(picked.place, parts);
}

interface KeyItem extends vscode.QuickPickItem {
  readonly place: KeyPlace | 'variable' | 'add';
  /** Of a key in the environment that goes somewhere without encryption, or is held back from there. */
  readonly variable?: string;
  readonly host?: string;
}

async function listItems(parts: KeyParts): Promise<readonly KeyItem[]> {
  const stored = await storedItems(parts);
  const places = keyPlaces(await parts.configuration.current(), parts.environment);
  const variables = places.flatMap(({ variables: names, host }) =>
    names.map((name) => ({
      label: `$(symbol-variable) ${name}`,
      description: host,
      detail: variableState(name, host, parts),
      place: 'variable' as const,
      ...(host.startsWith('http://') && parts.environment[name] && { variable: name, host }),
    })),
  );
  const add = { label: `$(add) ${l10n.t('Set a key…')}`, place: 'add' } as const;
  return [...stored, ...variables, add];
}

function variableState(name: string, host: string, { environment, unencrypted }: KeyParts): string {
  if (!environment[name]) return l10n.t('Not set in the environment: a stored key serves instead');
  if (!host.startsWith('http://'))
    return l10n.t('Set in the environment: it comes before a stored key, and is changed there');
  return unencrypted.allowed(host)
    ? l10n.t('Set in the environment, and sent without encryption, as you allowed')
    : l10n.t('Set in the environment, and held back: it would be sent without encryption');
}

async function storedItems(
  parts: KeyParts,
): Promise<readonly (vscode.QuickPickItem & { readonly place: KeyPlace })[]> {
  const places = keyPlaces(await parts.configuration.current(), parts.environment);
  const hosts = [...(await parts.keys.hosts())].sort();
  return Promise.all(
    hosts.map(async (host) => {
      const place = placeOfHost(host, places);
      return {
        label: place.label,
        description: place.label === host ? '' : host,
        detail: l10n.t('Stored: {0}', maskedKey((await parts.keys.get(host)) ?? '')),
        place,
      };
    }),
  );
}

interface KeyAction extends vscode.QuickPickItem {
  readonly action: 'check' | 'replace' | 'remove';
}

const actions: readonly KeyAction[] = [
  {
    action: 'check',
    label: `$(refresh) ${l10n.t('Check')}`,
    description: l10n.t('asks the server; this costs nothing'),
  },
  { action: 'replace', label: `$(edit) ${l10n.t('Replace…')}` },
  { action: 'remove', label: `$(trash) ${l10n.t('Remove…')}` },
];

async function act(place: KeyPlace, parts: KeyParts): Promise<typeof back | undefined> {
  const chosen = await pickStep({
    title: `${title}: ${place.label}`,
    step: 2,
    totalSteps: 2,
    placeholder: l10n.t('The key that is sent to {0}', place.host),
    items: actions,
  });
  if (chosen === undefined || chosen === back) return chosen;
  switch (chosen.action) {
    case 'replace':
      return setKeyFor(place, parts, 0);
    case 'remove':
      await remove(place, parts);
      return undefined;
    case 'check':
      return checkStored(place, parts);
  }
}

async function checkStored(place: KeyPlace, parts: KeyParts): Promise<typeof back | undefined> {
  const key = await parts.keys.get(place.host);
  if (key === undefined) return back;
  const result = await waitStep(
    {
      title: `${title}: ${place.label}`,
      step: 2,
      totalSteps: 2,
      placeholder: l10n.t('Asking {0} whether it takes the key. This costs nothing.', place.host),
    },
    (signal) => parts.check(place, key, signal),
  );
  if (result === undefined || result === back) return result;
  switch (result.kind) {
    case 'accepted':
      notify('info', l10n.t('{0} takes the key {1}.', place.label, maskedKey(key)));
      break;
    case 'refused':
      notify('warning', l10n.t('{0} refused the key {1}: {2}', place.label, maskedKey(key), result.detail), [
        { label: l10n.t('Replace Key'), run: () => setKeyFor(place, parts, 0) },
      ]);
      break;
    case 'unchecked':
    case 'uncheckable':
      notify(
        'warning',
        l10n.t('The key {0} could not be checked: {1}', maskedKey(key), checkDetail(place, result)),
      );
  }
  return undefined;
}

async function remove({ host }: KeyPlace, { keys }: KeyParts): Promise<void> {
  const agreed = await confirm(
    l10n.t('Remove the key for {0}?', host),
    l10n.t('Models on this host are left out of routing until a key is set again.'),
    l10n.t('Remove Key'),
  );
  if (!agreed) return;
  await keys.remove(host);
  notify('info', l10n.t('The key for {0} was removed.', host));
}
