import * as l10n from '@vscode/l10n';
import type { Doubt } from '../../text/edits/doubt';

/** What the user is told of a proposal that may not be what the model meant. One sentence for each reason. */
export function doubtTexts(doubts: readonly Doubt[]): string {
  return doubts.map(doubtText).join(' ');
}

export function doubtText(doubt: Doubt): string {
  switch (doubt) {
    case 'placeholder':
      return l10n.t('The model left code out, and it isn’t sure which lines its placeholder stands for.');
    case 'unplaced':
      return l10n.t('Changes of the answer fit nowhere in these lines and were left out.');
    case 'ambiguous':
      return l10n.t('A change of the answer fits several places; the first one was taken.');
    case 'outside':
      return l10n.t('The answer changes other lines too; those were left as they are.');
    case 'repeated':
      return l10n.t('A line that stands beside these may be in the proposal once more.');
    case 'versions':
      return l10n.t('The answer holds several versions; the last one was taken.');
    case 'conflict-marks':
      return l10n.t('The answer has conflict marks; what stands below them was taken.');
    case 'diff-signs':
      return l10n.t('The signs of a diff stand in the code.');
    case 'line-numbers':
      return l10n.t('Line numbers stand in the code.');
    case 'margin':
      return l10n.t('It isn’t sure how far in the lines belong.');
    case 'lost':
      return l10n.t('Lines are gone that the answer says nothing of.');
    case 'unbalanced':
      return l10n.t('A brace is left open or closed once too often.');
  }
}
