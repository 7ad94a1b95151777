import * as vscode from 'vscode';
import type { ConfigurationSource } from '../configuration/configuration-source';
import type { KeyPlace } from './key-places';
import { completeAddress, keyPlaces, placeAt } from './key-places';
import type { KeyStore } from './key-store';
import type { KeyCheck } from './key-text';
import { addressProblem, checkTitle, firstSentence, keyProblem, maskedKey } from './key-text';
import { notify } from '../notify';
import type { StepResult } from '../steps';
import { back, inputStep, pickStep, waitStep } from '../steps';

export interface KeyParts {
  readonly keys: KeyStore;
  readonly configuration: ConfigurationSource;
  readonly environment: NodeJS.ProcessEnv;
  /** Asks the server whether it takes the key, at no cost. Never rejects. */
  check(place: KeyPlace, key: string, signal: AbortSignal): Promise<KeyCheck>;
}

const title = 'Set API Key';

/** `Conduit: Set API Key`: for which host, the key, whether the host takes it; then it goes to secret storage. */
export async function setApiKey(parts: KeyParts): Promise<void> {
  for (;;) {
    const chosen = await choosePlace(parts);
    if (chosen === undefined || chosen === back) return;
    if (chosen === 'other') {
      const typed = await askAddress();
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
      prompt: `Kept in the editor’s secret storage, and sent to ${place.host} only.`,
      placeholder: 'Paste the key',
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
      { label: 'Ask Conduit', run: () => vscode.commands.executeCommand('conduit.ask') },
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
        placeholder: `Asking ${place.host} whether it takes this key. This costs nothing.`,
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
      placeholder: firstSentence(result.detail),
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
  const another = { action: 'another', label: '$(edit) Enter another key' } as const;
  const again = { action: 'again', label: '$(refresh) Check again' } as const;
  const anyway = {
    action: 'anyway',
    label: '$(save) Store anyway',
    description: old === undefined ? '' : `replaces ${maskedKey(old)}`,
  } as const;
  const leave = {
    action: 'leave',
    label: old === undefined ? '$(close) Don’t store it' : '$(close) Keep the key that is stored',
    description: old === undefined ? '' : maskedKey(old),
  } as const;
  return kind === 'refused' ? [another, leave, anyway] : [anyway, again, another, leave];
}

interface PlaceItem extends vscode.QuickPickItem {
  readonly place: KeyPlace | 'other';
}

const otherHost: PlaceItem = {
  label: 'Another host…',
  description: 'any server that speaks OpenAI’s protocol',
  place: 'other',
};

async function choosePlace(parts: KeyParts): Promise<StepResult<KeyPlace | 'other'>> {
  const places = keyPlaces(await parts.configuration.current(), parts.environment);
  const items = await Promise.all(
    places.map(async (place) => ({
      label: place.label,
      description: place.label === place.host ? '' : place.host,
      detail: keyState(place, await parts.keys.get(place.host), parts.environment),
      place,
    })),
  );
  const chosen = await pickStep<PlaceItem>({
    title,
    step: 1,
    totalSteps: 3,
    placeholder: 'Which provider is the key for?',
    items: [...items, otherHost],
  });
  return chosen === undefined || chosen === back ? chosen : chosen.place;
}

/** What is known of the key for a place, in words. */
function keyState(
  { variables }: KeyPlace,
  stored: string | undefined,
  environment: NodeJS.ProcessEnv,
): string {
  const inEnvironment = variables.filter((name) => environment[name]);
  if (inEnvironment.length > 0) return `In the environment: ${inEnvironment.join(', ')}`;
  return stored === undefined ? 'No key is stored' : `Stored: ${maskedKey(stored)}`;
}

function askAddress(): Promise<StepResult<string>> {
  return inputStep({
    title,
    step: 2,
    totalSteps: 4,
    prompt: 'The address of the server, as api_base has it in conduit.yaml',
    placeholder: 'https://llm.example.com/v1',
    check: (typed) => addressProblem(typed, completeAddress),
  });
}

function storedText({ label, host }: KeyPlace, verdict: 'accepted' | 'anyway'): string {
  return verdict === 'accepted'
    ? `${label} takes the key. It is stored in the editor’s secret storage and sent to ${host} only.`
    : `The key for ${host} is stored in the editor’s secret storage, unchecked.`;
}
