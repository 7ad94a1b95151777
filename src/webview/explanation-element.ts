import * as l10n from '@vscode/l10n';
import { h, icon, phrase, textButton } from './dom';
import type { Explanation } from './protocol/chat';

/** What would change the choice of a decision that is recorded. */
export interface Reconsidering {
  readonly decisionId: string;
  /** Absent: they are asked for, and shown by `showWhatIf`. */
  readonly sentences?: readonly string[];
  /** Copies all that is known of the choice as JSON. */
  readonly copy: () => void;
}

/**
 * "Why this model?": one sentence, and unfolded what would change the choice, the reasons, and all candidates with their
 * scores. Closed at first.
 */
export function explanationElement(
  explanation: Explanation,
  reconsidering: Reconsidering | undefined,
): HTMLDetailsElement {
  return h(
    'details',
    { class: 'why', 'data-testid': 'why' },
    h(
      'summary',
      { 'data-testid': 'why-toggle' },
      l10n.t('Why this model?'),
      explanation.sentence !== undefined &&
        h(
          'span',
          { class: 'sentence', 'data-testid': 'why-sentence', dir: 'auto' },
          ` ${explanation.sentence}`,
        ),
    ),
    reconsidering && whatIfElement(reconsidering),
    h('ul', { class: 'reasons' }, ...explanation.reasons.map((reason) => h('li', {}, reason))),
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': l10n.t('Candidates') },
      candidatesTable(explanation),
    ),
    explanation.excluded.length > 0 &&
      h(
        'ul',
        { class: 'reasons' },
        ...explanation.excluded.map(({ model, reason }) =>
          h('li', {}, ...phrase(l10n.t('{0} was left out: {1}.'), h('bdi', {}, model), reason)),
        ),
      ),
  );
}

/** Filled by `showWhatIf`, once the explanation is unfolded and asks. */
function whatIfElement({ decisionId, sentences, copy }: Reconsidering): HTMLElement {
  return h(
    'div',
    { class: 'what-if', 'data-testid': 'what-if' },
    h('p', { class: 'title' }, l10n.t('What would change it')),
    h(
      'ul',
      { class: 'reasons', 'data-what-if': decisionId, 'aria-live': 'polite' },
      ...(sentences ?? [l10n.t('Choosing again…')]).map(sentenceItem),
    ),
    textButton(l10n.t('Copy as JSON'), copy, {
      class: 'text-button small',
      'data-testid': 'copy-why',
    }),
  );
}

/** Puts the sentences into every explanation of the decision that is on the page. */
export function showWhatIf(root: ParentNode, decisionId: string, sentences: readonly string[]): void {
  for (const list of root.querySelectorAll('[data-what-if]')) {
    if (list.getAttribute('data-what-if') !== decisionId) continue;
    list.replaceChildren(...sentences.map(sentenceItem));
  }
}

function sentenceItem(sentence: string): HTMLElement {
  return h('li', { dir: 'auto' }, sentence);
}

/** A column for risk only where there is any: models seldom fail. */
function columnsOf(withRisk: boolean): readonly string[] {
  return [
    l10n.t('Model'),
    l10n.t('Expected'),
    l10n.t('Quality'),
    l10n.t('Bonus'),
    l10n.t('Cost'),
    l10n.t('Time'),
    ...(withRisk ? [l10n.t('May fail')] : []),
    l10n.t('Utility'),
    l10n.t('Probability'),
  ];
}

function candidatesTable({ candidates }: Explanation): HTMLElement {
  const withRisk = candidates.some(({ risk }) => risk !== undefined);
  const heads = columnsOf(withRisk).map((column) => h('th', { scope: 'col' }, column));
  return h(
    'table',
    { 'data-testid': 'candidates' },
    h('caption', { class: 'hidden' }, l10n.t('Models that could have answered, best first')),
    h('thead', {}, h('tr', {}, ...heads)),
    h('tbody', {}, ...candidates.map((candidate) => candidateRow(candidate, withRisk))),
  );
}

/** Earlier versions gave a model that was never tried a bonus above every other: the number would say nothing. */
const untriedBonus = 10;

function candidateRow(candidate: Explanation['candidates'][number], withRisk: boolean): HTMLElement {
  const { chosen, model, expected, quality01, bonus, cost, latency, risk, utility, probability } = candidate;
  const untried = expected === undefined && bonus >= untriedBonus;
  const cells = [
    expected ?? '–',
    quality01.toFixed(2),
    untried ? l10n.t('untried') : `+${bonus.toFixed(2)}`,
    cost,
    latency,
    ...(withRisk ? [risk ?? '–'] : []),
    untried ? l10n.t('first') : utility.toFixed(3),
    probability.toFixed(4),
  ];
  return h(
    'tr',
    { class: chosen ? 'chosen' : undefined },
    h(
      'th',
      { scope: 'row' },
      chosen && icon('check'),
      h('bdi', {}, model),
      chosen && h('span', { class: 'hidden' }, ` ${l10n.t('(chosen)')}`),
    ),
    ...cells.map((cell) => h('td', {}, cell)),
  );
}
