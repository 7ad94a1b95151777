import type { EffectiveValue } from '../../config/effective-values';
import { signalNames } from '../../core/reward/signal-table';
import type { ToldSignals } from '../../core/stats/told-signals';
import type { SignalName, SignalTable } from '../../core/terms/signals';
import type { LearningView, SignalRow } from '../../webview/protocol/stats';
import { nameOfSignal, saysOfSignal, weightOfSignal } from '../shown/signal-names';

/** What was learnt from, ready to show. `changed`: the rows that the user's file says something of. */
export function learningView(
  { answers, toldOf, rows, models }: ToldSignals,
  table: SignalTable,
  changed: ReadonlySet<SignalName>,
): LearningView {
  const row = (name: SignalName): SignalRow => {
    const rule = table[name];
    const { told, counted } = rows.get(name) ?? { told: 0, counted: 0 };
    return {
      name,
      label: nameOfSignal(name),
      says: saysOfSignal(rule),
      weight: weightOfSignal(rule),
      told,
      counted,
      // Of all answers; what is told of calls that brought none may be more.
      share01: answers === 0 ? 0 : Math.min(1, told / answers),
      state: rule.weight > 0 ? 'on' : changed.has(name) ? 'off' : 'silent',
    };
  };
  return {
    answers,
    toldOf,
    signals: signalNames.map(row),
    models: Array.from(models, ([model, counts]) => ({
      model,
      answers: counts.answers,
      toldOf: counts.toldOf,
    })).filter((each) => each.answers > 0),
  };
}

/** The signals that a file says something of. */
export function changedSignals(values: readonly EffectiveValue[]): ReadonlySet<SignalName> {
  const paths = new Set(values.filter(({ tier }) => tier === 'file').map(({ path }) => path));
  return new Set(signalNames.filter((name) => paths.has(`signals.${name}`)));
}
