import type { CacheStatus } from '../../cache/cache-status';
import type { ConfigurationProblem } from '../../config/problem';
import type { Configuration } from '../../core/terms/configuration';
import type { ExclusionReason } from '../../core/terms/decision';
import type { Deployment } from '../../core/terms/deployment';
import { isRemote } from '../../core/terms/deployment';
import { hostOf } from '../../core/terms/host';
import type { LedgerState } from '../../ledger/always-ledger';
import type { LedgerStatus } from '../../ledger/ledger-status';
import type { TeamStatus } from '../../ledger/team/team-status';
import type { BreakerState } from '../../core/terms/ports';
import type { Cost } from '../../core/terms/receipt';
import type { ModelStats, PastFailure } from '../../core/stats/model-tally';
import type { Diagnosis } from '../../core/stats/diagnose';
import type { JudgeStats } from '../../core/stats/judgements';
import type { Spent } from '../../core/stats/spending';
import type { ToldSignals } from '../../core/stats/told-signals';
import { heldBackKey } from '../keys/environment-key';
import type { CheckState } from './doctor-checks';
import type { LoggedLine } from './doctor-log';

/** Where a deployment's key is found. Never the key. */
export type KeyOrigin =
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'stored'; readonly host: string }
  | { readonly kind: 'none-needed' }
  /** The variable is set, and isn't sent to this host without encryption until the user allows it. */
  | { readonly kind: 'held-back'; readonly name: string; readonly host: string }
  /** `name` is the variable that the configuration names; undefined: it names none. */
  | { readonly kind: 'missing'; readonly name: string | undefined };

/** What a deployment's tokens cost, and who says so. */
export interface PriceFacts {
  /** Of a million input tokens, from the price of a thousand. */
  readonly input: Cost;
  readonly output: Cost;
  /** Mean USD of an answer so far; undefined: none whose cost is known. */
  readonly learntUsd: number | undefined;
}

export interface DeploymentFacts {
  readonly deployment: Deployment;
  readonly key: KeyOrigin;
  readonly price: PriceFacts;
  readonly breaker: BreakerState;
  /** In this session. */
  readonly lastFailure: PastFailure | undefined;
  /** Undefined: never chosen, or the ledger can't be read. */
  readonly stats: ModelStats | undefined;
  /** How likely it is to give no answer, beyond the usual, 0..1; 0 where the ledger can't be read. */
  readonly risk01: number;
  readonly check: CheckState;
}

export interface PoolDoctorFacts {
  readonly pool: string;
  readonly simulated: boolean;
  readonly deployments: readonly DeploymentFacts[];
  /** Undefined where the ledger can't be read. */
  readonly diagnosis: Diagnosis | undefined;
}

export interface ConfigurationMark {
  /** Notes are no problems: they are left out. */
  readonly severity: Exclude<ConfigurationProblem['severity'], 'note'>;
  /** "conduit.yaml:7: model_list[2].model_info.id: …". */
  readonly text: string;
}

/** Everything that the doctor's page shows, before it is put into words. */
export interface DoctorFacts {
  readonly configuration: Configuration;
  readonly poolInUse: string;
  readonly file: { readonly path: string; readonly exists: boolean };
  readonly problems: readonly ConfigurationMark[];
  readonly pools: readonly PoolDoctorFacts[];
  /** Undefined where the ledger can't be read. */
  readonly spent: Spent | undefined;
  /** What was learnt from. Undefined as `spent` is. */
  readonly told: ToldSignals | undefined;
  /** Who ever judged answers; absent where the ledger can't be read. */
  readonly judges?: readonly JudgeStats[] | undefined;
  /** A text: why its file could not be read. */
  readonly ledger: LedgerStatus | string;
  /** Absent: this window has not used it yet. */
  readonly ledgerState?: LedgerState | undefined;
  /** Absent where the ledger can't be used. */
  readonly team?: TeamStatus | undefined;
  /** Feature space of the encoder that is ready; undefined: none is. */
  readonly encoderSpace: string | undefined;
  readonly cache: CacheStatus;
  /** The day of what is publicly known of models' abilities. */
  readonly abilitiesDay: string;
  readonly versions: readonly (readonly [name: string, version: string])[];
  readonly log: readonly LoggedLine[];
  readonly checks: { readonly done: number; readonly total: number };
}

/** Why a deployment can't be asked now, whatever the request; undefined: it can. */
export function unavailability({
  key,
  breaker,
}: Pick<DeploymentFacts, 'key' | 'breaker'>): ExclusionReason | undefined {
  if (key.kind === 'missing' || key.kind === 'held-back') return 'missing-key';
  return breaker === 'open' ? 'breaker-open' : undefined;
}

/** The origin of a key that is at hand (`key` is what the key ring found; undefined: nothing). */
export function keyOrigin(
  deployment: Deployment,
  key: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): KeyOrigin {
  const { key: source, apiBase } = deployment;
  if (key === undefined) {
    const held = heldBackKey(deployment, environment, () => false);
    if (held !== undefined) return { kind: 'held-back', name: held.variable, host: held.host };
    return { kind: 'missing', name: source.kind === 'environment' ? source.name : undefined };
  }
  if (key === '' || !isRemote(deployment)) return { kind: 'none-needed' };
  if (source.kind === 'environment' && environment[source.name] === key) {
    return { kind: 'environment', name: source.name };
  }
  return { kind: 'stored', host: source.kind === 'secret' ? source.host : hostOf(apiBase) };
}
