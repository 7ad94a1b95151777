import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Conduit } from '../core/conduit';
import type { Facts } from '../core/terms/facts';
import type { Embedder } from '../core/terms/ports';
import type { Snapshots } from '../core/terms/snapshots';
import { createPromptCutTeller } from '../editor/answers/tell-prompt-cut';
import { isLearning } from '../editor/configuration/settings';
import type { FailureMemory } from '../editor/doctor/doctor-failures';
import type { Lazy } from '../editor/lazy';
import { errorText } from '../editor/shown/error-text';
import { startOfDayMs } from '../editor/spending/start-of-day';
import type { TeamInForce } from '../ledger/team/team-in-force';
import type { TeamStatus } from '../ledger/team/team-status';
import type { ComposedConfiguration } from './configuration';
import { createAnswerJudge } from './judge';
import type { ComposedLedger } from './ledger';
import { createRetention } from './retention';
import type { Serving } from './serving';
import { clock } from './window';
import type { Window } from './window';

export interface RouterParts {
  readonly window: Window;
  readonly settings: ComposedConfiguration;
  readonly serving: Lazy<Serving>;
  readonly embedder: Embedder;
  readonly failures: FailureMemory;
  readonly ledger: Lazy<ComposedLedger>;
  readonly facts: () => Promise<Facts>;
  readonly team: Lazy<TeamInForce>;
  readonly onRecorded: () => void;
}

/**
 * The router over its ledger, which closes with it: everything that is loaded only when the first question, rating or
 * statistic needs it.
 */
export async function createRouter(parts: RouterParts): Promise<Conduit> {
  const { context, log } = parts.window;
  const { configuration } = parts.settings;
  const [
    core,
    kept,
    entries,
    calendars,
    { worker, writer, ledger: own },
    team,
    dispatching,
    abilities,
    served,
  ] = await Promise.all([
    import('../core/conduit'),
    import('../ledger/file-snapshots'),
    import('../ledger/entry-schema'),
    import('../ledger/reservations/local-calendar'),
    parts.ledger.get(),
    parts.team.get(),
    import('../providers/dispatch/dispatcher'),
    import('../vendors/ability-of'),
    parts.serving.get(),
    configuration.current(),
  ]);
  // Named for no file of the ledger in particular: where one is damaged, the next goes on with the same snapshots, and who
  // forgets deletes them all. By its last entry each proves that it is of the ledger at hand.
  const snapshots = kept.fileSnapshots({
    folder: path.join(context.globalStorageUri.fsPath, 'learnt'),
    ledger: 'ledger',
    log,
  });
  const retention = createRetention({
    configuration: configuration.current,
    // What the team doesn't have yet stays until it has.
    coveredUpTo: async () => (isShared(team.status()) ? conduit.coveredUpTo() : 0),
    retain: (wanted) => worker.port('ledger').retain(wanted),
    log,
  });
  const store: Snapshots = {
    ...snapshots,
    save: async (snapshot) => {
      await snapshots.save(snapshot);
      retention.soon();
    },
  };
  const { client, prices, breakers, keys, cache } = served;
  own.onChange(() => void breakers.refresh());
  const joined = breakers.join(worker.port('breakers'));
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
  const conduit: Conduit = core.createConduit({
    configuration: configuration.current,
    ledger: team.ledger,
    team: team.learning,
    snapshots: { store, parse: entries.parseEntry },
    dispatcher,
    keys,
    prices,
    abilityOf: abilities.createAbilityOf(prices),
    embedder: parts.embedder,
    breakers,
    cache,
    startOfDayMs,
    calendar: calendars.localCalendar,
    reservations: worker.port('reservations'),
    window: writer,
    clock,
    random: Math.random,
    newId: randomUUID,
    learning: isLearning,
    workspace: parts.window.workspaceName,
    log,
    onRecorded: parts.onRecorded,
    judge,
  });
  // What was learnt is read while the ledger is opened: the first question waits for both.
  conduit
    .refresh()
    .catch((error: unknown) => log.debug(`What was learnt can't be read yet: ${errorText(error)}`));
  await joined;
  // What another window learns is used here within a second.
  own.onChange(() => {
    conduit.refresh().then(
      (isNew) => {
        if (isNew) parts.onRecorded();
      },
      (error: unknown) => log.debug(`What another window recorded was not taken in: ${errorText(error)}`),
    );
  });
  retention.soon();
  return {
    ...conduit,
    close: () => {
      retention.dispose();
      return conduit.close();
    },
    // Figures are of what is left at once, and not when a page next asks for them.
    forget: async (which) => {
      const count = await conduit.forget(which);
      await (await parts.facts()).refresh((await configuration.current()).signals, 0);
      return count;
    },
  };
}

function isShared(status: TeamStatus): boolean {
  return status.kind !== 'joined' || (status.syncedMs !== undefined && status.pending === 0);
}
