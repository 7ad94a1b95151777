import type { CheckResult } from '../../providers/check-deployment';
import type { Deployment } from '../../core/terms/deployment';
import { errorText } from '../shown/error-text';

/** Asks a deployment for a word, within a time of its own. Aborting `signal` ends the call. */
export type CheckDeployment = (deployment: Deployment, signal: AbortSignal) => Promise<CheckResult>;

export type CheckState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'done'; readonly result: CheckResult }
  /** Conduit itself couldn't ask, for the reason in `detail`. */
  | { readonly kind: 'broken'; readonly detail: string };

/** Live checks of deployments, which only the user starts. */
export interface Checks {
  /** Checks these; those that are being checked already are left alone. Resolves when they are done. */
  start(deployments: readonly Deployment[]): Promise<void>;
  /** Ends all that are under way. */
  cancel(): void;
  stateOf(deploymentId: string): CheckState;
  /** Of the checks that were started together; `total` is 0 before the first. */
  progress(): { readonly done: number; readonly total: number };
}

/** A local server has one model in memory, and a provider counts requests. */
const atOnce = 3;

/** `onChange` is called after each change of what is known. */
export function createChecks(check: CheckDeployment, onChange: () => void): Checks {
  const states = new Map<string, CheckState>();
  let controller = new AbortController();
  let progress = { done: 0, total: 0 };

  async function run(deployment: Deployment, signal: AbortSignal): Promise<void> {
    states.set(deployment.id, await outcomeOf(deployment, signal));
    progress = { ...progress, done: progress.done + 1 };
    onChange();
  }

  async function outcomeOf(deployment: Deployment, signal: AbortSignal): Promise<CheckState> {
    if (signal.aborted) return { kind: 'cancelled' };
    try {
      const result = await check(deployment, signal);
      return wasCancelled(signal) ? { kind: 'cancelled' } : { kind: 'done', result };
    } catch (error) {
      return { kind: 'broken', detail: errorText(error) };
    }
  }

  return {
    start: async (deployments) => {
      const queue = deployments.filter(({ id }) => states.get(id)?.kind !== 'running');
      if (queue.length === 0) return;
      if (progress.done === progress.total) {
        controller = new AbortController();
        progress = { done: 0, total: 0 };
      }
      const { signal } = controller;
      for (const { id } of queue) states.set(id, { kind: 'running' });
      progress = { ...progress, total: progress.total + queue.length };
      onChange();
      const worker = async (): Promise<void> => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) await run(next, signal);
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
    },
    cancel: () => controller.abort(),
    stateOf: (deploymentId) => states.get(deploymentId) ?? { kind: 'none' },
    progress: () => progress,
  };
}

/** Asked anew: it may have been aborted while something was awaited. */
function wasCancelled({ aborted }: AbortSignal): boolean {
  return aborted;
}
