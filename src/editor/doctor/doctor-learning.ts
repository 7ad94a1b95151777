import * as l10n from '@vscode/l10n';
import type { ToldSignals } from '../../core/stats/told-signals';
import type { SignalTable } from '../../core/terms/signals';
import type { Fact } from '../../webview/protocol/doctor';
import { nameOfSignal, weightOfSignal } from '../shown/signal-names';

/** How many answers were told of by which signal, and how each is turned off. `told` is undefined where nobody knows. */
export function learningFacts(told: ToldSignals | undefined, table: SignalTable): Fact[] {
  if (told === undefined) return [{ name: l10n.t('Answers told of'), value: l10n.t('not known') }];
  const { answers, toldOf, rows } = told;
  const absent = Object.keys(table).length - rows.size;
  return [
    { name: l10n.t('Answers told of'), value: l10n.t('{0} of {1}', toldOf, answers) },
    ...Array.from(rows, ([name, { told: count, counted }]) => ({
      name: nameOfSignal(name),
      value: l10n.t(
        'answers: {0}, counted: {1}, weight: {2} (signals.{3})',
        count,
        counted,
        weightOfSignal(table[name]),
        name,
      ),
    })),
    { name: l10n.t('Did not occur'), value: l10n.t('{0} other signals', absent) },
    {
      name: l10n.t('To turn one off'),
      value: l10n.t(
        '“Turn Off” in the routing stats, or “off” in conduit.yaml, for example: signals: { copied: off }',
      ),
    },
  ];
}
