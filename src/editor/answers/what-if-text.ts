import * as l10n from '@vscode/l10n';
import type { Reconsidered } from '../../core/answering/reconsider';
import type { PromptPart } from '../../core/routing/telling-feature';
import type { Alternative } from '../../core/routing/what-if';
import type { Conduit } from '../../core/conduit';
import type { Decision } from '../../core/terms/decision';
import { nameOfDomain, nameOfTask } from '../shown/code-names';
import { formatUsd } from '../shown/format';

/** What would change the choice of a decision, in sentences, or why that can't be said. */
export async function whatWouldChange(
  conduit: Pick<Conduit, 'decision' | 'reconsider'>,
  decisionId: string,
): Promise<readonly string[]> {
  const [decision, reconsidered] = await Promise.all([
    conduit.decision(decisionId),
    conduit.reconsider(decisionId),
  ]);
  if (decision === undefined) return [l10n.t('This decision is no longer in the ledger.')];
  if (reconsidered === undefined)
    return [l10n.t('Its pool, its models or its way of reading prompts are no longer there.')];
  const sentences = whatIfSentences(decision, reconsidered);
  return sentences.length > 0 ? sentences : [l10n.t('There is no other model that could take this request.')];
}

/** What would change a choice, in sentences: each was found by choosing again with what is known now. */
export function whatIfSentences(
  decision: Pick<Decision, 'deploymentId' | 'task' | 'domain'>,
  { chosen, others, telling }: Reconsidered,
): readonly string[] {
  return [
    ...(chosen === decision.deploymentId ? [] : [l10n.t('Asked again now, {0} would score best.', chosen)]),
    ...(telling === undefined
      ? []
      : [
          telling.share > 0
            ? l10n.t(
                'Of the prompt, {0} does most to set {1} apart from {2}: it speaks for {1}.',
                nameOfPart(telling.part, decision),
                chosen,
                telling.rival,
              )
            : l10n.t(
                'Of the prompt, {0} does most to set {1} apart from {2}: it speaks against {1}.',
                nameOfPart(telling.part, decision),
                chosen,
                telling.rival,
              ),
        ]),
    ...others.map(alternativeSentence),
  ];
}

function alternativeSentence({ model, presets, belowUsd, goodAnswers }: Alternative): string {
  const ways = [
    ...presets.map((preset) => l10n.t('with the preset “{0}”', preset)),
    ...(belowUsd === undefined ? [] : [l10n.t('at an expected cost under {0}', costText(belowUsd))]),
    ...(goodAnswers === undefined
      ? []
      : [
          goodAnswers === 1
            ? l10n.t('after one more good answer to such a prompt')
            : l10n.t('after about {0} more good answers to such prompts', goodAnswers),
        ]),
  ];
  return ways.length === 0
    ? l10n.t(
        'No other preset, no lower price and not even fifty good answers alone would have {0} chosen.',
        model,
      )
    : l10n.t('{0} would be chosen {1}.', model, ways.join(l10n.t(', or ')));
}

/** Two digits, also where `formatUsd` would show none. */
function costText(usd: number): string {
  return usd < 0.001 ? `$${usd.toFixed(1 - Math.floor(Math.log10(usd)))}` : formatUsd(usd);
}

function nameOfPart(part: PromptPart, { task, domain }: Pick<Decision, 'task' | 'domain'>): string {
  switch (part) {
    case 'task':
      return l10n.t('its kind (“{0}”)', nameOfTask(task));
    case 'domain':
      return l10n.t('its subject (“{0}”)', nameOfDomain(domain));
    case 'meaning':
      return l10n.t('the meaning of its words');
    case 'length':
      return l10n.t('its length');
    case 'lines':
      return l10n.t('how many lines it has');
    case 'sentences':
      return l10n.t('how many sentences it has');
    case 'numbers':
      return l10n.t('how many numbers are in it');
    case 'digits':
      return l10n.t('its share of digits');
    case 'names':
      return l10n.t('how many names are in it');
    case 'commas':
      return l10n.t('how many commas it has');
    case 'long-words':
      return l10n.t('the length of its words');
    case 'question-mark':
      return l10n.t('that it ends in a question mark');
    case 'open-end':
      return l10n.t('that it ends without a full stop');
    case 'small-start':
      return l10n.t('that it begins in lower case');
    case 'formula':
      return l10n.t('that it has a formula');
    case 'code':
      return l10n.t('that it has code');
    case 'science':
      return l10n.t('its scientific words');
    case 'answer-format':
      return l10n.t('that it says how to answer');
    case 'asks-who':
      return l10n.t('that it asks who');
    case 'asks-which':
      return l10n.t('that it asks which');
    case 'asks-what':
      return l10n.t('that it asks what');
  }
}
