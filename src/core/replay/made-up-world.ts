import type { TokenRates } from '../terms/deployment';
import type { Random } from '../terms/ports';
import type { TaskKind } from '../terms/task';

/**
 * The world of the demo: kinds of requests, and models that are good at some of them. All of it is made up. Its shape is
 * that of real pools: a cheap model that is good enough for little, two in the middle that are each good at something, and
 * a dear one that is good at all, at prices that such models have, forty times apart.
 */
export interface MadeUpModel {
  readonly id: string;
  readonly price: TokenRates;
  /** Length of its answers, in lengths of the usual one. */
  readonly lengthFactor: number;
  readonly firstTokenMs: number;
  readonly tokensPerSecond: number;
  /** What public figures say of it, on the scale of `ModelAbility`. They are roughly right, as such figures are. */
  readonly ability: number;
  /** And beyond that of families of tasks. */
  readonly byFamily: Readonly<Record<string, number>>;
  /** What `quality01` comes to, in a word. */
  readonly goodAt: 'little' | 'code' | 'language' | 'all';
  /** How likely an answer is to be good, by kind of request, in the order of `madeUpTasks`. */
  readonly quality01: readonly number[];
}

/** What is asked: how often, how long, and in which words; `{}` stands for one of the things. */
interface MadeUpTask {
  readonly kind: TaskKind;
  readonly share: number;
  readonly inputTokens: number;
  readonly answerTokens: number;
  readonly texts: readonly string[];
}

export const madeUpTasks: readonly MadeUpTask[] = [
  {
    kind: 'fix-code',
    share: 0.22,
    inputTokens: 1_400,
    answerTokens: 420,
    texts: [
      'Fix the bug in this function: it returns undefined when the {} is empty.',
      'Why does this TypeScript code throw a TypeError for a {} without a name?',
      'The tests of the {} module are failing since yesterday, please fix the code.',
    ],
  },
  {
    kind: 'write-code',
    share: 0.2,
    inputTokens: 700,
    answerTokens: 560,
    texts: [
      'Write a TypeScript function that groups a {} by its owner.',
      'Implement a Python class that caches a {} for ten minutes.',
      'Write a SQL query that counts every {} of the last week.',
    ],
  },
  {
    kind: 'write-tests',
    share: 0.1,
    inputTokens: 1_200,
    answerTokens: 700,
    texts: [
      'Write unit tests for the {} module.',
      'Add tests for the parser of a {}, with an empty one too.',
    ],
  },
  {
    kind: 'write-prose',
    share: 0.18,
    inputTokens: 350,
    answerTokens: 450,
    texts: [
      'Write a letter to a customer about a lost {}.',
      'Draft an e-mail to the team about the new {}.',
      'Write a short blog article about a {} that works.',
    ],
  },
  {
    kind: 'rewrite',
    share: 0.1,
    inputTokens: 500,
    answerTokens: 300,
    texts: ['Rewrite this paragraph about the {} in a friendlier tone.', 'Summarize the notes on the {}.'],
  },
  {
    kind: 'everyday-question',
    share: 0.12,
    inputTokens: 60,
    answerTokens: 200,
    texts: ['How do I choose a good {} for a small office?', 'What should I ask before I buy a {}?'],
  },
  {
    kind: 'mathematics',
    share: 0.08,
    inputTokens: 120,
    answerTokens: 650,
    texts: [
      'Find the remainder when the sum of the first 100 prime numbers is divided by 7.',
      'How many positive integers below 500 are divisible by 3 but not by 4?',
      'Prove that the product of three consecutive integers is divisible by 6.',
    ],
  },
];

// Each goes with “a”.
const things = ['receipt', 'session', 'calendar', 'parcel', 'report', 'cart', 'ticket', 'playlist', 'form'];

const perMillion = (input: number, output: number): TokenRates => ({
  inputUsdPerToken: input * 1e-6,
  outputUsdPerToken: output * 1e-6,
});

