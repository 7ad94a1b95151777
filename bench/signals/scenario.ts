import type { SignalName, SignalRule, SignalTable } from '../../src/core/terms/signals';
import { exactPercent } from '../routing/text-table';
import type { ColumnName } from './implicit-signals';

/** What a router is told in one kind of pass, and what it makes of it. */
export interface Scenario {
  /** Every answer is scored, and nothing else told. */
  readonly scored?: true;
  /** Share of the answers that are rated; 0: none. */
  readonly thumbs01: number;
  /** How implicit signals come; absent: there are none. */
  readonly column?: ColumnName;
  /** The implicit signals that there are; absent: all that the run has. */
  readonly only?: SignalName;
  readonly judge?: true;
  /** The signal that says the opposite of what it should; absent: none. */
  readonly against?: SignalName;
  /** Weights in place of the shipped ones. */
  readonly weights?: Readonly<Partial<Record<SignalName, number>>>;
  /** Says what `weights` are. */
  readonly weighed?: string;
}

/** `thumbs 5 %, pessimistic, judge; copied against`. */
export function nameOf({ scored, thumbs01, column, only, judge, against, weighed }: Scenario): string {
  if (scored === true) return 'all scored';
  const sources = [
    ...(thumbs01 > 0 ? [`thumbs ${exactPercent(thumbs01)}`] : []),
    ...(column === undefined ? [] : [only === undefined ? column : `${only} (${column})`]),
    ...(judge === true ? ['judge'] : []),
  ];
  return [
    sources.join(', '),
    ...(against === undefined ? [] : [`${against} against`]),
    ...(weighed === undefined ? [] : [weighed]),
  ].join('; ');
}

/** The table that a router of the scenario goes by. */
export function tableOf({ weights = {} }: Scenario, shipped: SignalTable): SignalTable {
  const changed = Object.entries(weights).map(([name, weight]) => {
    return [name, reweighed(shipped[name as SignalName], weight)] as const;
  });
  return { ...shipped, ...Object.fromEntries(changed) };
}

/**
 * Weak rows weigh the square of the difference of rates that they are believed to have, and their qualities are half of it
 * from ½: a row that is believed otherwise has both changed.
 */
function reweighed(rule: SignalRule, weight: number): SignalRule {
  const farther = Math.sqrt(weight / rule.weight);
  const moved = (quality: number): number => 0.5 + farther * (quality - 0.5);
  const { quality01, none01 } = rule;
  return {
    ...rule,
    weight,
    quality01: moved(quality01),
    ...(none01 !== undefined && { none01: moved(none01) }),
  };
}

export interface ScenarioOptions {
  /** Shares of rated answers; of the first all is made, of others only what is told in the main. */
  readonly thumbs: readonly number[];
  /** The implicit signals of a pass. */
  readonly signals: readonly SignalName[];
  /** Each signal turned round. */
  readonly against: boolean;
  /** Each implicit signal alone beside the thumbs, as it is weighed. */
  readonly each: boolean;
  /** The same with each of these weights; and all implicit signals with it together. */
  readonly weights: readonly number[];
  /** All weights of implicit signals and the judge, times each of these. */
  readonly scales: readonly number[];
}

/** The kinds of passes of a run. */
export function scenariosOf(options: ScenarioOptions, shipped: SignalTable): readonly Scenario[] {
  const { signals, weights, scales } = options;
  const first = options.thumbs[0] ?? 0;
  const main = [
    { scored: true, thumbs01: 0 } as const,
    ...options.thumbs.flatMap(mainScenarios),
    ...columnNames.map((column): Scenario => ({ thumbs01: 0, column, judge: true })),
  ];
  const told: Scenario = { thumbs01: first, column: 'pessimistic' };
  const against = signals.map((name): Scenario => ({ ...told, against: name }));
  const alone = signals.map((only): Scenario => ({ ...told, only }));
  const judged: Scenario = { thumbs01: first, judge: true };
  const withJudge: readonly Scenario[] = [
    told,
    { ...told, judge: true },
    { ...told, thumbs01: 0, judge: true },
  ];
  return [
    ...main,
    ...(options.against ? [...against, { ...told, judge: true, against: 'judged' } as const] : []),
    ...(options.each ? [...alone, judged] : []),
    ...weights.flatMap((weight) => [
      ...signals.map((only): Scenario => weighed({ ...told, only }, only, weight)),
      weighed(judged, 'judged', weight),
      ...withJudge.map((scenario): Scenario => ({
        ...scenario,
        weights: Object.fromEntries(signals.map((name) => [name, weight])),
        weighed: `all weights ${String(weight)}`,
      })),
    ]),
    ...scales.flatMap((scale): readonly Scenario[] => {
      const scaled = [...signals, 'judged' as const].map(
        (name) => [name, Math.min(1, shipped[name].weight * scale)] as const,
      );
      const changes = { weights: Object.fromEntries(scaled), weighed: `weights × ${String(scale)}` };
      return withJudge.map((scenario) => ({ ...scenario, ...changes }));
    }),
  ];
}

export const columnNames: readonly ColumnName[] = ['pessimistic', 'hopeful'];

/** What the report is about. */
export function mainScenarios(thumbs01: number): readonly Scenario[] {
  return [
    { thumbs01 },
    ...columnNames.flatMap((column): readonly Scenario[] => [
      { thumbs01, column },
      { thumbs01, column, judge: true },
    ]),
  ];
}

function weighed(scenario: Scenario, name: SignalName, weight: number): Scenario {
  return { ...scenario, weights: { [name]: weight }, weighed: `weight ${String(weight)}` };
}
