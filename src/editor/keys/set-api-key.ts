import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { KeyCheck } from '../../providers/check-key';
import type { ConfigurationSource } from '../configuration/configuration-source';
import type { KeyPlace } from './key-places';
import { completeAddress, keyPlaces, placeAt } from './key-places';
import type { KeyStore } from './key-store';
import { addressProblem, checkDetail, checkTitle, firstSentence, keyProblem, maskedKey } from './key-text';
import type { UnencryptedHosts } from './unencrypted-hosts';
import { notify } from '../notify';
import type { StepResult } from '../steps';
import { back, inputStep, pickStep, waitStep } from '../steps';

export interface KeyParts {
  readonly keys: KeyStore;
  readonly configuration: ConfigurationSource;
  readonly environment: NodeJS.ProcessEnv;
  /** Where keys from the environment may go without encryption. */
  readonly unencrypted: Pick<UnencryptedHosts, 'allowed' | 'review'>;
  /** Asks the server whether it takes the key, at no cost. Never rejects. */
  check(place: KeyPlace, key: string, signal: AbortSignal): Promise<KeyCheck>;
}

const title = l10n.t('Set API Key');

/** `Conduit: Set API Key`: for which host, the key, whether the host takes it; then it goes to secret storage. */
export async function setApiKey(parts: KeyParts): Promise<void> {
  for (;;) {
    const chosen = await choosePlace(parts);
    if (chosen === undefined || chosen === back) return;
    if (typeof chosen === 'string') {
      const typed = await askAddress(chosen);
      if (typed === undefined) return;
      if (typed === back) continue;
      if ((await setKeyFor(placeAt(completeAddress(typed)), parts, 2)) !== back) return;
    } else if ((await setKeyFor(chosen, parts, 1)) !== back) return;
  }
}

/**
 * Asks for the key of a place and stores it where the place takes it, or the user wants it all the same. A key that
 * is refused leaves the one that was stored. `stepsBefore` were shown already.
 */
export async function setKeyFor(
  place: KeyPlace,
  parts: KeyParts,
  stepsBefore: number,
): Promise<typeof back | undefined> {
  const totalSteps = stepsBefore + 2;
  for (;;) {
    const key = await inputStep({
      title: `${title}: ${place.label}`,
      step: stepsBefore + 1,
      totalSteps,
      prompt: l10n.t('Kept in the editor’s secret storage, and sent to {0} only.', place.host),
      placeholder: l10n.t('Paste the key'),
      password: true,
      check: (text) => {
        const problem = keyProblem(text, place);
        return problem === undefined ? undefined : { text: problem, fatal: true };
      },
    });
    if (key === undefined || key === back) return key;
    const verdict = await judge(place, key, parts, totalSteps);
    if (verdict === undefined) return undefined;
    if (verdict === back) continue;
    await parts.keys.set(place.host, key);
    notify('info', storedText(place, verdict), [
      { label: l10n.t('Ask Conduit'), run: () => vscode.commands.executeCommand('conduit.ask') },
    ]);
    return undefined;
  }
}

/** How a key fares: to be stored as checked, to be stored unchecked, or (`back`) another one is wanted. */
async function judge(
  place: KeyPlace,
  key: string,
  parts: KeyParts,
  totalSteps: number,
): Promise<StepResult<'accepted' | 'anyway'>> {
  const position = { step: totalSteps, totalSteps };
  for (;;) {
    const result = await waitStep(
      {
        ...position,
        title: `${title}: ${place.label}`,
        placeholder: l10n.t('Asking {0} whether it takes this key. This costs nothing.', place.host),
      },
      (signal) => parts.check(place, key, signal),
    );
    if (result === undefined || result === back) return result;
    if (result.kind === 'accepted') return 'accepted';
    const old = await parts.keys.get(place.host);
    const chosen = await pickStep({
      ...position,
      title: checkTitle(place, result),
      // Where the eye is: it is cut off where the list is too narrow, so the first sentence has to do.
      placeholder: firstSentence(checkDetail(place, result)),
      items: choicesAfter(result, old),
    });
    if (chosen === undefined || chosen === back) return chosen;
    switch (chosen.action) {
      case 'another':
        return back;
      case 'anyway':
        return 'anyway';
      case 'again':
        continue;
      case 'leave':
        return undefined;
    }
  }
}

