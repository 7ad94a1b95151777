import * as vscode from 'vscode';
import type { Deployment } from '../../core/terms/deployment';
import type { BreakerState, Breakers, KeyRing } from '../../core/terms/ports';

/** Whether models can be asked now. */
export interface Availability extends vscode.Disposable {
  /** Those of `deployments` that have their key and didn't fail lately. */
  servingOf(deployments: readonly Deployment[]): Promise<ReadonlySet<Deployment>>;
  readonly onDidChange: vscode.Event<void>;
}

/** Breakers that tell when they change. */
interface WatchedBreakers extends Breakers {
  onStateChange(listener: (deploymentId: string, state: BreakerState) => void): unknown;
}

/** A breaker lets a trial in after 30 s, and tells nobody. */
const trialAfterMs = 31_000;

/** `breakers` are those in use; before anything was asked there are none, and nothing has failed. */
export function createAvailability(keys: KeyRing): Availability & { watch(breakers: WatchedBreakers): void } {
  const changed = new vscode.EventEmitter<void>();
  let breakers: WatchedBreakers | undefined;
  let trial: NodeJS.Timeout | undefined;
  return {
    watch: (inUse) => {
      breakers = inUse;
      inUse.onStateChange((_id, state) => {
        changed.fire();
        if (state !== 'open') return;
        clearTimeout(trial);
        trial = setTimeout(() => changed.fire(), trialAfterMs);
      });
    },
    servingOf: async (deployments) => {
      // Keys that can't be read now are no reason to take models out of the editor's picker.
      const hasKey = await Promise.all(
        deployments.map((deployment) =>
          keys.keyFor(deployment).then(
            (key) => key !== undefined,
            () => true,
          ),
        ),
      );
      const serving = deployments.filter(
        ({ id }, index) => hasKey[index] === true && breakers?.stateOf(id) !== 'open',
      );
      return new Set(serving);
    },
    onDidChange: changed.event,
    dispose: () => {
      clearTimeout(trial);
      changed.dispose();
    },
  };
}
