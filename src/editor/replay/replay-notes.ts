import * as l10n from '@vscode/l10n';
import type { Replayed, ReplayLeftOut } from '../../core/replay/replayed';
import { replayLeftOuts } from '../../core/replay/replayed';
import type { CostLeftOut } from '../../core/replay/replayed-costs';
import { countText } from '../stats/board/figures';
import { leftOutText } from '../stats/board/savings';

/** What a replay rests on, what it leaves out, and what it can't know. */
export function replayNotes(replayed: Replayed): readonly string[] {
  const { leftOut, costs, dropped } = replayed;
  const left = replayLeftOuts.flatMap((why) =>
    leftOut[why] === 0 ? [] : [notReplayedText(why, countText(leftOut[why]))],
  );
  const unpriced = costLeftOuts.flatMap((why) =>
    costs.leftOut[why] === 0 ? [] : [unpricedText(why, countText(costs.leftOut[why]))],
  );
  return [
    l10n.t(
      'Each choice was made again with what was known at its time, with nothing in a prompt cache, no budget and no drawing at random.',
    ),
    l10n.t(
      'What goes elsewhere counts as tried there, with the quality that was expected: so a model is not tried without end because nothing is told of it here.',
    ),
    l10n.t(
      'What you would have said of other answers nobody knows. All of it learns from the answers that came; a router that had chosen otherwise would have learnt otherwise.',
    ),
    l10n.t(
      'Quality and time are what was expected when it was decided. Models are chosen by the same expectations, so these flatter who is chosen. Nothing of it was measured.',
    ),
    l10n.t(
      'Costs elsewhere are estimates: the same tokens at that model’s prices of today, and what a prompt cache saved is taken as it was. The range is for the length of its own answers.',
    ),
    ...(left.length === 0 ? [] : [l10n.t('Left out: {0}.', left.join(', '))]),
    ...(unpriced.length === 0 ? [] : [l10n.t('Not compared in money: {0}.', unpriced.join(', '))]),
    ...(dropped
      ? [l10n.t('Older requests are no longer in the ledger: what was learnt from them is missing here.')]
      : []),
  ];
}

function notReplayedText(why: ReplayLeftOut, count: string): string {
  switch (why) {
    case 'not-drawn':
      return l10n.t(
        '{0} that the router did not draw (chosen by you, kept for a cache, gone on with by a stuck agent, or while learning was paused)',
        count,
      );
    case 'gone':
      return l10n.t('{0} whose pool or models are no longer there', count);
    case 'nobody-left':
      return l10n.t('{0} that no model would be left for', count);
  }
}

const costLeftOuts = [
  'cost-unknown',
  'tokens-unknown',
  'simulated',
  'pending',
  'unanswered',
  'price-unknown',
] as const satisfies readonly CostLeftOut[];

function unpricedText(why: CostLeftOut, count: string): string {
  switch (why) {
    case 'unanswered':
      return l10n.t('{0} without an answer', count);
    case 'price-unknown':
      return l10n.t('{0} that would go to a model of unknown price', count);
    default:
      return leftOutText(why, count);
  }
}
