import * as l10n from '@vscode/l10n';
import type { HistoryChange } from '../../core/replay/history-change';
import type { Replayed, ReplayedRun } from '../../core/replay/replayed';
import type { ReplayedCost, RunName } from '../../core/replay/replayed-costs';
import type { ReplayResult } from '../../webview/protocol/replay';
import type { TableView } from '../../webview/protocol/stats-board';
import { nameOfTask } from '../shown/code-names';
import { aboutUsd, formatDuration, formatUsd } from '../shown/format';
import { countText, dayText, percentText, timeText } from '../stats/board/figures';
import { changeText } from './replay-form';
import { replayNotes } from './replay-notes';

/** What would have happened, in words. Undefined: no decision was made again. */
export function replayResult(replayed: Replayed, change: HistoryChange): ReplayResult | undefined {
  if (replayed.replayed === 0) return undefined;
  const { moves, tasks, latest } = replayed;
  return {
    type: 'result',
    says: saysOf(replayed, changeText(change)),
    runs: runsTable(replayed, changeText(change)),
    shares: sharesOf(replayed),
    moves: {
      columns: [l10n.t('From'), l10n.t('To'), l10n.t('Requests')],
      rows: moves.map(({ from, to, requests }) => [from, to, countText(requests)]),
    },
    tasks: {
      columns: [l10n.t('Task'), l10n.t('Requests'), l10n.t('Elsewhere'), l10n.t('Most go to')],
      rows: tasks.map(({ task, requests, elsewhere, mostTo }) => [
        nameOfTask(task),
        countText(requests),
        shareText(elsewhere, requests),
        mostTo,
      ]),
    },
    latest: {
      columns: [l10n.t('Time'), l10n.t('Task'), l10n.t('Went to'), l10n.t('Would go to')],
      rows: latest.map(({ atMs, task, from, to }) => [timeText(atMs), nameOfTask(task), from, to]),
    },
    notes: [...replayNotes(replayed)],
  };
}

/** From such a share of requests to hardly known models on it is said beside the figures. */
const guessedShare = 0.1;

/** "310 (25 %)" */
function shareText(count: number, of: number): string {
  return `${countText(count)} (${percentText(of === 0 ? 0 : count / of)})`;
}

function saysOf(replayed: Replayed, change: string | undefined): string[] {
  const { runs, byChange, costs, fromMs = 0, toMs = 0 } = replayed;
  const [all, elsewhere] = [
    countText(replayed.replayed),
    shareText(runs.changed.elsewhere, replayed.replayed),
  ];
  const when = l10n.t('from {0} to {1}', dayText(fromMs), dayText(toMs));
  return [
    change === undefined
      ? l10n.t(
          'Today’s router, with nothing changed, would have sent {0} of {1} requests {2} to another model than they went to.',
          elsewhere,
          all,
          when,
        )
      : l10n.t(
          'Changed: {0}. {1} of {2} requests {3} would have gone to another model than they went to.',
          change,
          elsewhere,
          all,
          when,
        ),
    ...(change === undefined
      ? []
      : [l10n.t('The change alone moves {0}.', shareText(byChange, replayed.replayed))]),
    ...(costs.compared === 0
      ? []
      : [
          l10n.t(
            '{0} requests can be compared in money: they cost {1}, and would have cost {2}.',
            countText(costs.compared),
            formatUsd(costs.runs.was.usd),
            costText(costs.runs.changed),
          ),
        ]),
    ...(runs.was.quality01 === undefined || runs.changed.quality01 === undefined
      ? []
      : [
          l10n.t(
            'Believed, not measured: a quality of {0} instead of {1}.',
            runs.changed.quality01.toFixed(2),
            runs.was.quality01.toFixed(2),
          ),
        ]),
    ...(runs.changed.hardlyKnown < guessedShare * replayed.replayed
      ? []
      : [
          l10n.t(
            'Much of it is a guess: for {0} of the requests hardly anything had been told of the model that would have answered.',
            countText(runs.changed.hardlyKnown),
          ),
        ]),
  ];
}

/** "about $1.2300 [0.98–1.41]"; what stays where it was costs what it cost. */
function costText({ usd, lowUsd, highUsd }: ReplayedCost): string {
  if (highUsd - lowUsd < 1e-9) return formatUsd(usd);
  const digits = Math.max(usd, highUsd) < 1 ? 4 : 2;
  return l10n.t('{0} [{1}–{2}]', aboutUsd(usd), lowUsd.toFixed(digits), highUsd.toFixed(digits));
}

function runsTable(replayed: Replayed, change: string | undefined): TableView {
  const row = (label: string, name: RunName): string[] => {
    const run = replayed.runs[name];
    return [
      label,
      shareText(run.elsewhere, replayed.replayed),
      replayed.costs.compared === 0 ? '–' : costText(replayed.costs.runs[name]),
      run.quality01 === undefined ? '–' : run.quality01.toFixed(2),
      formatDuration(run.latencyMs),
    ];
  };
  return {
    columns: [
      l10n.t('History'),
      l10n.t('Elsewhere'),
      l10n.t('Cost'),
      l10n.t('Quality, believed'),
      l10n.t('Time, believed'),
    ],
    rows: [
      row(l10n.t('As it was'), 'was'),
      row(l10n.t('Today’s router as it is'), 'asIs'),
      ...(change === undefined ? [] : [row(l10n.t('With the change'), 'changed')]),
    ],
  };
}

function sharesOf({ runs, replayed }: Replayed): ReplayResult['shares'] {
  const models = new Set(
    [runs.was, runs.asIs, runs.changed].flatMap((run) => run.models.map(({ model }) => model)),
  );
  const of = (run: ReplayedRun, model: string) => {
    const count = run.models.find((each) => each.model === model)?.requests ?? 0;
    return { text: shareText(count, replayed), share01: count / replayed };
  };
  return Array.from(models, (model) => ({
    model,
    was: of(runs.was, model),
    asIs: of(runs.asIs, model),
    changed: of(runs.changed, model),
  }));
}
