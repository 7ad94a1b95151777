import type { LoopSign, SurfaceSignal, TurnClass } from '../../src/core/terms/observation';
import type { SignalName } from '../../src/core/terms/signals';
import type { Answer } from './answers';

/** What an implicit signal says of an answer: that it is good, or that it is not. */
type Says = 'good' | 'bad';

/** A row of the table of signals that is noticed, and not asked for. */
export interface ImplicitSignal {
  readonly name: SignalName;
  /** Of those with one channel an answer has at most one: there is but one next turn. */
  readonly channel: string;
  /** What it looks like where it says the one, and where it says the other; most say one only. */
  readonly forms: Readonly<Partial<Record<Says, SurfaceSignal>>>;
}

const turn = (name: TurnClass, says: Says): ImplicitSignal => ({
  name: `turn-${name}`,
  channel: 'turn',
  forms: { [says]: { kind: 'next-turn', turn: name } },
});
const loop = (sign: LoopSign, says: Says, channel: string = sign): ImplicitSignal => ({
  name: `loop-${sign}`,
  channel,
  forms: { [says]: { kind: 'loop', sign } },
});

/** All that are simulated. */
export const implicitSignals: readonly ImplicitSignal[] = [
  { name: 'copied', channel: 'copied', forms: { good: { kind: 'copied' } } },
  { name: 'inserted', channel: 'inserted', forms: { good: { kind: 'inserted' } } },
  {
    name: 'taken-5-minutes',
    channel: 'taken',
    forms: {
      good: { kind: 'taken', moment: '5-minutes', share01: 1 },
      bad: { kind: 'taken', moment: '5-minutes', share01: 0 },
    },
  },
  turn('asks-again', 'bad'),
  turn('says-wrong', 'bad'),
  turn('pastes-error', 'bad'),
  turn('thanks', 'good'),
  turn('goes-on', 'good'),
  { name: 'regenerated', channel: 'replaced', forms: { bad: { kind: 'regenerated' } } },
  { name: 'retried-elsewhere', channel: 'replaced', forms: { bad: { kind: 'retried-elsewhere' } } },
  loop('repeated-call', 'bad'),
  loop('bad-arguments', 'bad'),
  loop('failed-edit', 'bad'),
  loop('turned-green', 'good', 'loop-tests'),
  loop('turned-red', 'bad', 'loop-tests'),
  loop('many-steps', 'bad'),
  loop('given-up', 'bad'),
  loop('stopped-by-user', 'bad'),
];

/** Those of a pass, where nothing else is asked for. */
export const usualSignals: readonly SignalName[] = [
  'copied',
  'taken-5-minutes',
  'turn-asks-again',
  'turn-says-wrong',
  'turn-thanks',
  'regenerated',
  'loop-repeated-call',
  'loop-turned-green',
  'loop-turned-red',
  'loop-given-up',
];

/** How often implicit signals come, and how far they can be trusted: stated beforehand, the same for each. */
export interface Column {
  /** Share of all answers that each signal is noticed of, over all rows and models. */
  readonly rate01: number;
  /**
   * Where there is something to notice it points to the truth with (1 + difference) / 2: by so much more often it says
   * "good" of a good answer than of a bad one.
   */
  readonly difference: number;
  /** Share of the answers of which one draw decides whether all their signals are wrong. */
  readonly together01: number;
  /** After the longest answers signals are 1 + so many times as common as on average, after the shortest 1 − so many. */
  readonly lengthSlope: number;
}

export type ColumnName = keyof typeof columns;
export const columns = {
  pessimistic: { rate01: 0.1, difference: 0.2, together01: 0.5, lengthSlope: 0.5 },
  hopeful: { rate01: 0.15, difference: 0.5, together01: 0, lengthSlope: 0 },
} satisfies Readonly<Record<string, Column>>;

/** The signals of these names. Throws RangeError, which lists the known, where one is unknown. */
export function signalsNamed(names: readonly string[]): readonly ImplicitSignal[] {
  return names.map((name) => {
    const found = implicitSignals.find((signal) => signal.name === name);
    if (found !== undefined) return found;
    const known = implicitSignals.map((signal) => signal.name).join(', ');
    throw new RangeError(`There is no implicit signal ${name}. Signals: ${known}.`);
  });
}

/** The same signal turned round: what it said of good answers it now says of bad ones. */
export function turnedRound({ name, channel, forms: { good, bad } }: ImplicitSignal): ImplicitSignal {
  return { name, channel, forms: { ...(bad && { good: bad }), ...(good && { bad: good }) } };
}

/**
 * What is noticed of an answer. Each signal is first an event with a direction, wrong with (1 − difference) / 2, alone or
 * together with the answer's others; one that says one thing only is not seen where the direction is the other. Chances
 * are such that each is seen of `rate01` of all answers, whatever the share of good ones. Throws RangeError where signals
 * of one channel would have to be commoner than answers.
 */
export function noticing(
  signals: readonly ImplicitSignal[],
  { rate01, difference, together01, lengthSlope }: Column,
  good01: number,
): (answer: Answer) => readonly SurfaceSignal[] {
  const wrong01 = (1 - difference) / 2;
  const pointsTo = {
    good: good01 * (1 - wrong01) + (1 - good01) * wrong01,
    bad: (1 - good01) * (1 - wrong01) + good01 * wrong01,
  };
  const channels = [...Map.groupBy(signals, ({ channel }) => channel)].map(([channel, own]) => ({
    channel,
    good: formsOf(own, 'good'),
    bad: formsOf(own, 'bad'),
  }));
  for (const { channel, ...sides } of channels) {
    for (const says of ['good', 'bad'] as const) {
      const most = (sum(sides[says]) * rate01 * (1 + lengthSlope)) / pointsTo[says];
      if (most > 1) throw new RangeError(`${channel}: so many signals are more than one for each answer.`);
    }
  }
  return ({ good, length01, chanceOf }) => {
    const together = chanceOf('together');
    const isTogether = together() < together01;
    const allWrong = together() < wrong01;
    const factor = rate01 * (1 + lengthSlope * (2 * length01 - 1));
    return channels.flatMap(({ channel, ...sides }) => {
      const own = chanceOf(channel);
      const ownWrong = own() < wrong01;
      const says = (isTogether ? allWrong : ownWrong) === good ? 'bad' : 'good';
      let left = own();
      for (const { signal, share01 } of sides[says]) {
        left -= (share01 * factor) / pointsTo[says];
        if (left < 0) return [signal];
      }
      return [];
    });
  };
}

interface FormOf {
  readonly signal: SurfaceSignal;
  /** Of the signal's rate: one that has both forms has each half as often. */
  readonly share01: number;
}

function formsOf(signals: readonly ImplicitSignal[], says: Says): readonly FormOf[] {
  return signals.flatMap(({ forms }) => {
    const signal = forms[says];
    return signal === undefined ? [] : [{ signal, share01: 1 / Object.keys(forms).length }];
  });
}

function sum(forms: readonly FormOf[]): number {
  return forms.reduce((all, { share01 }) => all + share01, 0);
}
