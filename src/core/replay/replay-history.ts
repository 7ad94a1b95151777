import { consideredOf } from '../answering/reconsider';
import type { WeighingParts } from '../answering/weighing-of';
import { shippedSettings } from '../bandit/settings';
import type { FeatureSpace } from '../features/feature-space';
import { featuresOf } from '../features/feature-space';
import type { Learner } from '../learning/learner';
import { createLearner } from '../learning/learner';
import { standingsOf } from '../routing/what-if';
import type { RateCard } from '../stats/savings/rate-card';
import { rateCardOf } from '../stats/savings/rate-card';
import { isOwnDraw } from '../stats/savings/rivals-of';
import type { Attempt } from '../terms/attempt';
import type { Configuration } from '../terms/configuration';
import type { Decision } from '../terms/decision';
import type { StoredEntry } from '../terms/ledger-entry';
import type { Clock, Ledger } from '../terms/ports';
import type { HistoryChange } from './history-change';
import {
  changedConfiguration,
  changedModels,
  changedPool,
  changedPrices,
  isChange,
  nothingChanged,
} from './history-change';
import type { Goals } from './replayed-costs';
import { createCostSums } from './replayed-costs';
import type { ChosenAgain, ChosenModel, Replayed, ReplayLeftOut } from './replayed';
import { createReplayedSums, goalsOf } from './replayed';

export interface ReplayParts extends WeighingParts {
  readonly ledger: Pick<Ledger, 'readAfter' | 'readDecision' | 'lastSequence' | 'droppedTo'>;
  readonly configuration: Configuration;
  readonly space: FeatureSpace;
  readonly clock: Clock;
}

export interface ReplayWatch {
  /** Share of the ledger that was read, 0..1. */
  readonly onProgress: (share01: number) => void;
  readonly signal: AbortSignal;
}

/** Entries that are read at a time. */
const pageLength = 250;
/** So long the process is held up at a time. */
const sliceMs = 8;

/** A decision that was made again, until all of its attempts are known. */
interface Pending extends Pick<Decision, 'pool' | 'task'> {
  readonly goals: Goals;
  readonly attempts: Attempt[];
}

/**
 * Goes through the ledger once more: learns from each entry as it came, and makes each decision of the router's again at its
 * time, with what was known by then, as configured now and with a change. Models are asked of nobody, and nothing is recorded.
 * What would have been told of other answers isn't known: both learn from those that came. Undefined: it was aborted.
 */
export async function replayHistory(
  parts: ReplayParts,
  change: HistoryChange,
  { onProgress, signal }: ReplayWatch,
): Promise<Replayed | undefined> {
  const { ledger, clock, space, configuration } = parts;
  let atMs = 0;
  const learner = createLearner({
    space,
    settings: shippedSettings,
    nowMs: () => atMs,
    describeAgain: featuresOf,
    signals: configuration.signals,
  });
  const choose = chooser(parts, learner, change);
  const sums = createReplayedSums();
  const costs = createCostSums(cardsOf(parts), change.priceFactors ?? new Map());
  const pending = new Map<string, Pending>();
  const last = await ledger.lastSequence();
  let sliceFromMs = clock.monotonicMs();

  function take(entry: StoredEntry): void {
    if (entry.kind === 'decision') {
      const { decision } = entry;
      const chosen = choose(decision);
      sums.add(decision, entry.atMs, chosen);
      if (typeof chosen !== 'string') {
        const { pool, task, id } = decision;
        const goals = goalsOf(decision, chosen);
        pending.set(id, { pool, task, goals, attempts: [] });
      }
    } else if (entry.kind === 'attempt') pending.get(entry.attempt.decisionId)?.attempts.push(entry.attempt);
  }

  for (let after = 0; after < last;) {
    const page = await ledger.readAfter(after, pageLength);
    if (page.length === 0) break;
    for (const entry of page) {
      if (signal.aborted) return undefined;
      ({ sequence: after, atMs } = entry);
      take(entry);
      learner.apply(entry, await earlierOf(entry, learner, ledger));
      if (clock.monotonicMs() - sliceFromMs < sliceMs) continue;
      onProgress(Math.min(1, after / last));
      await clock.pause?.();
      sliceFromMs = clock.monotonicMs();
    }
  }
  if (signal.aborted) return undefined;
  for (const { goals, attempts, ...request } of pending.values()) costs.add(request, goals, attempts);
  return sums.result({ costs: costs.costs(), dropped: ((await ledger.droppedTo?.()) ?? 0) > 0 });
}

