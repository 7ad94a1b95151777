import * as l10n from '@vscode/l10n';
import type { RatingReason } from './chat';

/** Why an answer was bad, in words, for the pages and for the editor's own lists. */
export function nameOfReason(reason: RatingReason): string {
  switch (reason) {
    case 'wrong':
      return l10n.t('wrong');
    case 'outdated':
      return l10n.t('outdated');
    case 'ignored-instructions':
      return l10n.t('ignored instructions');
    case 'too-long':
      return l10n.t('too long');
    case 'too-slow':
      return l10n.t('too slow');
    case 'refused':
      return l10n.t('refused to answer');
  }
}
