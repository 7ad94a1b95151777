import * as vscode from 'vscode';
import { budgetFor } from '../../core/terms/budgets';
import type { Spent } from '../../core/stats/spending';
import type { ConfigurationSource } from '../configuration/configuration-source';
import { isLearning } from '../configuration/settings';
import type { StatusFacts } from './status-text';
import { statusText } from './status-text';

export interface StatusBarParts {
  readonly configuration: ConfigurationSource;
  /** What was spent today, by all windows; undefined: nothing was ever recorded, or it can't be read now. */
  readonly spentToday: () => Promise<Spent | undefined>;
}

export interface StatusBar extends vscode.Disposable {
  /** What it shows, as of now. */
  facts(): Promise<StatusFacts>;
  /** Names the model that answered last. */
  showModel(model: string): void;
  /** Names the space of the sentence encoder that describes prompts; undefined: there is none. */
  showEncoder(space: string | undefined): void;
  refresh(): Promise<void>;
}

/** The pool, the last model and today's spend; a click opens the menu. */
export function createStatusBar({ configuration, spentToday }: StatusBarParts): StatusBar {
  const item = vscode.window.createStatusBarItem('conduit.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Conduit';
  item.command = 'conduit.menu';
  item.text = '$(type-hierarchy) Conduit';
  item.show();
  let model: string | undefined;
  let encoder: string | undefined;
  let asked = 0;

  async function facts(): Promise<StatusFacts> {
    const [pool, { preset, budgets }, spent] = await Promise.all([
      configuration.pool(),
      configuration.current(),
      spentToday(),
    ]);
    const { name, simulated } = pool;
    const dailyBudgetUsd = budgetFor(budgets, 'day')?.usd;
    return { pool: name, simulated, preset, model, encoder, spent, dailyBudgetUsd, learning: isLearning() };
  }

  async function refresh(): Promise<void> {
    asked += 1;
    const own = asked;
    const { text, tooltip, label } = statusText(await facts());
    // An older look that took longer says nothing any more.
    if (own !== asked) return;
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label, role: 'button' };
  }

  const owned = vscode.Disposable.from(
    item,
    configuration.onDidChange(() => void refresh()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('conduit.learning')) void refresh();
    }),
    // Other windows spend too, and midnight passes.
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) void refresh();
    }),
  );
  return {
    facts,
    refresh,
    showModel: (answered) => {
      model = answered;
      void refresh();
    },
    showEncoder: (space) => {
      encoder = space;
      void refresh();
    },
    dispose: () => {
      owned.dispose();
    },
  };
}
