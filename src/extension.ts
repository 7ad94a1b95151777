import { randomUUID } from 'node:crypto';
import { isBuiltin } from 'node:module';
import * as vscode from 'vscode';
import type { ChangingCache } from './cache/changing-cache';
import type { Conduit } from './core/conduit';
import type { Configuration } from './core/configuration';
import type { Thumb } from './core/observation';
import type { Breakers } from './core/ports';
import { ask } from './editor/chat/ask';
import { createChatView } from './editor/chat/chat-view';
import { conversationNotices } from './editor/chat/conversation-notices';
import { createConversationStore } from './editor/chat/conversation-store';
import { remembered } from './editor/chat/remembered';
import type { InternalCommand, PublicCommand } from './editor/command-table';
import { languageModelVendor } from './editor/command-table';
import { userFile } from './editor/configuration/configuration-files';
import { registerConfigurationHelp } from './editor/configuration/configuration-help';
import { createConfigurationProblems } from './editor/configuration/configuration-problems';
import { createConfigurationSource } from './editor/configuration/configuration-source';
import { createFailureMemory } from './editor/doctor/doctor-failures';
import type { RecordedLog } from './editor/doctor/doctor-log';
import { recordLog } from './editor/doctor/doctor-log';
import { createDoctorPage } from './editor/doctor/doctor-page';
import { versionsOf } from './editor/doctor/doctor-versions';
import { createEditorModelClient } from './editor/editor-models/editor-models';
import { createAcceptedEdits } from './editor/edits/accepted-edits';
import { registerEditActions } from './editor/edits/edit-actions';
import { documentSelection, editSelection, fixDiagnostics, writeTests } from './editor/edits/edit-commands';
import { registerEditLenses } from './editor/edits/edit-lenses';
import { createInlineEdits } from './editor/edits/inline-edits';
import { createEffectiveConfigurationPage } from './editor/configuration/effective-configuration';
import { createEncoderSetup } from './editor/encoder/encoder-setup';
import { errorText } from './editor/shown/error-text';
import { createLearnedPricesExport } from './editor/configuration/export-learned-prices';
import { explainDecision } from './editor/stats/explain-decision';
import { explainSelection } from './editor/chat/explain-selection';
import { createKeyRing } from './editor/keys/key-ring';
import { createKeyStore } from './editor/keys/key-store';
import { registerLanguageModels } from './editor/language-model/language-model-provider';
import { lazy } from './editor/lazy';
import { createLocalModels } from './editor/configuration/local-models';
import { manageApiKeys, removeApiKey } from './editor/keys/manage-api-keys';
import { notify } from './editor/notify';
import { registerParticipant } from './editor/participant/participant';
import { resetBreakersOnNewKey } from './editor/keys/reset-breakers';
import { selectPool } from './editor/configuration/select-pool';
import type { KeyParts } from './editor/keys/set-api-key';
import { setApiKey } from './editor/keys/set-api-key';
import { startOfDayMs } from './editor/spending/start-of-day';
import { createStatsPages } from './editor/stats/stats-page';
import { createStatusBar } from './editor/status-bar';
import { chosenEditorModels, useEditorModels } from './editor/editor-models/use-editor-models';
import { redact } from './providers/failures/redact';

let finish: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const startedMs = performance.now();
  const log = vscode.window.createOutputChannel('Conduit', { log: true });
  context.subscriptions.push(log);
  if (!isBuiltin('node:sqlite')) {
    notify(
      'error',
      `Conduit needs an editor with node:sqlite (VS Code 1.106 or later); this one has Node ${process.version}.`,
    );
    return;
  }
  try {
    wire(
      context,
      recordLog(log, Date.now, (text) => redact(text, '')),
    );
  } catch (error) {
    log.error(`Conduit did not start: ${errorText(error)}`);
    notify('error', `Conduit did not start: ${errorText(error)}`, [
      { label: 'Show Log', run: () => log.show() },
    ]);
    return;
  }
  log.info(`activate() returned after ${(performance.now() - startedMs).toFixed(1)} ms.`);
}

/** The editor waits for this: an answer that was under way is recorded with what it cost before the ledger closes. */
export async function deactivate(): Promise<void> {
  await finish?.();
}

