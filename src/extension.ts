import { wordsInForce } from './editor/words/words-in-force';
import { isBuiltin } from 'node:module';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { compose } from './compose/compose';
import { windowOf } from './compose/window';
import { recordLog } from './editor/doctor/doctor-log';
import { logFailedChoices, notify } from './editor/notify';
import { errorText } from './editor/shown/error-text';
import { redact } from './providers/failures/redact';
import { createKnownKeys } from './text/redaction/known-keys';

let finish: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const startedMs = performance.now();
  const log = vscode.window.createOutputChannel('Conduit', { log: true });
  context.subscriptions.push(log);
  if (wordsInForce.problem !== undefined) log.warn(`${wordsInForce.problem} Conduit speaks English.`);
  if (!isBuiltin('node:sqlite')) {
    notify(
      'error',
      l10n.t(
        'Conduit needs an editor with node:sqlite (VS Code 1.106 or later); this one has Node {0}.',
        process.version,
      ),
    );
    return;
  }
  try {
    const known = createKnownKeys();
    const recorded = recordLog(log, Date.now, (text) => redact(text, ''), known);
    logFailedChoices(recorded.log);
    finish = compose(windowOf(context, recorded, known));
  } catch (error) {
    log.error(`Conduit did not start: ${errorText(error)}`);
    notify('error', l10n.t('Conduit did not start: {0}', errorText(error)), [
      { label: l10n.t('Show Log'), run: () => log.show() },
    ]);
    return;
  }
  log.info(`activate() returned after ${(performance.now() - startedMs).toFixed(1)} ms.`);
}

/** The editor waits for this: an answer that was under way is recorded with what it cost before the ledger closes. */
export async function deactivate(): Promise<void> {
  await finish?.();
}
