import * as l10n from '@vscode/l10n';
import { z } from 'zod';
import { escalationModes } from '../core/terms/configuration';
import { databasePlace } from '../core/terms/database-place';
import { presetNames } from '../core/terms/preset';
import { signalPresetNames } from '../core/terms/signals';
import {
  defaults,
  leastKeepDays,
  leastLedgerMb,
  leastSampleRate,
  longestRubric,
  longestSwitchAfter,
  measureShares,
} from './defaults';
import { truthIn } from './file/written-forms';
import { environmentName } from './models/environment-reference';

/** Which tier a value comes from; a later one overrides. */
export type ConfigurationTier = 'default' | 'file' | 'workspace' | 'environment';

/** What is said of an option beside its schema. */
export interface AboutOption {
  /** For people: what may be written. */
  readonly type: string;
  /** How the text of an environment variable is read. */
  readonly unit: 'text' | 'number' | 'truth';
  /** What holds where nothing says otherwise; undefined: nothing. */
  readonly fallback: string | number | boolean | undefined;
  /** The environment variable that overrides it. */
  readonly variable: string;
  /** One line of Markdown. */
  readonly description: string;
  /** All that may be written, where that is a short list. */
  readonly choices?: readonly string[];
}

const about = z.registry<AboutOption>();

const truth = z.boolean(l10n.t('must be true or false'));
/** YAML reads `on` and `off` as truth values, and so do variables that say `1` or `true`. */
function onOrOff() {
  const word = z.enum(['on', 'off'], l10n.t('must be on or off'));
  return z.preprocess((written) => {
    const truth = truthIn(written);
    return typeof truth === 'boolean' ? (truth ? 'on' : 'off') : written;
  }, word);
}

/** `off` is a truth value where YAML reads it. */
function escalation() {
  const word = z.enum(escalationModes, l10n.t('must be one of {0}', escalationModes.join(', ')));
  return z.preprocess((written) => (truthIn(written) === false ? 'off' : written), word);
}

const choicesOfTruth = { type: '`true`, `false`', unit: 'truth', choices: ['true', 'false'] } as const;

function usd(): z.ZodNumber {
  return z
    .number(l10n.t('must be an amount in USD, for example 2.00'))
    .min(0, l10n.t('must not be negative'));
}

function share(least: number, most: number): z.ZodNumber {
  const range = l10n.t('must be from {0} to {1}', least, most);
  return z
    .number(l10n.t('must be a number from {0} to {1}', least, most))
    .min(least, range)
    .max(most, range);
}

/** A day: longer than any request may take. */
const longestSeconds = 86_400;

function seconds(): z.ZodNumber {
  return z
    .number(l10n.t('must be a number of seconds'))
    .positive(l10n.t('must be above 0'))
    .max(longestSeconds, l10n.t('must be at most {0}', longestSeconds));
}
const secondsUpToADay = {
  type: l10n.t('seconds, above 0, at most {0}', longestSeconds),
  unit: 'number',
} as const;

/** 'none', or "owner/name" as the model hub writes it; neither part can be a way to another folder. */
const encoderName = /^(none|[\w-][\w.-]{0,95}\/[\w-][\w.-]{0,95})$/;
const encoderHint = l10n.t('must be none or a model on the hub, for example Xenova/all-MiniLM-L6-v2');

/** What is wrong with the address of a Redis server, or undefined. It never repeats it: there may be a password. */
export function redisProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const good = url !== undefined && /^rediss?:$/.test(url.protocol) && url.hostname !== '';
  return good ? undefined : l10n.t('must be redis://host:port, rediss://host:port or os.environ/NAME');
}

/** What is wrong with the address of a team's database; undefined: nothing. It never repeats it, as above. */
export function databaseProblem(text: string): string | undefined {
  return databasePlace(text) === undefined ? databaseHint : undefined;
}
const databaseHint = l10n.t(
  'must be postgres://user@host:port/database or os.environ/NAME, with sslmode verify-full, verify-ca, require or disable where there is one',
);

/**
 * Every option of Conduit's own, by its path in conduit.yaml: what may be written, what holds otherwise, and the
 * variable that overrides it. The readers of files and variables, the effective values, the documentation, the
 * completions and the hovers all follow from this table.
 */
