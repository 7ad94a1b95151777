import * as l10n from '@vscode/l10n';
import { hasFencedCode } from '../../text/has-fenced-code';
import type { TurnMetadata } from './participant-history';
import { anyModel } from './participant-request';

/** A suggestion under an answer: what is sent to `@conduit` when it is chosen. */
export interface FollowUp {
  readonly label: string;
  readonly command: string;
  readonly prompt: string;
}

/**
 * What one may want next. `models` is how many the answer's pool has: with only one there is no other to ask, and none
 * to stay with.
 */
export function followUpsOf(
  { answer, deploymentId, lockedTo, command }: TurnMetadata,
  models: number,
): readonly FollowUp[] {
  if (answer === '' || deploymentId === undefined) return [];
  const hasCode = hasFencedCode(answer);
  return [
    ...(hasCode && command !== 'tests' ? [writeTests()] : []),
    ...(hasCode && command === 'tests' ? [explainIt()] : []),
    ...(models > 1 ? [another(), lockedTo === undefined ? stayWith(deploymentId) : chooseAgain()] : []),
  ];
}

const writeTests = (): FollowUp => ({
  label: l10n.t('Write tests for it'),
  command: 'tests',
  prompt: l10n.t('The code is the one in your answer.'),
});

const explainIt = (): FollowUp => ({
  label: l10n.t('Explain it'),
  command: 'explain',
  prompt: l10n.t('The code is the one in your answer.'),
});

const another = (): FollowUp => ({
  label: l10n.t('Ask another model'),
  command: 'another',
  // The editor sends no empty message; a blank is none.
  prompt: ' ',
});

const stayWith = (model: string): FollowUp => ({
  label: l10n.t('Stay with {0}', model),
  command: 'model',
  prompt: model,
});

const chooseAgain = (): FollowUp => ({
  label: l10n.t('Let Conduit choose again'),
  command: 'model',
  prompt: anyModel,
});
