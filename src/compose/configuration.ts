import * as vscode from 'vscode';
import type { KeyRing } from '../core/terms/ports';
import type { Measure } from '../core/terms/configuration';
import type { SignalName } from '../core/terms/signals';
import { registerConfigurationHelp } from '../editor/configuration/configuration-help';
import { createConfigurationProblems } from '../editor/configuration/configuration-problems';
import type { ConfigurationSource } from '../editor/configuration/configuration-source';
import { createConfigurationSource } from '../editor/configuration/configuration-source';
import type { EffectiveConfigurationPage } from '../editor/configuration/effective-configuration';
import { createEffectiveConfigurationPage } from '../editor/configuration/effective-configuration';
import { createLocalModels } from '../editor/configuration/local-models';
import { createToldFacts } from '../editor/configuration/told-facts';
import { selectPreset } from '../editor/configuration/select-preset';
import { turnSignal } from '../editor/configuration/turn-signal';
import { editorModelFacts } from '../editor/editor-models/editor-model-facts';
import { chosenEditorModels } from '../editor/editor-models/use-editor-models';
import { createKeyRing } from '../editor/keys/key-ring';
import type { KeyStore } from '../editor/keys/key-store';
import { createKeyStore } from '../editor/keys/key-store';
import type { KeyParts } from '../editor/keys/set-api-key';
import { createUnencryptedHosts } from '../editor/keys/unencrypted-hosts';
import type { KnownKeys } from '../text/redaction/known-keys';
import { vendorOf } from '../vendors/lookup';
import { clock } from './window';
import type { Window } from './window';

/** The configuration in force, the keys, and what helps to write and to understand them. */
export interface ComposedConfiguration {
  readonly configuration: ConfigurationSource;
  readonly keys: KeyStore;
  readonly keyRing: KeyRing;
  /** Tells of keys in the environment that are held back. */
  readonly offerHeldBack: () => Promise<void>;
  readonly keyParts: KeyParts;
  readonly effective: EffectiveConfigurationPage;
  readonly selectPreset: () => Promise<void>;
  readonly setBudget: () => Promise<void>;
  /** Learns from a signal, or no longer. */
  readonly turnSignal: (name: SignalName, on: boolean) => Promise<void>;
  readonly measure: (measure: Measure | undefined) => Promise<void>;
}

export function composeConfiguration({ context, log, own, knownKeys }: Window): ComposedConfiguration {
  const { globalStorageUri, workspaceState, globalState } = context;
  const stored = own(createKeyStore(context.secrets));
  const unencrypted = own(createUnencryptedHosts({ memory: globalState, environment: process.env }));
  const keys: KeyStore = {
    hosts: stored.hosts,
    get: stored.get,
    set: stored.set,
    remove: stored.remove,
    // A key that may go to a host from now on is as one that was set for it.
    onDidChange: (listener) =>
      vscode.Disposable.from(stored.onDidChange(listener), unencrypted.onDidChange(listener)),
  };
  const problems = own(createConfigurationProblems(log));
  const template = async (): Promise<string> =>
    (await import('../config/file/template')).configurationTemplate;
  const configuration = own(
    createConfigurationSource({
      globalStorageUri,
      workspaceState,
      keys,
      environment: process.env,
      load: async () => (await import('../config/load-configuration')).loadConfiguration,
      include: async () => (await import('../config/file/include-paths')).withIncluded,
      template,
      localModels: createLocalModels({
        find: async () => (await import('../providers/local-servers')).findLocalModels(fetch),
        monotonicMs: clock.monotonicMs,
        log,
      }),
      toldFacts: createToldFacts({
        find: async (deployment) => {
          if (deployment.protocol === 'editor') return editorModelFacts(deployment);
          if (vendorOf(deployment)?.local === undefined) return undefined;
          return (await import('../providers/local-server-facts')).localServerFacts(fetch, deployment);
        },
        monotonicMs: clock.monotonicMs,
        log,
      }),
      editorModels: () => chosenEditorModels(globalState),
      problems,
      log,
    }),
  );
  own(
    registerConfigurationHelp({
      globalStorageUri,
      environment: process.env,
      completionsAt: async (...place) => (await import('../config/file/completions')).completionsAt(...place),
      hoverAt: async (...place) => (await import('../config/file/completions')).hoverAt(...place),
      problems,
    }),
  );
  own(configuration.onDidChange(({ pools }) => unencrypted.offer(pools)));
  const writing = { configuration, globalStorageUri, template };
  return {
    configuration,
    keys,
    keyRing: noting(createKeyRing(stored, process.env, unencrypted.allowed), knownKeys),
    offerHeldBack: async () => unencrypted.offer((await configuration.current()).pools),
    keyParts: {
      keys,
      configuration,
      environment: process.env,
      unencrypted,
      check: async (place, key, signal) =>
        (await import('../providers/check-key')).checkKey(place, key, signal),
    },
    effective: own(createEffectiveConfigurationPage(configuration, keys, process.env, unencrypted.allowed)),
    selectPreset: () =>
      selectPreset({
        ...writing,
        write: async () => (await import('../config/file/set-preset')).withPreset,
      }),
    setBudget: async () =>
      (await import('../editor/configuration/set-budget')).setBudget({
        ...writing,
        write: async () => (await import('../config/file/set-option')).withOption,
      }),
    turnSignal: (name, on) =>
      turnSignal(
        { ...writing, write: async () => (await import('../config/file/set-option')).withOption },
        name,
        on,
      ),
    measure: async (measure) =>
      (await import('../editor/configuration/measure-model')).measureModel(
        { ...writing, write: async () => (await import('../config/file/set-option')).withOption },
        measure,
      ),
  };
}

/** Whoever gets a key from it, the window knows that key from then on. */
function noting(ring: KeyRing, known: Pick<KnownKeys, 'add'>): KeyRing {
  return {
    keyFor: async (deployment) => {
      const key = await ring.keyFor(deployment);
      if (key) known.add(key);
      return key;
    },
  };
}
