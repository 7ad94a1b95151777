import * as l10n from '@vscode/l10n';
import type { Doubt } from '../../text/edits/doubt';
import { truncatedNotice } from '../answers/answer-texts';
import type { Choice } from '../notify';
import { confirm, notify } from '../notify';
import type { Accepting } from './apply-proposal';
import { doubtTexts } from './doubt-texts';

/** What the user is told of a proposal. */
export const editNotices = {
  closed: (label: string, choices: readonly Choice[]): void =>
    notify(
      'info',
      l10n.t('The proposal for {0} was closed, not rejected. Nothing was changed.', label),
      choices,
    ),
  overtaken: (label: string, openAnswer: Choice): void =>
    notify(
      'warning',
      l10n.t(
        'You changed {0} while Conduit was working on it. Your text stands, and the proposal was dropped.',
        label,
      ),
      [openAnswer],
    ),
  oneAtATime: (): void =>
    notify('info', l10n.t('Conduit is still writing another proposal. Accept, reject or cancel it first.')),
  unreachable: (label: string, why: string, openAnswer: Choice): void =>
    notify('error', l10n.t('{0} can’t be opened any more, so nothing was changed: {1}', label, why), [
      openAnswer,
    ]),
  notYet: (): void =>
    notify('info', l10n.t('The proposal is still being written. It can be accepted when it is complete.')),
  noCode: (choices: readonly Choice[]): void =>
    notify(
      'info',
      l10n.t('The answer carries no code, so nothing is proposed. Nothing was changed.'),
      choices,
    ),
  notPlaced: (label: string, doubts: readonly Doubt[], choices: readonly Choice[]): void =>
    notify(
      'warning',
      `${l10n.t('Nothing is proposed for {0}, and nothing was changed.', label)} ${doubtTexts(doubts)}`,
      choices,
    ),
  doubtful: (label: string, doubts: readonly Doubt[], choices: readonly Choice[]): void =>
    notify(
      'warning',
      `${l10n.t('Look at the proposal for {0} before you accept it.', label)} ${doubtTexts(doubts)}`,
      choices,
    ),
  truncated: (choices: readonly Choice[]): void =>
    notify('warning', `${truncatedNotice} ${l10n.t('The proposal may be cut off too.')}`, choices),
  noAnswer: (): void => notify('info', l10n.t('There is no answer of an inline command in this window yet.')),
};

/** Asks before a proposal is accepted that may not be what the model meant. Accepting it is not the default. */
export function agreeToDoubts(label: string, doubts: readonly Doubt[]): Promise<boolean> {
  return confirm(
    l10n.t('Accept the proposal for {0} as it is?', label),
    doubtTexts(doubts),
    l10n.t('Accept Anyway'),
    l10n.t('Back to the Proposal'),
  );
}

/** What became of accepting, where that is anything but what was asked for. */
export function tellOfAccepting(ended: Accepting, label: string, openAnswer: Choice): void {
  switch (ended) {
    case 'applied':
      return;
    case 'nothing':
      return notify('info', l10n.t('The proposal is what {0} says already. Nothing was changed.', label));
    case 'changed':
      return notify(
        'warning',
        l10n.t('{0} is no longer what the model was asked about. Nothing was changed.', label),
        [openAnswer],
      );
    case 'refused':
      return notify(
        'error',
        l10n.t('The editor did not take the change of {0}. Nothing was changed.', label),
        [openAnswer],
      );
  }
}
