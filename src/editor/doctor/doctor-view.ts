import * as l10n from '@vscode/l10n';
import { budgetFor } from '../../core/terms/budgets';
import type { Budgets } from '../../core/terms/budgets';
import { budgetName } from '../spending/budget-words';
import type { CacheStatus } from '../../cache/cache-status';
import type { Configuration } from '../../core/terms/configuration';
import type { LedgerState } from '../../ledger/always-ledger';
import type { LedgerStatus } from '../../ledger/ledger-status';
import { troubleText, waitingText } from '../ledger/trouble-text';
import type { Cost } from '../../core/terms/receipt';
import { usdOf } from '../../core/terms/receipt';
import type { DoctorPool, Fact, ToDoctor } from '../../webview/protocol/doctor';
import { toDoctorSchema } from '../../webview/protocol/doctor';
import { answersOf } from './doctor-answers';
import type { DoctorFacts, PoolDoctorFacts } from './doctor-facts';
import { learningFacts } from './doctor-learning';
import { doctorModel } from './doctor-model-view';
import { judgeStateText, judgeStatsText } from '../judge/judge-text';
import { teamFacts } from '../team/team-text';
import { keptData } from '../../vendors/kept-data';
import { salvagedText } from '../ledger/salvage-text';
import { formatUsd } from '../shown/format';
import { spentText } from '../stats/stats-view';
import { clockText, dateText } from '../../text/local-format';

export type DoctorView = Extract<ToDoctor, { type: 'doctor' }>;

/** Takes keys out of a text; '' as `key` for those that only look like one. */
export type Redact = (text: string, key: string) => string;

/** A key shorter than this is a word such as "ollama": taking it out would spoil names and hide nothing. */
const shortestKey = 8;

/**
 * The doctor's page, ready to show. No text of it holds any of `keys`: texts of unknown origin (the log, what a
 * provider says) are cleaned of all that looks like a key, and the whole of the keys themselves.
 */
export function doctorView(facts: DoctorFacts, keys: readonly string[], redact: Redact): DoctorView {
  const clean = (text: string): string => [...keys, ''].reduce((cleaned, key) => redact(cleaned, key), text);
  const view: DoctorView = {
    type: 'doctor',
    pools: facts.pools.map((pool) => poolView(pool, facts.poolInUse, clean)),
    groups: [
      { title: l10n.t('Configuration'), facts: configurationFacts(facts) },
      { title: l10n.t('Learning'), facts: learningFacts(facts.told, facts.configuration.signals) },
      { title: l10n.t('State'), facts: stateFacts(facts) },
      ...(facts.team === undefined
        ? []
        : [
            {
              title: l10n.t('Team'),
              facts: teamFacts(facts.team).map(([name, value]) => ({ name, value: clean(value) })),
            },
          ]),
      { title: l10n.t('Versions'), facts: facts.versions.map(([name, value]) => ({ name, value })) },
    ],
    problems: facts.problems.map(({ severity, text }) => ({ severity, text: clean(text) })),
    log: facts.log.map(({ atMs, severity, text }) => ({
      time: clockText(atMs),
      severity,
      text: clean(text),
    })),
    checks: checksText(facts),
  };
  return withoutKeys(
    view,
    keys.filter((key) => key.length >= shortestKey),
  );
}

function poolView(
  { pool, simulated, deployments, diagnosis }: PoolDoctorFacts,
  poolInUse: string,
  clean: (text: string) => string,
): DoctorPool {
  const answered =
    diagnosis === undefined
      ? []
      : answersOf(diagnosis).map(({ question, answers }) => ({ question, answers: [...answers] }));
  return {
    pool,
    simulated,
    inUse: pool === poolInUse,
    models: deployments.map((deployment) => doctorModel(deployment, clean)),
    questions: answered,
  };
}

function configurationFacts({ configuration, file, poolInUse, spent }: DoctorFacts): Fact[] {
  const { preset, switchAfter, budgets } = configuration;
  return [
    { name: l10n.t('Source'), value: sourceText(configuration) },
    { name: l10n.t('File'), value: file.exists ? file.path : l10n.t('{0} (not there)', file.path) },
    { name: l10n.t('Preset'), value: preset },
    { name: l10n.t('Pool in use'), value: poolInUse },
    { name: l10n.t('First phase'), value: l10n.t('{0} requests', switchAfter) },
    ...budgetFacts(budgets),
    { name: l10n.t('Spent today'), value: spent === undefined ? l10n.t('not known') : spentText(spent) },
  ];
}

/** One for each budget; the day's and a request's in any case. */
function budgetFacts(budgets: Budgets): readonly Fact[] {
  const absent = (['day', 'request'] as const).filter((period) => budgetFor(budgets, period) === undefined);
  return [
    ...budgets.caps.map((budget) => ({ name: budgetName(budget), value: formatUsd(budget.usd) })),
    ...absent.map((period) => ({
      name: budgetName({ period, subject: { of: 'all' } }),
      value: l10n.t('none'),
    })),
  ];
}

function sourceText({ source }: Configuration): string {
  switch (source) {
    case 'file':
      return 'conduit.yaml';
    case 'keys':
      return l10n.t('the keys and models that were found; no file lists models');
    case 'simulated':
      return l10n.t('simulated models, since neither a file nor a key was found');
  }
}

