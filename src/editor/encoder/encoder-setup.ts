import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EncoderService } from '../../embedding/encoder-service';
import type { Embedder } from '../../core/terms/ports';
import type { ConfigurationSource } from '../configuration/configuration-source';
import { consentText, downloadFailureText, progressText } from './encoder-text';
import { errorText } from '../shown/error-text';
import type { Lazy } from '../lazy';
import { confirm, notify } from '../notify';

export interface EncoderSetupParts {
  /** Loaded only where the configuration names a model, or a command asks. */
  readonly encoders: Lazy<EncoderService>;
  readonly configuration: ConfigurationSource;
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  /** Another space describes prompts now, or none. */
  readonly onChanged: (space: string | undefined) => void;
}

/** Brings the sentence encoder that the configuration names to the machine, when the user agrees. */
export interface EncoderSetup extends vscode.Disposable {
  /** Whatever encoder is ready at the time. */
  readonly embedder: Embedder;
  /** Uses the model of the configuration, or offers to download it. Never rejects. */
  follow(): Promise<void>;
  /** A prompt may come soon. */
  warm(): void;
  /** `Conduit: Download Sentence Encoder`. */
  download(): Promise<void>;
  /** `Conduit: Remove Sentence Encoder`. */
  remove(): Promise<void>;
}

/** Models that the user never wants to be asked about. */
const refusedKey = 'conduit.encoder.refused';

export function createEncoderSetup(parts: EncoderSetupParts): EncoderSetup {
  const { encoders, configuration, memory, log, onChanged } = parts;
  const asked = new Set<string>();
  let loaded: EncoderService | undefined;
  let downloading = false;

  const refused = (): readonly string[] => memory.get<readonly string[]>(refusedKey, []);

  async function open(): Promise<EncoderService> {
    loaded = await encoders.get();
    return loaded;
  }

  async function use(model: string | undefined): ReturnType<EncoderService['use']> {
    const outcome = await (await open()).use(model);
    onChanged(loaded?.current().space());
    return outcome;
  }

  async function follow(): Promise<void> {
    try {
      const { embeddingModel: model } = await configuration.current();
      // Nothing of the encoder is loaded for those who don't want one.
      if (model === undefined && loaded === undefined) return;
      if ((await use(model)) === 'not-installed' && model !== undefined) offer(model, await open());
    } catch (error) {
      log.error(`The sentence encoder was not set up: ${errorText(error)}`);
    }
  }

  function offer(model: string, { source }: EncoderService): void {
    if (asked.has(model) || refused().includes(model)) {
      log.info(`The sentence encoder ${model} is not on this machine: prompts are described without it.`);
      return;
    }
    asked.add(model);
    const { host, bytes } = source(model);
    notify('info', consentText(model, host, bytes), [
      { label: l10n.t('Download'), run: () => fetchAndUse(model) },
      { label: l10n.t('Not Now'), run: () => undefined },
      { label: l10n.t('Never'), run: () => refuse(model) },
    ]);
  }

  async function refuse(model: string): Promise<void> {
    await memory.update(refusedKey, [...refused(), model]);
    log.info(`The sentence encoder ${model} will not be offered again.`);
  }

  async function fetchAndUse(model: string): Promise<void> {
    if (downloading) return;
    downloading = true;
    try {
      await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: `Conduit: ${model}`, cancellable: true },
        async (progress, token) => {
          const controller = new AbortController();
          const subscription = token.onCancellationRequested(() => controller.abort());
          try {
            await fetchShown(model, controller.signal, (message) => progress.report({ message }));
          } finally {
            subscription.dispose();
          }
        },
      );
    } catch (error) {
      log.error(`The sentence encoder was not downloaded: ${errorText(error)}`);
      notify('error', l10n.t('The sentence encoder was not downloaded: {0}', errorText(error)), [
        retry(model),
      ]);
    } finally {
      downloading = false;
    }
  }

  async function fetchShown(model: string, signal: AbortSignal, show: (text: string) => void): Promise<void> {
    const { download, source } = await open();
    let shown = '';
    const result = await download(model, {
      signal,
      onProgress: ({ receivedBytes, totalBytes }) => {
        const text = progressText(receivedBytes, totalBytes);
        if (text !== shown) show(text);
        shown = text;
      },
    });
    if (!result.ok) {
      log.warn(`The sentence encoder ${model} was not downloaded (${result.reason}): ${result.detail}`);
      const { host } = source(model);
      const text = downloadFailureText(result.reason, result.detail, { model, host });
      if (text !== undefined) notify('warning', text, [retry(model)]);
      return;
    }
    log.info(`The sentence encoder ${model} was downloaded.`);
    // The configuration may name another one by now, or none.
    if ((await configuration.current()).embeddingModel !== model) return;
    show(l10n.t('getting ready'));
    const outcome = await use(model);
    if (outcome === 'none') return;
    if (outcome === 'ready') {
      notify('info', l10n.t('Conduit describes prompts with {0} from now on.', model));
      return;
    }
    notify(
      'warning',
      l10n.t('{0} can’t be used: prompts are described without it. The log says why.', model),
      [{ label: l10n.t('Show Log'), run: () => log.show() }],
    );
  }

  const retry = (model: string): { readonly label: string; run(): unknown } => ({
    label: l10n.t('Retry'),
    run: () => fetchAndUse(model),
  });

  async function download(): Promise<void> {
    const { embeddingModel: model } = await configuration.current();
    if (model === undefined) {
      notify(
        'info',
        l10n.t('No sentence encoder is configured: name one as embedding_model in conduit.yaml.'),
        [
          {
            label: l10n.t('Open Configuration'),
            run: () => vscode.commands.executeCommand('conduit.openConfiguration'),
          },
        ],
      );
      return;
    }
    await memory.update(
      refusedKey,
      refused().filter((other) => other !== model),
    );
    await fetchAndUse(model);
  }

  async function remove(): Promise<void> {
    const { installed, removeAll } = await open();
    const models = await installed();
    if (models.length === 0) {
      notify('info', l10n.t('No sentence encoder is on this machine.'));
      return;
    }
    const agreed = await confirm(
      l10n.t('Remove {0}?', models.join(', ')),
      l10n.t('The files are deleted, and prompts are described without an encoder.'),
      l10n.t('Remove Encoder'),
    );
    if (!agreed) return;
    await removeAll();
    // Whoever removes it isn't asked to download it again.
    for (const model of models) asked.add(model);
    onChanged(undefined);
    notify('info', l10n.t('{0} was removed.', models.join(', ')));
  }

  const subscription = configuration.onDidChange(() => void follow());
  return {
    embedder: {
      space: () => loaded?.current().space(),
      get dimensions() {
        return loaded?.current().dimensions ?? 0;
      },
      embed: (text) => loaded?.current().embed(text) ?? Promise.resolve(undefined),
    },
    follow,
    warm: () => loaded?.warm(),
    download,
    remove,
    dispose: () => {
      subscription.dispose();
      loaded?.dispose();
    },
  };
}
