import * as vscode from 'vscode';
import type { Configuration } from '../../core/terms/configuration';
import type { RoutingStats } from '../../core/stats/routing-stats';
import type { FirstStep } from '../command-table';
import { extensionId, walkthroughId } from '../command-table';
import { stepsDone } from './steps-done';

/** The walkthrough, and its steps ticked off as they are done, wherever that happens. */
export interface FirstSteps {
  configured(configuration: Configuration): void;
  /** Something was recorded; asks for the statistics only where there is a step to tick off. */
  recorded(stats: () => RoutingStats): void;
  /** The routing stats were opened. */
  looked(): void;
  /** `Conduit: Get Started`. */
  show(): Promise<void>;
  /**
   * Opens the walkthrough once, at the very first start, unless the editor is set not to open such or something was
   * asked before.
   */
  greet(hasAsked: boolean): Promise<void>;
}

const greetedKey = 'conduit.greeted';
const lookedKey = 'conduit.looked';

export function createFirstSteps(memory: vscode.Memento): FirstSteps {
  const done = new Set<FirstStep>(memory.get(lookedKey) === true ? ['hasLooked'] : []);

  /**
   * Ticks them off each time anew, with a key that is set for a moment only: the editor ticks a step off when its key
   * changes, and never one whose key is already set when it reads the walkthrough, which may be at any time.
   */
  function tick(): void {
    for (const step of done) {
      for (const value of [true, undefined])
        void vscode.commands.executeCommand('setContext', `conduit.${step}`, value);
    }
  }

  async function show(): Promise<void> {
    const id = `${extensionId}#${walkthroughId}`;
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', id);
    tick();
  }

  return {
    configured: ({ source }) => {
      if (source !== 'simulated') done.add('hasModel');
      tick();
    },
    recorded: (stats) => {
      if (!done.has('hasAnswer') || !done.has('hasRated'))
        for (const step of stepsDone(stats())) done.add(step);
      tick();
    },
    looked: () => {
      if (!done.has('hasLooked')) void memory.update(lookedKey, true);
      done.add('hasLooked');
      tick();
    },
    show,
    greet: async (hasAsked) => {
      if (memory.get(greetedKey) === true) return;
      await memory.update(greetedKey, true);
      const mayOpen = vscode.workspace
        .getConfiguration('workbench.welcomePage.walkthroughs')
        .get<boolean>('openOnInstall', true);
      if (mayOpen && !hasAsked) await show();
    },
  };
}
