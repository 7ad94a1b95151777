import type { Facts } from '../core/terms/facts';
import type { Conduit } from '../core/conduit';
import { languageModelVendor } from '../editor/command-table';
import { createFailureMemory } from '../editor/doctor/doctor-failures';
import { createAvailability } from '../editor/language-model/availability';
import { lazy } from '../editor/lazy';
import { errorText } from '../editor/shown/error-text';
import { soon } from '../editor/soon';
import { makePrivate } from '../files/private-files';
import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { composeConfiguration } from './configuration';
import { composeFirstSteps } from './first-steps';
import { composeEncoder } from './encoder';
import { judgeSetupParts } from './judge';
import { composeLedger } from './ledger';
import { composePages } from './pages';
import { createRouter } from './router';
import { createCacheInForce, createServing } from './serving';
import { composeStatusBar } from './status';
import { composeSurfaces } from './surfaces';
import { createTeam } from './team';
import type { Window } from './window';

/** Long enough for a request to go out, and too short to be noticed. */
const showAfterMs = 150;

/**
 * Builds everything that a window has.
 *
 * @returns what has to be waited for before the window closes
 */
export function compose(window: Window): () => Promise<void> {
  const { context, log } = window;
  keepFilesPrivate(window);
  const storage = context.globalStorageUri.fsPath;
  const settings = composeConfiguration(window);
  const cache = lazy(() => createCacheInForce(window, settings));
  const availability = window.own(createAvailability(settings.keyRing));
  const serving = lazy(async () => {
    const served = await createServing(window, settings, cache);
    availability.watch(served.breakers);
    return served;
  });
  const failures = createFailureMemory(Date.now);
  const ledger = composeLedger(window);
  const statusBar = composeStatusBar(window, settings, storage, {
    router: () => router.peek(),
    spentSince: async (...since) => (await ledger.get()).worker.port('look').spentSince(...since),
  });
  const firstSteps = composeFirstSteps(window, settings, storage);
  const encoder = composeEncoder(window, settings, cache, statusBar);
  const { embedder } = encoder;
  const facts = async (): Promise<Facts> => (await ledger.get()).worker.port('facts');
  const team = lazy(async () => createTeam(window, settings, await ledger.get(), () => teamNews()));
  const router = lazy(() =>
    createRouter({
      team,
      facts,
      window,
      settings,
      serving,
      embedder,
      failures,
      ledger,
      onRecorded: () => showRecorded(),
    }),
  );
  const teamNews = window.own(
    soon(() => {
      conduit()
        .then((made) => made.refresh())
        .then(
          (isNew) => isNew && showRecorded(),
          (error: unknown) => log.warn(`What the team learnt could not be taken in: ${errorText(error)}`),
        );
    }, showAfterMs),
  );
  // A decision is recorded before its request goes out: what shows the ledger doesn't hold that up.
  const showRecorded = window.own(
    soon(() => {
      pages.stats.recorded();
      pages.doctor.recorded();
      void statusBar.refresh();
      void conduit().then(({ stats }) => firstSteps.recorded(stats));
    }, showAfterMs),
  );
  const conduit = (): Promise<Conduit> => router.get();
  const pages = composePages({
    window,
    settings,
    serving,
    conduit,
    facts,
    encoderSpace: () => embedder.space(),
    failures,
    ledger,
    team: async () => {
      const made = await team.get().catch(() => undefined);
      return made?.status();
    },
  });
  const surfaces = composeSurfaces({
    window,
    settings,
    conduit,
    availability,
    onAnswered: (model) => statusBar.showModel(model),
    onQuestionNear: () => encoder.warm(),
  });
  registerCommands({
    window,
    settings,
    surfaces,
    pages,
    encoder,
    statusBar,
    firstSteps,
    conduit,
    ledger: async () => (await ledger.get()).worker.port('ledger'),
    judge: judgeSetupParts(window, settings, serving, conduit),
    team: { configuration: settings.configuration, team: team.get },
  });

  // The participant fails on the first message where the editor has not met our language models before.
  void vscode.lm
    .selectChatModels({ vendor: languageModelVendor })
    .then(() => statusBar.refresh())
    .then(() => firstSteps.begin())
    .then(() => settings.offerHeldBack())
    .then(undefined, (error: unknown) =>
      log.warn(`What follows the activation did not come to its end: ${errorText(error)}`),
    )
    .then(() => encoder.follow());
  // The editor disposes of all else at once and waits only for this: so the ledger is closed here, after the last entry.
  return async () => {
    try {
      await surfaces.chat.close();
    } finally {
      await (await router.peek())?.close();
      await (await ledger.peek())?.close();
    }
  };
}

/** What an earlier version, or the editor, made for others to read is the user's alone from now on. */
function keepFilesPrivate({ context, log }: Window): void {
  for (const uri of [context.globalStorageUri, context.storageUri])
    if (uri?.scheme === 'file')
      void makePrivate(uri.fsPath, (file, error) =>
        log.warn(`Others may be able to read ${file}: ${errorText(error)}`),
      );
}
