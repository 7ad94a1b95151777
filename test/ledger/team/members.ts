import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTeamFold } from '../../../src/core/answering/team-fold';
import { shippedSettings } from '../../../src/core/bandit/settings';
import { textSpace } from '../../../src/core/features/feature-space';
import type { Learner, Saved } from '../../../src/core/learning/learner';
import { learnerInSteps } from '../../../src/core/learning/learner';
import type { DatabasePlace } from '../../../src/core/terms/database-place';
import type { Deployment } from '../../../src/core/terms/deployment';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import type { Clock, Ledger, Log } from '../../../src/core/terms/ports';
import type { FoldedBy } from '../../../src/core/terms/snapshots';
import type { Steps } from '../../../src/core/terms/steps';
import { atOnce } from '../../../src/core/terms/steps';
import { memoryRecord } from '../../../src/ledger/memory-ledger';
import type { Team } from '../../../src/ledger/team/create-team';
import { createTeam } from '../../../src/ledger/team/create-team';
import { attemptWith, decisionWith, quietLog } from '../../core/samples';
import { deploymentWith } from '../../core/simulation';

/** Three arms of the team, which every member calls otherwise. */
export const arms = ['cheap', 'middling', 'strong'] as const;
export type Arm = (typeof arms)[number];

/** A machine that learns with others. */
export interface Member {
  readonly team: Team;
  readonly ledger: Ledger;
  readonly deployments: readonly Deployment[];
  idOf(arm: Arm): string;
  /** Takes in what came, and what is learnt of the pool then; undefined until the team's record is at hand. */
  learnt(): Promise<LearntByTeam | undefined>;
  /** Records a decision for an arm with its answer and a rating, and resolves to the decision's id. */
  decides(arm: Arm, rating?: 'up' | 'down'): Promise<string>;
  close(): Promise<void>;
}

/** All figures of a pool. */
export interface LearntByTeam {
  readonly decisions: number;
  readonly policy: unknown;
  readonly arms: readonly unknown[];
}

export interface MemberOptions {
  readonly place: DatabasePlace;
  readonly log?: Log;
  readonly vectors?: boolean;
  /** Absent: a member of its own. */
  readonly secret?: string;
  readonly local?: Ledger;
  readonly ledgerId?: () => Promise<string>;
  readonly random?: () => number;
  /** Where snapshots are kept; absent: in a folder that goes with the member. */
  readonly keptIn?: string;
  /** Entries between two snapshots. */
  readonly entriesBetween?: number;
}

export const foldedBySamples: FoldedBy = { version: 1, space: textSpace.name, signals: 'shipped' };

export function learnerOf(saved?: Saved): Learner {
  return atOnce(learnerInStepsOf(saved));
}

function learnerInStepsOf(saved?: Saved): Steps<Learner> {
  return learnerInSteps({ space: textSpace, settings: shippedSettings, nowMs: () => 1_000_000_000, saved });
}

const clock: Clock = {
  nowMs: Date.now,
  monotonicMs: () => performance.now(),
  pause: () => new Promise((resolve) => setImmediate(resolve)),
};

let members = 0;

export function createMember(options: MemberOptions): Member {
  const name = `member-${String((members += 1))}`;
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-team-'));
  const deployments = arms.map((arm) => deploymentWith(`${name}-${arm}`, { model: arm }));
  const idOf = (arm: Arm): string => `${name}-${arm}`;
  const team = createTeam({
    place: options.place,
    secret: options.secret ?? randomUUID(),
    local: options.local ?? memoryRecord(() => 1_000).open(),
    ledgerId: options.ledgerId ?? (() => Promise.resolve(`ledger of ${name}`)),
    deployments: () => deployments,
    vectors: options.vectors ?? false,
    forgetFile: path.join(folder, 'forget.jsonl'),
    kept: {
      folder: options.keptIn ?? path.join(folder, 'learnt'),
      name: 'team',
      entriesBetween: options.entriesBetween,
    },
    nowMs: Date.now,
    random: options.random ?? (() => 0.5),
    log: options.log ?? quietLog,
    // As a window does, which waits a moment.
    onNews: () => setImmediate(() => void fold.refresh().catch(() => undefined)),
    times: { retryMs: 50, longestRetryMs: 200, pollMs: 100 },
  });
  const log = options.log ?? quietLog;
  const fold = createTeamFold(team.learning, {
    by: foldedBySamples,
    learner: learnerInStepsOf,
    clock,
    log,
    entriesBetween: options.entriesBetween,
  });
  // A window asks when it takes in its own ledger.
  void fold.refresh();
  let made = 0;

  return {
    team,
    ledger: team.ledger,
    deployments,
    idOf,
    learnt: async () => {
      await fold.refresh();
      const pool = fold.pool('default');
      return (
        pool && {
          decisions: pool.decisions,
          policy: JSON.parse(pool.policy.serialise()) as unknown,
          arms: arms.map((arm) => {
            const { quality: _, change: __, ...figures } = pool.arm(idOf(arm));
            return JSON.parse(JSON.stringify(figures)) as unknown;
          }),
        }
      );
    },
    decides: async (arm, rating) => {
      const id = `${name}-decision-${String((made += 1))}`;
      await team.ledger.append([decisionOf(id, idOf(arm), arms.map(idOf), made)]);
      const observation = { decisionId: id, deploymentId: idOf(arm) };
      await team.ledger.append([
        { kind: 'attempt', attempt: attemptWith({ decisionId: id, deploymentId: idOf(arm) }) },
        ...(rating === undefined
          ? []
          : [
              {
                kind: 'observation' as const,
                observation: { ...observation, signal: { kind: 'rating' as const, thumb: rating } },
              },
            ]),
      ]);
      return id;
    },
    close: async () => {
      fold.stop();
      await team.stop();
      await team.ledger.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function decisionOf(id: string, chosen: string, all: readonly string[], number: number): LedgerEntry {
  const candidates = all.map((deploymentId, index) => ({
    deploymentId,
    quality01: 0.5,
    bonus: 0.1,
    costUsd: 0.001 * (index + 1),
    latencyMs: 900,
    utility: 0.5,
    probability: 1 / all.length,
  }));
  const features = textSpace.ridge.map((_, index) =>
    index === textSpace.bias || index === number % 20 ? 1 : 0,
  );
  const featureSpace = textSpace.name;
  return {
    kind: 'decision',
    decision: decisionWith({
      id,
      deploymentId: chosen,
      candidates,
      features,
      featureSpace,
      phase: 'lin-ucb',
    }),
  };
}

/** Where two values differ by more than 1e-9 of their size; undefined: nowhere. */
export function differenceOf(one: unknown, other: unknown, at = ''): string | undefined {
  if (typeof one === 'number' && typeof other === 'number') {
    const close = Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
    return close ? undefined : `${at}: ${String(one)} is not ${String(other)}`;
  }
  if (typeof one === 'object' && typeof other === 'object' && one !== null && other !== null) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    for (const name of names) {
      const found = differenceOf(
        (one as Record<string, unknown>)[name],
        (other as Record<string, unknown>)[name],
        `${at}.${name}`,
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return one === other ? undefined : `${at}: ${String(one)} is not ${String(other)}`;
}
