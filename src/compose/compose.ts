import type { Conduit } from '../core/conduit';
import { languageModelVendor } from '../editor/command-table';
import { createFailureMemory } from '../editor/doctor/doctor-failures';
import { createKeyRing } from '../editor/keys/key-ring';
import { createAvailability } from '../editor/language-model/availability';
import { lazy } from '../editor/lazy';
import { errorText } from '../editor/shown/error-text';
import { soon } from '../editor/soon';
import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { composeConfiguration } from './configuration';
import { composeFirstSteps } from './first-steps';
import { composeEncoder } from './encoder';
import { judgeSetupParts } from './judge';
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
  const ledgerPath = vscode.Uri.joinPath(context.globalStorageUri, 'conduit.db').fsPath;
  const settings = composeConfiguration(window);
  const cache = lazy(() => createCacheInForce(window, settings));
  const availability = window.own(createAvailability(createKeyRing(settings.keys, process.env)));
  const serving = lazy(async () => {
    const served = await createServing(window, settings, cache);
    availability.watch(served.breakers);
    return served;
  });
  const failures = createFailureMemory(Date.now);
  const statusBar = composeStatusBar(window, settings, ledgerPath, () => router.peek());
  const firstSteps = composeFirstSteps(window, settings, ledgerPath);
  const encoder = composeEncoder(window, settings, cache, statusBar);
  const { embedder } = encoder;
  const team = lazy(async () => {
    const { sqliteLedger } = await import('../ledger/sqlite-ledger');
    await vscode.workspace.fs.createDirectory(context.globalStorageUri);
    const local = await sqliteLedger({ path: ledgerPath, nowMs: Date.now, log });
    return createTeam(window, settings, local, () => teamNews());
  });
  const router = lazy(() =>
    createRouter({ window, settings, serving, embedder, failures, team, onRecorded: () => showRecorded() }),
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
    encoderSpace: () => embedder.space(),
    failures,
    ledgerPath,
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
    judge: judgeSetupParts(window, settings, serving, conduit),
    team: { configuration: settings.configuration, team: team.get },
  });

  // The participant fails on the first message where the editor has not met our language models before.
  void vscode.lm
    .selectChatModels({ vendor: languageModelVendor })
    .then(() => statusBar.refresh())
    .then(() => firstSteps.begin())
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
    }
  };
}
