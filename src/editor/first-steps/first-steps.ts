import * as vscode from 'vscode';
import type { Configuration } from '../../core/configuration';
import type { RoutingStats } from '../../core/stats/routing-stats';
import type { FirstStep } from '../command-table';
import { extensionId, walkthroughId } from '../command-table';
import { stepsDone } from './steps-done';

/** Ticks off the steps of the walkthrough as they are done, wherever that happens. */
export interface FirstSteps {
  configured(configuration: Configuration): void;
  /** Something was recorded; asks for the statistics only where there is a step to tick off. */
  recorded(stats: () => RoutingStats): void;
}

export function createFirstSteps(): FirstSteps {
  const told = new Set<FirstStep>();

  function tell(steps: readonly FirstStep[]): void {
    for (const step of steps) {
      if (told.has(step)) continue;
      told.add(step);
      void vscode.commands.executeCommand('setContext', `conduit.${step}`, true);
    }
  }

  return {
    configured: ({ source }) => tell(source === 'simulated' ? [] : ['hasModel']),
    recorded: (stats) => {
      if (!(told.has('hasAnswer') && told.has('hasRated'))) tell(stepsDone(stats()));
    },
  };
}

/** `Conduit: Get Started`. */
export async function getStarted(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#${walkthroughId}`);
}

const greetedKey = 'conduit.greeted';

/**
 * Opens the walkthrough once, at the very first start, unless the editor is set not to open such or something was
 * asked before.
 */
export async function greet(memory: vscode.Memento, hasAsked: boolean): Promise<void> {
  if (memory.get(greetedKey) === true) return;
  await memory.update(greetedKey, true);
  const mayOpen = vscode.workspace
    .getConfiguration('workbench.welcomePage.walkthroughs')
    .get<boolean>('openOnInstall', true);
  if (mayOpen && !hasAsked) await getStarted();
}
