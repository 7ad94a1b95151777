import * as l10n from '@vscode/l10n';
import { fewestEffective } from '../../../core/stats/savings/measured-quality';
import type { BelievedQuality, MeasuredQuality, QualitySaved } from '../../../core/terms/quality-savings';
import type { SavingsView } from '../../../webview/protocol/stats-board';
import { countText, percentText } from './figures';

type Figure = SavingsView['quality'][number];

/** Three figures of quality that stand beside each other; undefined: no model is chosen to hold it against. */
export function qualityFigures(quality: QualitySaved | undefined): Figure[] {
  if (quality === undefined) {
    const note = l10n.t('Choose one model above to hold quality against it.');
    return [{ name: 'choose', label: l10n.t('Quality'), value: '', notes: [note] }];
  }
  return [believedFigure(quality), measuredFigure(quality), duelsFigure(quality)];
}

function believedFigure({ believed, model }: QualitySaved): Figure {
  const label = l10n.t('Quality against always {0}, as the router believes it', model);
  if (believed === undefined)
    return {
      ...{ name: 'believed', label, value: '–' },
      notes: [l10n.t('This needs requests that it could have taken, too.')],
    };
  const { decisions, difference, low, high } = believed;
  return {
    ...{ name: 'believed', label, value: rangeText(difference, low, high) },
    notes: [
      l10n.t(
        'Mean of what was expected of the chosen model less what was expected of {0}, over {1} requests, with a 95 % interval that more requests of the same models don’t narrow.',
        model,
        countText(decisions),
      ),
      l10n.t('It rests on: {0}.', sourcesOf(believed).join(', ')),
    ],
  };
}

function sourcesOf({ sources }: BelievedQuality): string[] {
  const shares: readonly (readonly [number, (share: string) => string])[] = [
    [sources.learnt, (share) => l10n.t('{0} what was told here', share)],
    [sources.figures, (share) => l10n.t('{0} public figures', share)],
    [sources.word, (share) => l10n.t('{0} your word', share)],
    [sources.level, (share) => l10n.t('{0} no more than what models are like', share)],
  ];
  return shares.flatMap(([share, text]) => (share < 0.005 ? [] : [text(percentText(share))]));
}

function measuredFigure(quality: QualitySaved): Figure {
  const { measured, model } = quality;
  const label = l10n.t('Quality against always {0}, as measured', model);
  if (measured.kind === 'too-few') {
    const notes = tooFewNotes(quality, measured.effectiveAnswers);
    return { name: 'measured', label, value: '–', notes };
  }
  const { difference, low, high } = measured.quality;
  return {
    ...{ name: 'measured', label, value: rangeText(difference, low, high) },
    notes: measuredNotes(measured.quality, quality),
  };
}

function measuredNotes(measured: MeasuredQuality, { supported, model }: QualitySaved): string[] {
  const { told, effectiveAnswers, leastDifference, mostDifference, turnsAt } = measured;
  return [
    l10n.t(
      'Of {0} requests that the router drew itself, {1} answers were told of; those of {2} weigh as {3} alike. The 95 % interval holds however often you look.',
      countText(supported),
      countText(told),
      model,
      countText(Math.floor(effectiveAnswers)),
    ),
    l10n.t(
      'Who tells isn’t random: this is weighted by how often model, task and place are told of. If good answers are told of up to twice as often as bad ones, or half as often, it is from {0} to {1}.',
      signedText(leastDifference),
      signedText(mostDifference),
    ),
    turnsAt === undefined
      ? l10n.t('Its sign stays even where they are told of 16 times as often.')
      : l10n.t('Its sign may turn where they are told of {0} times as often.', turnsAt.toFixed(1)),
  ];
}

/** How many more requests of the kind that there were so far it takes, where they tell anything. */
function missingNote(own: number, effective: number): string[] {
  if (effective <= 0) return [];
  const more = Math.ceil((own * (fewestEffective - effective)) / effective);
  return more <= 0
    ? []
    : [l10n.t('With requests as so far that takes about {0} more.', countText(Number(more.toPrecision(2))))];
}

function tooFewNotes({ own, drawn, drawnAndTold, model }: QualitySaved, effective: number): string[] {
  return [
    l10n.t(
      '{0} of {1} requests that the router drew itself went to {2}, and {3} of these answers were told of.',
      countText(drawn),
      countText(own),
      model,
      countText(drawnAndTold),
    ),
    drawnAndTold < fewestEffective
      ? l10n.t(
          'A number needs at least {0} of them. Conduit explores seldom, so that most ledgers hold too few.',
          fewestEffective,
        )
      : l10n.t(
          'They weigh as {0} of the {1} that a number needs, as some stand for very many requests.',
          Math.floor(effective),
          fewestEffective,
        ),
    ...missingNote(own, drawnAndTold < fewestEffective ? drawnAndTold : effective),
  ];
}

function duelsFigure({ duels, model }: QualitySaved): Figure {
  const label = l10n.t('Duels against {0}', model);
  if (duels === undefined) {
    const note = l10n.t(
      'No answer of it was compared with another one’s yet: the chat view’s duels do that.',
    );
    return { name: 'duels', label, value: '–', notes: [note] };
  }
  const { won, lost, share01, low01, high01 } = duels;
  return {
    ...{ name: 'duels', label },
    value: l10n.t('{0} won [{1} to {2}]', percentText(share01), percentText(low01), percentText(high01)),
    notes: [
      l10n.t('Others won {0} of {1} duels with {2}.', countText(won), countText(won + lost), model),
      l10n.t('The 95 % interval holds however often you look. Which answers you compared isn’t random.'),
    ],
  };
}

function rangeText(value: number, low: number, high: number): string {
  return l10n.t('{0} [{1} to {2}]', signedText(value), signedText(low), signedText(high));
}

/** "+0.03", "−0.02", "0.00". */
function signedText(value: number): string {
  const shown = Math.abs(value).toFixed(2);
  if (Number(shown) === 0) return shown;
  return `${value > 0 ? '+' : '−'}${shown}`;
}
