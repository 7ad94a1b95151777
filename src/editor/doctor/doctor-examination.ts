import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CacheStatus } from '../../cache/cache-status';
import { shippedSettings } from '../../core/bandit/settings';
import type { Conduit } from '../../core/conduit';
import type { Configuration } from '../../core/terms/configuration';
import type { LedgerState } from '../../ledger/always-ledger';
import type { LedgerStatus } from '../../ledger/ledger-status';
import type { TeamStatus } from '../../ledger/team/team-status';
import type { Deployment, Pool } from '../../core/terms/deployment';
import type { Breakers, KeyRing, PriceBook } from '../../core/terms/ports';
import { diagnose } from '../../core/stats/diagnose';
import { baseName } from '../configuration/configuration-files';
import type { ConfigurationSource } from '../configuration/configuration-source';
import type { Checks } from './doctor-checks';
import type { DeploymentFacts, DoctorFacts, PriceFacts } from './doctor-facts';
import { keyOrigin, unavailability } from './doctor-facts';
import type { FailureMemory } from './doctor-failures';
import type { LoggedLine } from './doctor-log';
import { errorText } from '../shown/error-text';

/** What the doctor asks. */
export interface DoctorSources {
  readonly configuration: ConfigurationSource;
  /** Where the user's own conduit.yaml is, or would be. */
  readonly file: () => vscode.Uri;
  /** Rejects where the ledger can't be used: the doctor then shows the rest. */
  readonly conduit: () => Promise<Conduit>;
  /** What speaks to providers. */
  readonly serving: () => Promise<{
    readonly keys: KeyRing;
    readonly prices: PriceBook;
    readonly breakers: Breakers;
    readonly cache: { status(): CacheStatus };
  }>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly encoderSpace: () => string | undefined;
  readonly ledger: () => Promise<LedgerStatus>;
  /** How this window's ledger is; undefined: nothing has used it yet. */
  readonly ledgerState: () => Promise<LedgerState | undefined>;
  /** Undefined where the ledger can't be used. */
  readonly team: () => Promise<TeamStatus | undefined>;
  readonly abilitiesDay: () => Promise<string>;
  readonly failures: Pick<FailureMemory, 'lastOf'>;
  readonly recentLog: () => readonly LoggedLine[];
  readonly versions: DoctorFacts['versions'];
}

/** What was found, with what must not be shown and where each problem stands. */
export interface Examination {
  readonly facts: DoctorFacts;
  /** Every key at hand: to be taken out of all texts. */
  readonly keys: readonly string[];
  /** One for each of `facts.problems`, in their order. */
  readonly places: readonly vscode.Location[];
}

/** Gathers everything that the page shows. Asks no model. Rejects where the configuration can't be read. */
export async function examine(sources: DoctorSources, checks: Checks): Promise<Examination> {
  const [configuration, poolInUse, { keys, prices, breakers, cache }, conduit] = await Promise.all([
    sources.configuration.current(),
    sources.configuration.pool(),
    sources.serving(),
    readConduit(sources),
  ]);
  const found: string[] = [];

  async function deploymentFacts(deployment: Deployment): Promise<DeploymentFacts> {
    const key = await keys.keyFor(deployment);
    // One that is set and not sent must not be shown either.
    const inEnvironment = deployment.key.kind === 'environment' && sources.environment[deployment.key.name];
    for (const each of [key, inEnvironment]) if (each) found.push(each);
    const { id, pool } = deployment;
    const stats = conduit?.stats().pools.find((each) => each.pool === pool);
    return {
      deployment,
      key: keyOrigin(deployment, key, sources.environment),
      price: priceFacts(deployment, prices, conduit),
      breaker: breakers.stateOf(id),
      lastFailure: sources.failures.lastOf(id),
      stats: stats?.models.find(({ deploymentId }) => deploymentId === id),
      risk01: conduit?.arm(pool, id).risk.risk01 ?? 0,
      check: checks.stateOf(id),
    };
  }

  const pools = await Promise.all(
    configuration.pools.map(async (pool) => {
      const deployments = await Promise.all(pool.deployments.map(deploymentFacts));
      const diagnosis = conduit && diagnose(poolFacts(pool, deployments, configuration, conduit));
      return { pool: pool.name, simulated: pool.simulated, deployments, diagnosis };
    }),
  );
  const uri = sources.file();
  const marks = problemMarks();
  const facts: DoctorFacts = {
    configuration,
    poolInUse: poolInUse.name,
    file: { path: uri.fsPath, exists: await exists(uri) },
    problems: marks.map(({ mark }) => mark),
    pools,
    spent: conduit?.spentToday(),
    told: conduit?.stats().told,
    judges: conduit?.judges(),
    ledger: await sources
      .ledger()
      .catch((error: unknown) => l10n.t('could not be read: {0}', errorText(error))),
    ledgerState: await sources.ledgerState(),
    team: await sources.team(),
    encoderSpace: sources.encoderSpace(),
    cache: cache.status(),
    abilitiesDay: await sources.abilitiesDay(),
    versions: sources.versions,
    log: sources.recentLog(),
    checks: checks.progress(),
  };
  return { facts, keys: found, places: marks.map(({ place }) => place) };
}