interface ChoiceAfterCheck extends vscode.QuickPickItem {
  readonly action: 'another' | 'anyway' | 'again' | 'leave';
}

function choicesAfter(
  { kind }: Exclude<KeyCheck, { kind: 'accepted' }>,
  old: string | undefined,
): readonly ChoiceAfterCheck[] {
  const another = { action: 'another', label: `$(edit) ${l10n.t('Enter another key')}` } as const;
  const again = { action: 'again', label: `$(refresh) ${l10n.t('Check again')}` } as const;
  const anyway = {
    action: 'anyway',
    label: `$(save) ${l10n.t('Store anyway')}`,
    description: old === undefined ? '' : l10n.t('replaces {0}', maskedKey(old)),
  } as const;
  const leave = {
    action: 'leave',
    label: `$(close) ${old === undefined ? l10n.t('Don’t store it') : l10n.t('Keep the key that is stored')}`,
    description: old === undefined ? '' : maskedKey(old),
  } as const;
  switch (kind) {
    case 'refused':
      return [another, leave, anyway];
    case 'unchecked':
      return [anyway, again, another, leave];
    case 'uncheckable':
      return [anyway, another, leave];
  }
}

interface PlaceItem extends vscode.QuickPickItem {
  /** Undefined: any other host. */
  readonly place: KeyPlace | undefined;
}

const otherHost: PlaceItem = {
  label: l10n.t('Another host…'),
  description: l10n.t('any server that speaks OpenAI’s protocol'),
  // Whoever types an address looks for this.
  alwaysShow: true,
  place: undefined,
};

/** A place; or, for another host, as much of its address as was typed already. */
async function choosePlace(parts: KeyParts): Promise<StepResult<KeyPlace | string>> {
  const places = keyPlaces(await parts.configuration.current(), parts.environment, await parts.keys.hosts());
  const items = await Promise.all(
    places.map(async (place) => ({
      label: place.label,
      description: place.label === place.host ? '' : place.host,
      detail: keyState(place, await parts.keys.get(place.host), parts.environment),
      place,
    })),
  );
  const likely = items.filter(({ place }) => place.likely);
  const others = items.filter(({ place }) => !place.likely);
  let typed = '';
  const chosen = await pickStep<PlaceItem>({
    title,
    step: 1,
    totalSteps: 3,
    placeholder: l10n.t('Which provider is the key for?'),
    items: [...likely, otherHost, ...others],
    onTyped: (text) => (typed = text),
  });
  if (chosen === undefined || chosen === back) return chosen;
  // What has none of these was typed to find the entry.
  return chosen.place ?? (/[.:/]/.test(typed) ? typed : '');
}

/** What is known of the key for a place, in words. */
function keyState(
  { variables }: KeyPlace,
  stored: string | undefined,
  environment: NodeJS.ProcessEnv,
): string {
  const inEnvironment = variables.filter((name) => environment[name]);
  if (inEnvironment.length > 0) return l10n.t('In the environment: {0}', inEnvironment.join(', '));
  return stored === undefined ? l10n.t('No key is stored') : l10n.t('Stored: {0}', maskedKey(stored));
}

function askAddress(value: string): Promise<StepResult<string>> {
  return inputStep({
    value,
    title,
    step: 2,
    totalSteps: 4,
    prompt: l10n.t('The address of the server, as api_base has it in conduit.yaml'),
    placeholder: 'https://llm.example.com/v1',
    check: (typed) => addressProblem(typed, completeAddress),
  });
}

function storedText({ label, host }: KeyPlace, verdict: 'accepted' | 'anyway'): string {
  return verdict === 'accepted'
    ? l10n.t(
        '{0} takes the key. It is stored in the editor’s secret storage and sent to {1} only.',
        label,
        host,
      )
    : l10n.t('The key for {0} is stored in the editor’s secret storage, unchecked.', host);
}