function wire(context: vscode.ExtensionContext, recorded: RecordedLog): void {
  const { log } = recorded;
  const { extensionUri, globalStorageUri } = context;
  const ledgerPath = vscode.Uri.joinPath(globalStorageUri, 'conduit.db').fsPath;
  const clock = { nowMs: Date.now, monotonicMs: () => performance.now() };
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };

  const keys = createKeyStore(context.secrets);
  const problems = own(createConfigurationProblems(log));
  const configuration = own(
    createConfigurationSource({
      globalStorageUri,
      workspaceState: context.workspaceState,
      keys,
      environment: process.env,
      load: async () => (await import('./config/load-configuration')).loadConfiguration,
      template: async () => (await import('./config/file/template')).configurationTemplate,
      localModels: createLocalModels({
        find: async () => (await import('./providers/local-servers')).findLocalModels(fetch),
        monotonicMs: () => performance.now(),
        log,
      }),
      editorModels: () => chosenEditorModels(context.globalState),
      problems,
      log,
    }),
  );
  const keyParts: KeyParts = {
    keys,
    configuration,
    environment: process.env,
    check: async (place, key, signal) => (await import('./providers/check-key')).checkKey(place, key, signal),
  };
  const effective = own(createEffectiveConfigurationPage(configuration, keys, process.env));
  own(
    registerConfigurationHelp({
      globalStorageUri,
      environment: process.env,
      completionsAt: async (...place) => (await import('./config/file/completions')).completionsAt(...place),
      hoverAt: async (...place) => (await import('./config/file/completions')).hoverAt(...place),
      problems,
    }),
  );
  const serving = lazy(() => createServing());
  const service = lazy(() => createService());
  const conduit = (): Promise<Conduit> => service.get();
  const newId = randomUUID;
  const cache = lazy(() => createCacheInForce());

  const statusBar = own(createStatusBar(configuration));
  const onAnswered = (model: string): void => statusBar.showModel(model);
  const encoder = own(
    createEncoderSetup({
      encoders: lazy(async () =>
        (await import('./embedding/encoder-service')).createEncoderService({
          workerPath: vscode.Uri.joinPath(extensionUri, 'dist', 'encoder', 'worker.js').fsPath,
          modelsFolder: vscode.Uri.joinPath(globalStorageUri, 'models').fsPath,
          environment: process.env,
          fetch: (url, init) => fetch(url, init),
          cache: await cache.get(),
          log,
        }),
      ),
      configuration,
      memory: context.globalState,
      log,
      onChanged: (space) => statusBar.showEncoder(space),
    }),
  );
  const learnedPrices = own(
    createLearnedPricesExport({
      conduit,
      globalStorageUri,
      write: async () => (await import('./config/file/learnt-model-info')).withLearntModelInfo,
    }),
  );
  const breakers = async (): Promise<Breakers> => (await serving.get()).breakers;
  const stats = own(createStatsPages({ extensionUri, conduit, breakers, configuration, log }));
  const failures = createFailureMemory(Date.now);
  const doctor = own(
    createDoctorPage({
      extensionUri,
      configuration,
      file: () => userFile(globalStorageUri),
      conduit,
      service: serving.get,
      check: async (deployment, signal) => {
        const { checkDeployment } = await import('./providers/check-deployment');
        const { client, prices } = await serving.get();
        return checkDeployment(client, deployment, prices, clock, signal);
      },
      redact,
      environment: process.env,
      encoderSpace: () => encoder.embedder.space(),
      ledger: async () => (await import('./ledger/ledger-status')).ledgerStatus(ledgerPath),
      failures,
      recentLog: recorded.recent,
      versions: versionsOf(context.extension),
      log,
    }),
  );
  const onQuestionNear = (): void => encoder.warm();
  const ofWorkspace = (name: string): string =>
    vscode.Uri.joinPath(context.storageUri ?? globalStorageUri, name).fsPath;
  const chat = own(
    createChatView({
      extensionUri,
      conduit,
      configuration,
      newId,
      log,
      onAnswered,
      onQuestionNear,
      conversations: createConversationStore({
        folder: vscode.Uri.joinPath(globalStorageUri, 'conversations').fsPath,
        newId,
        nowMs: Date.now,
        ...conversationNotices(log),
      }),
      last: remembered(ofWorkspace('conversation.txt'), log),
      draft: remembered(ofWorkspace('draft.txt'), log),
    }),
  );
  const accepted = own(createAcceptedEdits());
  const edits = own(
    createInlineEdits({
      conduit,
      configuration,
      newId,
      log,
      onAnswered,
      accepted,
      compareLines: async () => {
        const { diffArrays } = await import('diff');
        return (before, after) => diffArrays([...before], [...after], { timeout: 500 });
      },
    }),
  );
  own(registerEditActions());
  own(registerEditLenses(accepted));
  own(registerParticipant({ extensionUri, conduit, configuration, newId, log, onAnswered }));
  own(registerLanguageModels(conduit, configuration, newId));

  async function createCacheInForce(): Promise<ChangingCache> {
    const caching = await import('./cache/changing-cache');
    const { cache: settings } = await configuration.current();
    const inForce = caching.createChangingCache({ log, nowMs: Date.now }, settings);
    own(configuration.onDidChange((changed) => inForce.use(changed.cache)));
    own({ dispose: () => void inForce.close() });
    return inForce;
  }

  /** What speaks to providers. It needs no ledger. */
  async function createServing() {
    const [breaking, clients, pricing, cacheInForce] = await Promise.all([
      import('./providers/dispatch/breakers'),
      import('./providers/model-clients'),
      import('./providers/prices/prices'),
      cache.get(),
    ]);
    const keyRing = createKeyRing(keys, process.env);
    const breakers = breaking.createBreakers();
    own(resetBreakersOnNewKey(keys, configuration.current, breakers));
    own(breakers.onStateChange((id, state) => log.info(`The circuit breaker of ${id} is ${state} now.`)));
    const prices = pricing.createPriceBook({ keys: keyRing, log, clock });
    const learnPrices = ({ pools }: Configuration): void =>
      prices.prepare?.(pools.flatMap(({ deployments }) => deployments));
    learnPrices(await configuration.current());
    own(configuration.onDidChange(learnPrices));
    const client = clients.createModelClient({ keys: keyRing, editorModels: createEditorModelClient() });
    return { keys: keyRing, breakers, prices, client, cache: cacheInForce };
  }

  /** Everything that is loaded only when the first question, rating or statistic needs it. */
  async function createService(): Promise<Conduit> {
    const [core, sqlite, dispatching, served] = await Promise.all([
      import('./core/conduit'),
      import('./ledger/sqlite-ledger'),
      import('./providers/dispatch/dispatcher'),
      serving.get(),
      configuration.current(),
    ]);
    await vscode.workspace.fs.createDirectory(globalStorageUri);
    const ledger = await sqlite.sqliteLedger({ path: ledgerPath, nowMs: Date.now, log });
    own({ dispose: () => void ledger.close() });
    const { client, prices, breakers: dispatchBreakers } = served;
    const dispatcher = dispatching.createDispatcher({
      client,
      prices,
      clock,
      breakers: dispatchBreakers,
      random: Math.random,
    });
    return core.createConduit({
      configuration: configuration.current,
      ledger,
      dispatcher: failures.watch(dispatcher),
      keys: served.keys,
      prices,
      embedder: encoder.embedder,
      breakers: served.breakers,
      cache: served.cache,
      startOfDayMs,
      clock,
      random: Math.random,
      newId,
      log,
      onRecorded: () => {
        stats.recorded();
        doctor.recorded();
      },
    });
  }

  finish = () => chat.close();

  const commands: Record<PublicCommand | InternalCommand, (...values: never[]) => unknown> = {
    'conduit.ask': () => {
      encoder.warm();
      return ask(chat);
    },
    'conduit.explainSelection': () => explainSelection(chat),
    'conduit.editSelection': () => editSelection(edits),
    'conduit.fixDiagnostics': (uri?: vscode.Uri, range?: vscode.Range) => fixDiagnostics(edits, uri, range),
    'conduit.writeTests': () => writeTests(edits),
    'conduit.documentSelection': () => documentSelection(edits),
    'conduit.acceptEdit': () => edits.accept(),
    'conduit.rejectEdit': () => edits.reject(),
    'conduit.keepBlock': accepted.keep,
    'conduit.undoBlock': accepted.undo,
    'conduit.keepChanges': () => accepted.keepAll(),
    'conduit.undoChanges': () => accepted.undoAll(),
    'conduit.openEditAnswer': () => edits.openAnswer(),
    'conduit.newConversation': () => chat.newConversation(),
    'conduit.showConversations': () => chat.showConversations(),
    'conduit.exportConversation': () => chat.exportConversation(),
    'conduit.stop': () => chat.stop(),
    'conduit.showStats': () => stats.show(),
    'conduit.doctor': () => doctor.show(),
    'conduit.selectPool': () => selectPool(configuration),
    'conduit.setApiKey': () => setApiKey(keyParts),
    'conduit.manageApiKeys': () => manageApiKeys(keyParts),
    'conduit.removeApiKey': () => removeApiKey(keyParts),
    'conduit.openConfiguration': () => configuration.open(),
    'conduit.showEffectiveConfiguration': () => effective.show(),
    'conduit.reviewWorkspaceConfiguration': () => configuration.reviewWorkspace(),
    'conduit.useEditorModels': () => useEditorModels(context.globalState, configuration),
    'conduit.exportLearnedPrices': () => learnedPrices.run(),
    'conduit.downloadEncoder': () => encoder.download(),
    'conduit.removeEncoder': () => encoder.remove(),
    'conduit.showLog': () => log.show(),
    'conduit.rate': async (decisionId: string, deploymentId: string, thumb: Thumb) => {
      await (await conduit()).rate(decisionId, deploymentId, thumb);
      vscode.window.setStatusBarMessage(
        `Conduit: rated ${deploymentId} ${thumb === 'up' ? 'good' : 'bad'}`,
        4_000,
      );
    },
    'conduit.explainDecision': async (decisionId: string) => explainDecision(await conduit(), decisionId),
  };
  for (const [name, run] of Object.entries(commands)) own(registerCommand(name, run, log));

  // The participant fails on the first message where the editor has not met our language models before.
  void vscode.lm
    .selectChatModels({ vendor: languageModelVendor })
    .then(() => statusBar.refresh())
    .then(undefined, (error: unknown) =>
      log.warn(`The language models were not announced: ${errorText(error)}`),
    )
    .then(() => encoder.follow());
}

/** A command whose failure is told instead of vanishing. */
function registerCommand(
  name: string,
  run: (...values: never[]) => unknown,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand(name, async (...values: never[]) => {
    try {
      return await run(...values);
    } catch (error) {
      log.error(`${name}: ${errorText(error)}`);
      notify('error', `Conduit: ${errorText(error)}`, [{ label: 'Show Log', run: () => log.show() }]);
      return undefined;
    }
  });
}
