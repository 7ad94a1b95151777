import type { z } from 'zod';
import type { Configuration, JudgeConfiguration, Measure } from '../core/terms/configuration';
import type { Pool } from '../core/terms/deployment';
import { defaults } from './defaults';
import { judgesIn } from './judges';
import { budgetsOf } from './budgets';
import type { FileConfiguration } from './file/parse-configuration';
import { signalTable } from './file/read-signals';
import type { Environment } from './models/environment-reference';
import { resolved } from './models/environment-reference';
import type { Settings } from './options';
import { databaseProblem, optionSchema, redisProblem } from './options';

const valuesSchema = optionSchema.partial();

/** The configuration that some pools and layers of settings make; a later layer overrides. */
export function buildConfiguration(
  pools: readonly Pool[],
  layers: readonly Settings[],
  environment: Environment,
  source: Configuration['source'],
  { signals, budgets }: Pick<FileConfiguration, 'signals' | 'budgets'>,
): Configuration {
  const inForce = layers.flatMap((layer) => [...layer].map(([path, { value }]) => [path, value] as const));
  const values = valuesSchema.parse(Object.fromEntries(inForce));
  const encoder = values.embedding_model ?? defaults.embeddingModel;
  const { limits } = defaults;
  return {
    pools,
    defaultPool: values['router.pool'] ?? pools[0]?.name ?? '',
    preset: values['router.preset'] ?? defaults.preset,
    switchAfter: values['router.switch_after'] ?? defaults.switchAfter,
    keepPrompts: values['router.keep_prompts'] ?? defaults.keepPrompts,
    priors: (values['router.priors'] ?? defaults.priors) === 'on',
    escalate: values['router.escalate'] ?? defaults.escalate,
    measure: measureOf(values),
    budgets: budgetsOf(values, budgets, values['budgets.pace'] ?? defaults.pace),
    instructions: instructionsOf(layers),
    limits: {
      requestMs: inMs(values['router.request_timeout_s']) ?? limits.requestMs,
      firstTokenMs: inMs(values['router.first_token_timeout_s']) ?? limits.firstTokenMs,
      stallMs: inMs(values['router.stall_timeout_s']) ?? limits.stallMs,
      retries: values['router.retries'] ?? limits.retries,
    },
    signals: signalTable(values['signals.preset'] ?? defaults.signalPreset, signals),
    cache: {
      enabled: values['cache.enabled'] ?? defaults.cacheEnabled,
      redisUrl: addressOf(values['cache.redis_url'], redisProblem, environment),
    },
    team: {
      databaseUrl: addressOf(values['team.database_url'], databaseProblem, environment),
      shareVectors: values['team.share_vectors'] ?? defaults.shareVectors,
    },
    ledger: {
      keepDays: values['ledger.keep_days'],
      mostBytes: (values['ledger.max_mb'] ?? defaults.ledgerMb) * 1_000_000,
    },
    judge: judgeOf(values, pools),
    embeddingModel: encoder === 'none' ? undefined : encoder,
    source,
  };
}

function measureOf(values: z.infer<typeof valuesSchema>): Measure | undefined {
  const against = values['router.measure.against'];
  if (against === undefined) return undefined;
  return { against, share: values['router.measure.share'] ?? defaults.measureShare };
}

function judgeOf(values: z.infer<typeof valuesSchema>, pools: readonly Pool[]): JudgeConfiguration {
  const { judge } = defaults;
  return {
    enabled: values['judge.enabled'] ?? judge.enabled,
    sampleRate: values['judge.sample_rate'] ?? judge.sampleRate,
    models: judgesIn(values['judge.model'] ?? '', pools),
    dailyBudgetUsd: values['judge.daily_budget_usd'] ?? judge.dailyBudgetUsd,
    rubric: values['judge.rubric'] ?? '',
  };
}

/** The user's, then the workspace's; a variable takes the place of both. */
function instructionsOf(layers: readonly Settings[]): readonly string[] {
  const settings = layers
    .map((layer) => layer.get('instructions'))
    .filter((setting) => setting !== undefined);
  const override = settings.find(({ tier }) => tier === 'environment');
  const texts = (override === undefined ? settings : [override]).map(({ value }) => String(value));
  return texts.filter((text) => text.trim() !== '');
}

function inMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.max(1, Math.round(seconds * 1_000));
}

/** An address that is one, written or in a variable. */
function addressOf(
  text: string | undefined,
  problem: (url: string) => string | undefined,
  environment: Environment,
): string | undefined {
  const url = text === undefined ? undefined : resolved(text, environment);
  return url !== undefined && problem(url) === undefined ? url : undefined;
}