export const optionSchema = z.object({
  'router.preset': z.enum(presetNames, l10n.t('must be one of {0}', presetNames.join(', '))).register(about, {
    type: presetNames.map((name) => `\`${name}\``).join(', '),
    unit: 'text',
    choices: presetNames,
    fallback: defaults.preset,
    variable: 'CONDUIT_PRESET',
    description: l10n.t('What matters most when a model is chosen: a balance, quality, cost or speed.'),
  }),
  'router.pool': z.string(l10n.t('must be the name of a pool')).register(about, {
    type: l10n.t('a `model_name`'),
    unit: 'text',
    fallback: undefined,
    variable: 'CONDUIT_POOL',
    description: l10n.t('The pool that requests go to. Unset: the first one.'),
  }),
  'router.switch_after': z
    .int(l10n.t('must be a whole number'))
    .min(0, l10n.t('must not be negative'))
    .max(longestSwitchAfter, l10n.t('must be at most {0}', longestSwitchAfter))
    .register(about, {
      type: l10n.t('a whole number from 0 to {0}', longestSwitchAfter),
      unit: 'number',
      fallback: defaults.switchAfter,
      variable: 'CONDUIT_SWITCH_AFTER',
      description: l10n.t('How many requests of a pool are routed by UCB1 before LinUCB takes over.'),
    }),
  'router.priors': onOrOff().register(about, {
    type: '`on`, `off`',
    unit: 'truth',
    choices: ['on', 'off'],
    fallback: defaults.priors,
    variable: 'CONDUIT_PRIORS',
    description: l10n.t(
      'Whether a pool starts from what is publicly known of its models. With `off` all are alike at first, but for what you say of them yourself.',
    ),
  }),
  'router.escalate': escalation().register(about, {
    type: escalationModes.map((name) => `\`${name}\``).join(', '),
    unit: 'text',
    choices: escalationModes,
    fallback: defaults.escalate,
    variable: 'CONDUIT_ESCALATE',
    description: l10n.t(
      'What happens to an agent’s tool loop that is plainly stuck: `off`, it stays with its model; `ask`, you are asked whether another model goes on; `auto`, one does.',
    ),
  }),
  'router.measure.against': z.string(l10n.t('must be the id of a model')).register(about, {
    type: l10n.t('a `model_info.id`'),
    unit: 'text',
    fallback: undefined,
    variable: 'CONDUIT_MEASURE_AGAINST',
    description: l10n.t(
      'A model that gets a share of its pool’s requests by chance, so that the stats page can say how good the others’ answers are against it. Unset: none does.',
    ),
  }),
  'router.measure.share': share(measureShares.least, measureShares.most).register(about, {
    type: l10n.t('a number from {0} to {1}', measureShares.least, measureShares.most),
    unit: 'number',
    fallback: defaults.measureShare,
    variable: 'CONDUIT_MEASURE_SHARE',
    description: l10n.t(
      'Of the requests that the router decides alone in the pool of router.measure.against, the share that goes to that model instead of its own choice. 0.02 to 0.05 tells enough within some thousand requests.',
    ),
  }),
  'router.keep_prompts': truth.clone().register(about, {
    ...choicesOfTruth,
    fallback: defaults.keepPrompts,
    variable: 'CONDUIT_KEEP_PROMPTS',
    description: l10n.t('Whether the ledger keeps what you ask, so that it can be learnt from anew.'),
  }),
  'router.daily_budget_usd': usd().register(about, {
    type: l10n.t('USD, at least 0'),
    unit: 'number',
    fallback: undefined,
    variable: 'CONDUIT_DAILY_BUDGET_USD',
    description: l10n.t(
      'Most that a day may cost, from midnight. Conduit asks before it goes over. Unset: no limit.',
    ),
  }),
  'router.max_cost_per_request_usd': usd().register(about, {
    type: l10n.t('USD, at least 0'),
    unit: 'number',
    fallback: undefined,
    variable: 'CONDUIT_MAX_COST_PER_REQUEST_USD',
    description: l10n.t('Most that one request may cost. Conduit asks before it goes over. Unset: no limit.'),
  }),
  'budgets.day_usd': usd().register(about, {
    type: l10n.t('USD, at least 0'),
    unit: 'number',
    fallback: undefined,
    variable: 'CONDUIT_BUDGETS_DAY_USD',
    description: l10n.t(
      'Most that a day may cost, from midnight: the same as router.daily_budget_usd. Of both the tighter holds.',
    ),
  }),
  'budgets.month_usd': usd().register(about, {
    type: l10n.t('USD, at least 0'),
    unit: 'number',
    fallback: undefined,
    variable: 'CONDUIT_BUDGETS_MONTH_USD',
    description: l10n.t('Most that a month may cost, from its first day. Unset: no limit.'),
  }),
  'budgets.session_usd': usd().register(about, {
    type: l10n.t('USD, at least 0'),
    unit: 'number',
    fallback: undefined,
    variable: 'CONDUIT_BUDGETS_SESSION_USD',
    description: l10n.t(
      'Most that a window may cost, from when it is opened to when it is closed. Unset: no limit.',
    ),
  }),
  'budgets.conversation_usd': usd().register(about, {
    type: l10n.t('USD, at least 0'),
    unit: 'number',
    fallback: undefined,
    variable: 'CONDUIT_BUDGETS_CONVERSATION_USD',
    description: l10n.t('Most that one conversation may cost. Unset: no limit.'),
  }),
  'budgets.request_usd': usd().register(about, {
    type: l10n.t('USD, at least 0'),
    unit: 'number',
    fallback: undefined,
    variable: 'CONDUIT_BUDGETS_REQUEST_USD',
    description: l10n.t(
      'Most that one request may cost: the same as router.max_cost_per_request_usd. Of both the tighter holds.',
    ),
  }),
  'budgets.pace': truth.clone().register(about, {
    ...choicesOfTruth,
    fallback: defaults.pace,
    variable: 'CONDUIT_BUDGETS_PACE',
    description: l10n.t(
      'Whether cost counts for more while the money of a day or of a month goes faster than usual, so that it lasts to the end.',
    ),
  }),
  'router.request_timeout_s': seconds().register(about, {
    ...secondsUpToADay,
    fallback: defaults.limits.requestMs / 1_000,
    variable: 'CONDUIT_REQUEST_TIMEOUT_S',
    description: l10n.t(
      'Longest that a whole request may take, with every model that is tried and every wait.',
    ),
  }),
  'router.first_token_timeout_s': seconds().register(about, {
    ...secondsUpToADay,
    fallback: defaults.limits.firstTokenMs / 1_000,
    variable: 'CONDUIT_FIRST_TOKEN_TIMEOUT_S',
    description: l10n.t('Longest wait for a model’s first sign of life. After it the next model is asked.'),
  }),
  'router.stall_timeout_s': seconds().register(about, {
    ...secondsUpToADay,
    fallback: defaults.limits.stallMs / 1_000,
    variable: 'CONDUIT_STALL_TIMEOUT_S',
    description: l10n.t('Longest silence within an answer.'),
  }),
  'router.retries': z
    .int(l10n.t('must be a whole number'))
    .min(0, l10n.t('must not be negative'))
    .max(10, l10n.t('must be at most {0}', 10))
    .register(about, {
      type: l10n.t('a whole number from 0 to {0}', 10),
      unit: 'number',
      fallback: defaults.limits.retries,
      variable: 'CONDUIT_RETRIES',
      description: l10n.t(
        'How often a model is asked again after a failure that may pass, before the next one is.',
      ),
    }),
  'signals.preset': z
    .enum(signalPresetNames, l10n.t('must be one of {0}', signalPresetNames.join(', ')))
    .register(about, {
      type: signalPresetNames.map((name) => `\`${name}\``).join(', '),
      unit: 'text',
      choices: signalPresetNames,
      fallback: defaults.signalPreset,
      variable: 'CONDUIT_SIGNALS_PRESET',
      description: l10n.t(
        'What signals say of an answer, where nothing else is written of them below `signals`. With `seed` whatever arrives is good and whatever fails is bad.',
      ),
    }),
  instructions: z.string(l10n.t('must be text')).register(about, {
    type: l10n.t('text'),
    unit: 'text',
    fallback: undefined,
    variable: 'CONDUIT_INSTRUCTIONS',
    description: l10n.t('What goes before every conversation of Conduit’s own views.'),
  }),
  'cache.enabled': truth.clone().register(about, {
    ...choicesOfTruth,
    fallback: defaults.cacheEnabled,
    variable: 'CONDUIT_CACHE_ENABLED',
    description: l10n.t('Whether vectors and recent choices are remembered.'),
  }),
  'cache.redis_url': z
    .string(l10n.t('must be redis://host:port, rediss://host:port or os.environ/NAME'))
    .superRefine((text, context) => {
      const message = environmentName(text) === undefined ? redisProblem(text) : undefined;
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .register(about, {
      type: l10n.t('`redis://…`, `rediss://…` or `os.environ/NAME`'),
      unit: 'text',
      fallback: undefined,
      variable: 'CONDUIT_REDIS_URL',
      description: l10n.t('A Redis server that shares the cache between windows. Unset: memory.'),
    }),
  'judge.enabled': truth.clone().register(about, {
    ...choicesOfTruth,
    fallback: defaults.judge.enabled,
    variable: 'CONDUIT_JUDGE_ENABLED',
    description: l10n.t(
      'Whether another model judges a part of the answers, in the background. Question and answer are sent to it. “Conduit: Judge Answers…” turns it on.',
    ),
  }),
  'judge.model': z.string(l10n.t('must be the id of a model')).register(about, {
    type: l10n.t('a `model_info.id`, or several with commas between them'),
    unit: 'text',
    fallback: undefined,
    variable: 'CONDUIT_JUDGE_MODEL',
    description: l10n.t(
      'Who judges. No model judges its own answers, and one of the same vendor only where no other is named.',
    ),
  }),
  'judge.sample_rate': share(leastSampleRate, 1).register(about, {
    type: l10n.t('a number from {0} to {1}', leastSampleRate, 1),
    unit: 'number',
    fallback: defaults.judge.sampleRate,
    variable: 'CONDUIT_JUDGE_SAMPLE_RATE',
    description: l10n.t(
      'Share of the answers that are judged in the long run, those first of which a verdict tells most. Answers that you rate are judged beside these.',
    ),
  }),
  'judge.daily_budget_usd': usd().register(about, {
    type: l10n.t('USD, at least 0'),
    unit: 'number',
    fallback: defaults.judge.dailyBudgetUsd,
    variable: 'CONDUIT_JUDGE_DAILY_BUDGET_USD',
    description: l10n.t(
      'Most that judging may cost a day, from midnight. It counts in router.daily_budget_usd, too.',
    ),
  }),
  'judge.rubric': z
    .string(l10n.t('must be text'))
    .max(longestRubric, l10n.t('must have at most {0} characters', longestRubric))
    .register(about, {
      type: l10n.t('text'),
      unit: 'text',
      fallback: undefined,
      variable: 'CONDUIT_JUDGE_RUBRIC',
      description: l10n.t('What the judge is told beside the rubric that it has.'),
    }),
  'ledger.keep_days': z
    .number(l10n.t('must be a number of days'))
    .min(leastKeepDays, l10n.t('must be at least {0}', leastKeepDays))
    .register(about, {
      type: l10n.t('days, at least {0}', leastKeepDays),
      unit: 'number',
      fallback: undefined,
      variable: 'CONDUIT_LEDGER_KEEP_DAYS',
      description: l10n.t(
        'How long decisions are kept. What was learnt from older ones stays; their explanations go.',
      ),
    }),
  'ledger.max_mb': z
    .number(l10n.t('must be a number of megabytes'))
    .min(leastLedgerMb, l10n.t('must be at least {0}', leastLedgerMb))
    .register(about, {
      type: l10n.t('megabytes, at least {0}', leastLedgerMb),
      unit: 'number',
      fallback: defaults.ledgerMb,
      variable: 'CONDUIT_LEDGER_MAX_MB',
      description: l10n.t(
        'How large the ledger may grow before its oldest decisions are dropped. 100 MB hold about 110,000. What was learnt from them stays.',
      ),
    }),
  'team.database_url': z
    .string(databaseHint)
    .superRefine((text, context) => {
      const message = environmentName(text) === undefined ? databaseProblem(text) : undefined;
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .register(about, {
      type: l10n.t('`postgres://…` or `os.environ/NAME`'),
      unit: 'text',
      fallback: undefined,
      variable: 'CONDUIT_TEAM_DATABASE_URL',
      description: l10n.t(
        'A PostgreSQL database in which the members of a team learn from each other. Nothing goes there before “Conduit: Join Team…” has listed what would. Unset: nothing is shared.',
      ),
    }),
  'team.share_vectors': truth.clone().register(about, {
    ...choicesOfTruth,
    fallback: defaults.shareVectors,
    variable: 'CONDUIT_TEAM_SHARE_VECTORS',
    description: l10n.t(
      'Whether the team also gets what a sentence encoder makes of prompts, from which much of a prompt can be guessed.',
    ),
  }),
  embedding_model: z
    .string(encoderHint)
    .regex(encoderName, encoderHint)
    .register(about, {
      type: l10n.t('`none` or `owner/name`'),
      unit: 'text',
      choices: ['none', 'Xenova/all-MiniLM-L6-v2'],
      fallback: defaults.embeddingModel,
      variable: 'CONDUIT_EMBEDDING_MODEL',
      description: l10n.t('A sentence encoder on this machine that describes prompts.'),
    }),
});

export type OptionPath = keyof typeof optionSchema.shape;

/** Every path, in the order of the table. */
export const optionPaths: readonly OptionPath[] = optionSchema.keyof().options;

export function aboutOption(path: OptionPath): AboutOption {
  const found = about.get(optionSchema.shape[path]);
  if (found === undefined) throw new Error(`Nothing is said of the option ${path}.`);
  return found;
}

/** A value that some tier sets: valid by the option's schema. */
export interface Setting {
  readonly value: string | number | boolean;
  readonly tier: ConfigurationTier;
  /** "conduit.yaml:7", or the variable. */
  readonly place: string;
}

export type Settings = ReadonlyMap<OptionPath, Setting>;