function stateFacts(facts: DoctorFacts): Fact[] {
  const { configuration, encoderSpace, cache, ledger, ledgerState, abilitiesDay } = facts;
  return [
    { name: l10n.t('Sentence encoder'), value: encoderText(configuration.embeddingModel, encoderSpace) },
    { name: l10n.t('Cache'), value: cacheText(cache) },
    {
      name: l10n.t('Kept data'),
      value: l10n.t(
        'what models can: as of {0}; prices: as of {1} (list {2})',
        keptData.modelsDay,
        keptData.pricesDay,
        keptData.pricesVersion,
      ),
    },
    {
      name: l10n.t('Public figures of models'),
      value: configuration.priors
        ? l10n.t('as of {0}', abilitiesDay)
        : l10n.t('not used (router.priors: off)'),
    },
    ...judgeFacts(facts),
    ...(typeof ledger === 'string' ? [{ name: l10n.t('Ledger'), value: ledger }] : ledgerText(ledger)),
    ...ledgerStateText(ledgerState),
  ];
}

function judgeFacts({ configuration, spent, judges = [] }: DoctorFacts): Fact[] {
  return [
    { name: l10n.t('Judging answers'), value: judgeStateText(configuration.judge, spent) },
    ...judges.map((each) => ({ name: l10n.t('Judge {0}', each.judge), value: judgeStatsText(each) })),
  ];
}

function encoderText(model: string | undefined, space: string | undefined): string {
  if (model === undefined) return l10n.t('none named: prompts are described without one');
  return space === undefined
    ? l10n.t('{0}: not ready (not downloaded, or not needed yet)', model)
    : l10n.t('{0}: ready ({1})', model, space);
}

function cacheText(cache: CacheStatus): string {
  switch (cache.kind) {
    case 'off':
      return l10n.t('switched off');
    case 'memory':
      return l10n.t('this process’s memory, {0}', entries(cache));
    case 'redis-idle':
      return l10n.t('Redis at {0}, not connected yet; {1} in memory', cache.host, entries(cache));
    case 'redis-connected':
      return l10n.t('Redis at {0}, connected; {1} in memory', cache.host, entries(cache));
    case 'redis-down': {
      const since = clockText(cache.sinceMs);
      return l10n.t(
        'Redis at {0} is not reached since {1} ({2}); the memory serves, {3}',
        cache.host,
        since,
        cache.detail,
        entries(cache),
      );
    }
  }
}

function entries({ entries: count }: { readonly entries: number }): string {
  return count === 1 ? l10n.t('1 entry') : l10n.t('{0} entries', count);
}

function ledgerText(status: LedgerStatus): Fact[] {
  const { path, entries: count, bytes, schema, salvaged } = status;
  const size = bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  return [
    { name: l10n.t('Ledger'), value: path },
    { name: l10n.t('Entries'), value: l10n.t('{0}, {1}, schema {2}', count, size, schema) },
    { name: l10n.t('Ledger’s file'), value: ledgerFileText(status) },
    ...(salvaged === undefined
      ? []
      : [
          {
            name: l10n.t('Salvaged on {0}', dateText(salvaged.atMs)),
            value: `${salvagedText(salvaged)} (${salvaged.why})`,
          },
        ]),
  ];
}

function ledgerStateText(state: LedgerState | undefined): Fact[] {
  if (state?.trouble === undefined) return [];
  const { trouble, waiting } = state;
  const value = l10n.t(
    'can’t be used: {0} {1} Waiting: {2}.',
    troubleText(trouble.why),
    waitingText(state),
    waiting,
  );
  return [{ name: l10n.t('State of the ledger'), value }];
}

function ledgerFileText({ newer, soundness }: LedgerStatus): string {
  if (newer) return l10n.t('read-only: a newer Conduit wrote it. Update Conduit.');
  switch (soundness) {
    case undefined:
      return l10n.t('not opened yet');
    case 'checking':
      return l10n.t('being looked through for damage; new entries wait in a queue until that is done');
    case 'sound':
      return l10n.t('sound');
    case 'damaged':
      return l10n.t('damaged; what can be salvaged goes into a new file');
  }
}

function checksText({ pools, checks }: DoctorFacts): DoctorView['checks'] {
  const all = pools.flatMap(({ deployments }) => deployments.map(({ check }) => check));
  const running = all.some(({ kind }) => kind === 'running');
  const { done, total } = checks;
  if (total === 0) return { running, text: '' };
  if (running) return { running, text: l10n.t('{0} of {1} checked…', done, total) };
  const results = all.flatMap((check) => (check.kind === 'done' ? [check.result] : []));
  const costs = results.flatMap((result) => (result.kind === 'answered' ? [result.cost] : []));
  const failed =
    all.length - all.filter(({ kind }) => kind === 'none' || kind === 'cancelled').length - costs.length;
  return {
    running,
    text: l10n.t('{0} answered, {1} failed; {2}.', costs.length, failed, costOfAll(costs)),
  };
}

function costOfAll(costs: readonly Cost[]): string {
  const billed = costs.filter(({ kind }) => kind !== 'simulated');
  const usd = billed.reduce((sum, cost) => sum + (usdOf(cost) ?? 0), 0);
  const unknown = billed.filter(({ kind }) => kind === 'unknown').length;
  return unknown === 0
    ? l10n.t('cost {0}', formatUsd(usd))
    : l10n.t('cost {0}, {1} unknown', formatUsd(usd), unknown);
}

/** The names that commands use stay as they are: they are never shown. */
function withoutKeys(view: DoctorView, keys: readonly string[]): DoctorView {
  const cleaned: unknown = JSON.parse(JSON.stringify(view), (name, value: unknown) =>
    typeof value !== 'string' || name === 'id'
      ? value
      : keys.reduce((text, key) => text.replaceAll(key, '[key]'), value),
  );
  const parsed = toDoctorSchema.parse(cleaned);
  if (parsed.type !== 'doctor') throw new Error('A view of the doctor is no longer one.');
  return parsed;
}
