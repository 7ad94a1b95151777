import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Conduit } from '../core/conduit';
import type { Facts } from '../core/terms/facts';
import type { Embedder } from '../core/terms/ports';
import { createPromptCutTeller } from '../editor/answers/tell-prompt-cut';
import { isLearning } from '../editor/configuration/settings';
import type { FailureMemory } from '../editor/doctor/doctor-failures';
import type { Lazy } from '../editor/lazy';
import { startOfDayMs } from '../editor/spending/start-of-day';
import type { ComposedConfiguration } from './configuration';
import { createAnswerJudge } from './judge';
import type { Serving } from './serving';
import { clock } from './window';
import type { Window } from './window';

export interface RouterParts {
  readonly window: Window;
  readonly settings: ComposedConfiguration;
  readonly serving: Lazy<Serving>;
  readonly embedder: Embedder;
  readonly failures: FailureMemory;
  readonly facts: () => Promise<Facts>;
  readonly ledgerPath: string;
  readonly onRecorded: () => void;
}

/**
 * The router over its ledger, which closes with it: everything that is loaded only when the first question, rating or
 * statistic needs it.
 */
export async function createRouter(parts: RouterParts): Promise<Conduit> {
  const { context, log } = parts.window;
  const { configuration } = parts.settings;
  const [core, sqlite, dispatching, abilities, served] = await Promise.all([
    import('../core/conduit'),
    import('../ledger/sqlite-ledger'),
    import('../providers/dispatch/dispatcher'),
    import('../vendors/ability-of'),
    parts.serving.get(),
    configuration.current(),
  ]);
  await vscode.workspace.fs.createDirectory(context.globalStorageUri);
  const ledger = await sqlite.sqliteLedger({ path: parts.ledgerPath, nowMs: Date.now, log });
  const { client, prices, breakers, keys, cache } = served;
  const dispatcher = parts.failures.watch(
    dispatching.createDispatcher({
      client,
      prices,
      clock,
      breakers,
      random: Math.random,
      onPromptCut: createPromptCutTeller(),
    }),
  );
  const judge = createAnswerJudge(parts.window, parts.settings, served, dispatcher);
  const conduit = core.createConduit({
    configuration: configuration.current,
    ledger,
    dispatcher,
    keys,
    prices,
    abilityOf: abilities.createAbilityOf(prices),
    embedder: parts.embedder,
    breakers,
    cache,
    startOfDayMs,
    clock,
    random: Math.random,
    newId: randomUUID,
    learning: isLearning,
    workspace: parts.window.workspaceName,
    log,
    onRecorded: parts.onRecorded,
    judge,
  });
  return {
    ...conduit,
    // Figures are of what is left at once, and not when a page next asks for them.
    forget: async (which) => {
      const count = await conduit.forget(which);
      await (await parts.facts()).refresh((await configuration.current()).signals, 0);
      return count;
    },
  };
}