/** What the learner needs of a decision that it has sealed. */
async function earlierOf(
  entry: StoredEntry,
  learner: Learner,
  ledger: ReplayParts['ledger'],
): Promise<readonly StoredEntry[] | undefined> {
  const id = learner.needsEarlier(entry);
  if (id === undefined) return undefined;
  const entries = await ledger.readDecision(id);
  return entries.filter(({ sequence }) => sequence < entry.sequence);
}

/** Makes decisions again by what the learner knows at the moment; or says why not. */
function chooser(
  parts: ReplayParts,
  learner: Learner,
  change: HistoryChange,
): (decision: Decision) => ChosenAgain | ReplayLeftOut {
  const asIsOf = chooserBy(parts, learner, nothingChanged);
  const changedOf = isChange(change) ? chooserBy(parts, learner, change) : asIsOf;
  return (decision) => {
    if (!isOwnDraw(decision)) return 'not-drawn';
    const asIs = asIsOf(decision);
    if (asIs === undefined) return 'gone';
    const changed = changedOf === asIsOf ? asIs : changedOf(decision);
    if (changed === undefined) return 'nobody-left';
    return { was: asIs.of(decision.deploymentId), asIs: asIs.best, changed: changed.best };
  };
}

/**
 * A request that goes elsewhere counts there as one in flight, as far as something would have been told of it: else what is
 * little known would be tried without end, since nothing is ever told of it here. Its expected quality stays as it is, as in
 * GP-BUCB (Desautels, Krause and Burdick, 2014), which takes outcomes that haven't come yet for what is expected of them.
 */
type Tried = Map<string, number>;

interface Standings {
  readonly best: ChosenModel;
  /** Undefined: it can't be chosen any more. */
  of(model: string): ChosenModel | undefined;
}

function chooserBy(
  parts: ReplayParts,
  learner: Learner,
  change: HistoryChange,
): (decision: Decision) => Standings | undefined {
  const learnt = { pool: (name: string) => learner.pool(name) };
  const configuration = changedConfiguration(parts.configuration, change);
  const weighing = { ...parts, prices: changedPrices(parts.prices, change) };
  const tried: Tried = new Map();
  return (decision) => {
    const asked = { ...decision, pool: changedPool(decision, change) };
    const considered = consideredOf(weighing, learnt, configuration, asked, changedModels(decision, change));
    if (considered === undefined) return undefined;
    const outcomes = new Map(
      considered.deployments.map(({ deployment, state }) => [deployment.id, state.quality.weight]),
    );
    const deployments = considered.deployments.map((each) => {
      const inFlight = each.state.inFlight + (tried.get(each.deployment.id) ?? 0);
      return { ...each, state: { ...each.state, inFlight } };
    });
    const all = standingsOf({ ...considered, deployments }).map(
      ({ option: { id, figures }, quality01 }): ChosenModel => {
        return { model: id, quality01, latencyMs: figures.latencyMs, outcomes: outcomes.get(id) ?? 0 };
      },
    );
    const [best] = all;
    if (best !== undefined && best.model !== decision.deploymentId)
      tried.set(best.model, (tried.get(best.model) ?? 0) + considered.state.told01(decision.origin));
    return best && { best, of: (model) => all.find((each) => each.model === model) };
  };
}

function cardsOf({ configuration, prices }: ReplayParts): ReadonlyMap<string, RateCard> {
  const cards = new Map<string, RateCard>();
  for (const { deployments } of configuration.pools)
    for (const deployment of deployments) {
      const card = rateCardOf((usage) => prices.costOf(deployment, usage, true));
      if (card !== undefined) cards.set(deployment.id, card);
    }
  return cards;
}
