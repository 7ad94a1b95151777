import * as l10n from '@vscode/l10n';
import type { SignalName, SignalRule } from '../../core/terms/signals';

/** What happened, in the words of who did it. */
const names: Readonly<Record<SignalName, string>> = {
  'rating-up': l10n.t('rated good'),
  'rating-down': l10n.t('rated bad'),
  'compared-won': l10n.t('better of two answers'),
  'compared-lost': l10n.t('worse of two answers'),
  scored: l10n.t('graded by a test'),
  'edit-accepted': l10n.t('edit accepted'),
  'edit-changed': l10n.t('edit accepted, then typed over'),
  'edit-rejected': l10n.t('edit rejected'),
  'edit-undone': l10n.t('edit undone within a minute'),
  'survived-save': l10n.t('lines of the edit left at the first save'),
  'survived-5-minutes': l10n.t('lines of the edit left after 5 minutes'),
  'survived-30-minutes': l10n.t('lines of the edit left after 30 minutes'),
  'more-problems': l10n.t('more errors and warnings after the edit'),
  'fewer-problems': l10n.t('fewer errors and warnings after the edit'),
  copied: l10n.t('copied, all or a part'),
  inserted: l10n.t('code inserted, applied, or made a file'),
  regenerated: l10n.t('another answer was asked for'),
  'retried-elsewhere': l10n.t('another model was picked for it'),
  'taken-seen': l10n.t('code found in a file'),
  'taken-save': l10n.t('code found in a file, left at the save'),
  'taken-5-minutes': l10n.t('code found in a file, left after 5 minutes'),
  'taken-30-minutes': l10n.t('code found in a file, left after 30 minutes'),
  'taken-commit': l10n.t('code found in a commit'),
  'turn-asks-again': l10n.t('next question asks the same again'),
  'turn-says-wrong': l10n.t('next question says that it was wrong'),
  'turn-pastes-error': l10n.t('next question brings an error of the code'),
  'turn-thanks': l10n.t('next question thanks'),
  'turn-goes-on': l10n.t('next question goes on'),
  'loop-repeated-call': l10n.t('agent repeated a tool call'),
  'loop-bad-arguments': l10n.t('agent called a tool wrongly'),
  'loop-failed-edit': l10n.t('agent’s edit did not apply'),
  'loop-turned-green': l10n.t('agent’s tests or build turned green'),
  'loop-turned-red': l10n.t('agent’s tests or build turned red'),
  'loop-many-steps': l10n.t('agent took far more steps than usual'),
  'loop-given-up': l10n.t('agent gave up'),
  'loop-stopped-by-user': l10n.t('agent was stopped by the user'),
  judged: l10n.t('judged by another model'),
  completed: l10n.t('answer came'),
  failed: l10n.t('no answer came'),
};

export function nameOfSignal(name: SignalName): string {
  return names[name];
}

/** "bad (0.35)"; "the more, the better (0.10 to 0.95)" for a row that has a share or a score of its own. */
export function saysOfSignal(rule: Pick<SignalRule, 'quality01' | 'none01'>): string {
  const { quality01, none01 } = rule;
  const quality = quality01.toFixed(2);
  if (none01 !== undefined)
    return quality01 >= none01
      ? l10n.t('the more, the better ({0} to {1})', none01.toFixed(2), quality)
      : l10n.t('the more, the worse ({0} to {1})', none01.toFixed(2), quality);
  if (quality01 === 0.5) return l10n.t('neither good nor bad ({0})', quality);
  return quality01 > 0.5 ? l10n.t('good ({0})', quality) : l10n.t('bad ({0})', quality);
}

/** "0.09", as many digits as it has; "off". */
export function weightOfSignal({ weight, halfLife }: SignalRule): string {
  if (weight === 0) return l10n.t('off');
  const text = String(Number(weight.toPrecision(2)));
  return halfLife === undefined ? text : l10n.t('{0}, half after {1} requests', text, halfLife);
}