async function readConduit({ conduit }: DoctorSources): Promise<Conduit | undefined> {
  try {
    const read = await conduit();
    await read.refresh();
    return read;
  } catch {
    // What is wrong with it stands beside the ledger's path, and in the log.
    return undefined;
  }
}

function poolFacts(
  pool: Pool,
  deployments: readonly DeploymentFacts[],
  { preset, switchAfter }: Configuration,
  conduit: Conduit,
): Parameters<typeof diagnose>[0] {
  const { pools, recent } = conduit.stats();
  const unavailable = new Map(
    deployments.flatMap((each) => {
      const reason = unavailability(each);
      return reason === undefined ? [] : [[each.deployment.id, reason] as const];
    }),
  );
  const ofPool = recent.filter((decision) => decision.pool === pool.name);
  return {
    deploymentIds: pool.deployments.map(({ id }) => id),
    stats: pools.find((each) => each.pool === pool.name),
    unavailable,
    arm: (id) => conduit.arm(pool.name, id),
    preset,
    switchAfter,
    settings: shippedSettings,
    stoodIn: ofPool.filter(({ answeredBy, chosen }) => answeredBy !== undefined && answeredBy !== chosen)
      .length,
  };
}

const thousand = 1_000;

function priceFacts(deployment: Deployment, prices: PriceBook, conduit: Conduit | undefined): PriceFacts {
  const perMillion = (inputTokens: number, outputTokens: number): PriceFacts['input'] => {
    const usage = { inputTokens, outputTokens, cachedInputTokens: 0 };
    const cost = prices.costOf(deployment, usage, true);
    return cost.kind === 'unknown' ? cost : { kind: cost.kind, usd: cost.usd * thousand };
  };
  const learnt = conduit?.arm(deployment.pool, deployment.id).costs.all;
  return {
    input: perMillion(thousand, 0),
    output: perMillion(0, thousand),
    learntUsd: learnt === undefined || learnt.count === 0 ? undefined : learnt.size / learnt.count,
  };
}

interface PlacedMark {
  readonly mark: DoctorFacts['problems'][number];
  readonly place: vscode.Location;
}

/** The problems that Conduit has marked in the configuration's files. */
function problemMarks(): readonly PlacedMark[] {
  return vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) =>
    diagnostics
      .filter(
        ({ source, severity }) => source === 'Conduit' && severity !== vscode.DiagnosticSeverity.Information,
      )
      .map(({ severity, message, range }) => ({
        mark: {
          severity: severity === vscode.DiagnosticSeverity.Error ? 'error' : 'warning',
          text: `${baseName(uri)}:${String(range.start.line + 1)}: ${message}`,
        } as const,
        place: new vscode.Location(uri, range),
      })),
  );
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