export const madeUpModels: readonly MadeUpModel[] = [
  {
    id: 'small',
    goodAt: 'little',
    ability: -1,
    byFamily: {},
    price: perMillion(0.1, 0.4),
    lengthFactor: 0.8,
    firstTokenMs: 250,
    tokensPerSecond: 160,
    quality01: [0.42, 0.5, 0.48, 0.66, 0.72, 0.84, 0.35],
  },
  {
    id: 'coder',
    goodAt: 'code',
    ability: 0.1,
    byFamily: { code: 0.3 },
    price: perMillion(0.5, 2),
    lengthFactor: 1,
    firstTokenMs: 450,
    tokensPerSecond: 100,
    quality01: [0.87, 0.88, 0.86, 0.5, 0.58, 0.66, 0.6],
  },
  {
    id: 'writer',
    goodAt: 'language',
    ability: 0.1,
    byFamily: { language: 0.3 },
    price: perMillion(0.6, 2.4),
    lengthFactor: 1.1,
    firstTokenMs: 450,
    tokensPerSecond: 100,
    quality01: [0.5, 0.56, 0.5, 0.9, 0.9, 0.88, 0.5],
  },
  {
    id: 'large',
    goodAt: 'all',
    ability: 0.8,
    byFamily: {},
    price: perMillion(4, 16),
    lengthFactor: 1.2,
    firstTokenMs: 900,
    tokensPerSecond: 60,
    quality01: [0.91, 0.91, 0.9, 0.92, 0.91, 0.92, 0.9],
  },
];

/** One request, and what each model would make of it, whoever is chosen. */
export interface MadeUpRequest {
  readonly kind: TaskKind;
  readonly text: string;
  readonly inputTokens: number;
  /** Whether the made-up user rates the answer, whoever gives it. */
  readonly isRated: boolean;
  /** In the order of `madeUpModels`. */
  readonly answers: readonly MadeUpAnswer[];
}

export interface MadeUpAnswer {
  readonly outputTokens: number;
  readonly firstTokenMs: number;
  readonly totalMs: number;
  /** How likely it was to be good, and whether it is. */
  readonly quality01: number;
  readonly isGood: boolean;
}

/** The share of answers that the made-up user rates: more than most do, so that one doesn't have to wait for long. */
export const ratedShare = 0.5;

/** Takes the same number of draws whatever comes of them, so that one seed is one world. */
export function madeUpRequest(random: Random): MadeUpRequest {
  const [ofTask, ofText, ofThing, ofLength, ofQuality, ofRating] = Array.from({ length: 6 }, () => random());
  const index = taskAt(ofTask ?? 0);
  const task = madeUpTasks[index] as MadeUpTask;
  const text = at(task.texts, ofText ?? 0).replace('{}', at(things, ofThing ?? 0));
  // From half as long to twice as long, evenly on a log scale.
  const length = 2 ** (2 * (ofLength ?? 0) - 1);
  return {
    kind: task.kind,
    text,
    inputTokens: Math.round(task.inputTokens * length),
    isRated: (ofRating ?? 0) < ratedShare,
    answers: madeUpModels.map((model) => {
      const outputTokens = Math.round(task.answerTokens * length * model.lengthFactor);
      const quality01 = model.quality01[index] ?? 0;
      return {
        outputTokens,
        firstTokenMs: model.firstTokenMs,
        totalMs: model.firstTokenMs + (1_000 * outputTokens) / model.tokensPerSecond,
        quality01,
        isGood: (ofQuality ?? 0) < quality01,
      };
    }),
  };
}

function taskAt(drawn: number): number {
  let left = drawn;
  const index = madeUpTasks.findIndex(({ share }) => (left -= share) < 0);
  return index === -1 ? madeUpTasks.length - 1 : index;
}

function at<Value>(values: readonly Value[], drawn: number): Value {
  return values[Math.floor(drawn * values.length)] as Value;
}
