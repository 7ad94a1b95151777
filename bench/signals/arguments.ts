import type { SignalName } from '../../src/core/terms/signals';
import { decimal, file, list, numbers, whole, wrong } from '../routing/argument-values';
import { explained, UsageError } from '../routing/usage-error';
import type { WalkOptions } from '../routing/walk-arguments';
import { present, text, valuesOf, walkFlags, walkOptionsIn } from '../routing/walk-arguments';
import type { DeveloperSettings } from './developer';
import { implicitSignals, usualSignals } from './implicit-signals';
import type { ScenarioOptions } from './scenario';
import { usage } from './usage';

export interface Options extends WalkOptions, ScenarioOptions {
  readonly table?: string;
  readonly developer: DeveloperSettings;
  /** Names of corpora that aren't pooled with the others: there it is asked whether anything is lost. */
  readonly apart: readonly string[];
  /** A mean reward this close to where the thumbs alone end counts as right. */
  readonly within: number;
  /** What models that fail do to what was learnt, in place of what signals are worth. */
  readonly outages: boolean;
  /** Simulated requests in an hour, for outages. */
  readonly perHour: number;
  /** Unix time of a pass's first request in ms, for outages. */
  readonly startMs: number;
  readonly passes?: string;
  readonly json?: string;
}

const flags = {
  ...walkFlags,
  table: text,
  thumbs: text,
  'non-response': text,
  undo: text,
  latest: text,
  signals: text,
  'judge-agreement': text,
  'judge-length-bias': text,
  'judge-rate': text,
  against: { type: 'boolean', default: false },
  each: { type: 'boolean', default: false },
  weights: text,
  scales: text,
  apart: text,
  within: text,
  outages: { type: 'boolean', default: false },
  'per-hour': text,
  start: text,
  passes: text,
  json: text,
} as const;

/** Reads the arguments after the script's name. Throws UsageError, `--help` included. */
export function parseArguments(argv: readonly string[]): Options {
  return explained(usage, () => optionsIn(argv));
}

function optionsIn(argv: readonly string[]): Options {
  const given = valuesOf(argv, flags);
  if (given.help === true) throw new UsageError('Measures what signals are worth to the router.');
  const signals = signalsIn(given.signals);
  const positive = (name: string, value: string | undefined): readonly number[] =>
    value === undefined
      ? []
      : numbers(name, value, 'different numbers above 0 and at most 1', (x) => x > 0 && x <= 1);
  const agreement01 = number('judge-agreement', given['judge-agreement'] ?? '0.75', 'from 0.5 to 1', 0.5, 1);
  return {
    ...walkOptionsIn(given, { seeds: 20, lambda: '0,0.2' }),
    thumbs: positive('thumbs', given.thumbs ?? '0.05'),
    signals,
    developer: {
      signals,
      nonResponse: below1('non-response', given['non-response'] ?? '0.5'),
      undo01: below1('undo', given.undo ?? '0.05'),
      latest: whole('latest', given.latest ?? '50', 1),
      judge: {
        agreement01,
        // More would ask for chances above 1.
        lengthBias: number(
          'judge-length-bias',
          given['judge-length-bias'] ?? '0.1',
          'from 0 to what agreement leaves of 1',
          0,
          1 - agreement01,
        ),
        rate01: number('judge-rate', given['judge-rate'] ?? '0.1', 'from 0 to 1', 0, 1),
      },
    },
    against: given.against,
    each: given.each,
    weights: positive('weights', given.weights),
    scales:
      given.scales === undefined
        ? []
        : numbers('scales', given.scales, 'different numbers above 0', (x) => x > 0),
    apart: given.apart === undefined ? ['paretobandit_k4'] : list('apart', given.apart),
    within: number('within', given.within ?? '0.01', 'from 0 to 1', 0, 1),
    outages: given.outages,
    perHour: whole('per-hour', given['per-hour'] ?? '12', 1),
    startMs: startIn(given.start ?? '2026-01-05T09:00:00Z'),
    ...present({
      table: file('table', given.table),
      passes: file('passes', given.passes),
      json: file('json', given.json),
    }),
  };
}

function signalsIn(given: string | undefined): readonly SignalName[] {
  if (given === undefined) return usualSignals;
  const known = implicitSignals.map(({ name }) => name);
  return list('signals', given).map((each) => {
    const name = known.find((one) => one === each);
    if (name === undefined) throw wrong('signals', `some of ${known.join(', ')}`, given);
    return name;
  });
}

function number(name: string, given: string, range: string, least: number, most: number): number {
  const value = decimal(given);
  // 1 - 0.9 is a little less than 0.1.
  if (value >= least && value <= most + 1e-9) return value;
  throw wrong(name, `a number ${range}`, given);
}

function below1(name: string, given: string): number {
  const value = decimal(given);
  if (value >= 0 && value < 1) return value;
  throw wrong(name, 'a number of 0 or more and below 1', given);
}

/** A moment with its time zone, so that it is the same everywhere. */
function startIn(given: string): number {
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(moment)) throw wrong('start', 'a moment such as 2026-01-05T09:00:00Z', given);
  return moment;
}
