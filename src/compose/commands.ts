import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Conduit } from '../core/conduit';
import type { Thumb } from '../core/terms/observation';
import type { PortableLedger } from '../core/terms/portable';
import { ask } from '../editor/chat/ask';
import { explainSelection } from '../editor/chat/explain-selection';
import type { InternalCommand, PublicCommand } from '../editor/command-table';
import { selectPool } from '../editor/configuration/select-pool';
import { setLearning } from '../editor/configuration/settings';
import { documentSelection, editSelection, fixDiagnostics, writeTests } from '../editor/edits/edit-commands';
import { foldersOfDecisions } from '../editor/forgetting/files-of-decisions';
import type { FirstSteps } from '../editor/first-steps/first-steps';
import { useEditorModels } from '../editor/editor-models/use-editor-models';
import type { EncoderSetup } from '../editor/encoder/encoder-setup';
import type { JudgeSetupParts } from '../editor/judge/judge-setup';
import type { TeamCommandParts } from '../editor/team/join-team';
import { manageApiKeys, removeApiKey } from '../editor/keys/manage-api-keys';
import { setApiKey } from '../editor/keys/set-api-key';
import { notify } from '../editor/notify';
import { showMenu } from '../editor/status/menu';
import type { StatusBar } from '../editor/status/status-bar';
import { rateAnswer } from '../editor/participant/rate-answer';
import { errorText } from '../editor/shown/error-text';
import { explainDecision } from '../editor/stats/explain-decision';
import type { ComposedConfiguration } from './configuration';
import type { Pages } from './pages';
import type { Surfaces } from './surfaces';
import type { Window } from './window';

export interface CommandParts {
  readonly window: Window;
  readonly settings: ComposedConfiguration;
  readonly surfaces: Surfaces;
  readonly pages: Pages;
  readonly encoder: EncoderSetup;
  readonly statusBar: StatusBar;
  readonly firstSteps: Pick<FirstSteps, 'looked' | 'show'>;
  readonly conduit: () => Promise<Conduit>;
  /** The record that the router is over. */
  readonly ledger: () => Promise<PortableLedger>;
  readonly judge: JudgeSetupParts;
  readonly team: TeamCommandParts;
}

export function registerCommands(parts: CommandParts): void {
  const { context, log, own } = parts.window;
  const { configuration, effective, keyParts, selectPreset, setBudget } = parts.settings;
  const { chat, edits, accepted, commits } = parts.surfaces;
  const { stats, demo, replay, doctor, learnedPrices } = parts.pages;
  const { encoder, statusBar, firstSteps, conduit } = parts;
  const commands: Record<PublicCommand | InternalCommand, (...values: never[]) => unknown> = {
    'conduit.menu': () => showMenu({ facts: () => statusBar.facts(), lockedTo: () => chat.lockedTo() }),
    'conduit.ask': () => {
      encoder.warm();
      return ask(chat);
    },
    'conduit.explainSelection': () => explainSelection(chat),
    'conduit.editSelection': () => editSelection(edits),
    'conduit.fixDiagnostics': (uri?: vscode.Uri, range?: vscode.Range) => fixDiagnostics(edits, uri, range),
    'conduit.writeTests': () => writeTests(edits),
    'conduit.documentSelection': () => documentSelection(edits),
    'conduit.commitMessage': (sourceControl?: unknown) => commits.write(sourceControl),
    'conduit.stopCommitMessage': () => commits.stop(),
    'conduit.acceptEdit': () => edits.accept(),
    'conduit.rejectEdit': () => edits.reject(),
    'conduit.anotherEdit': () => edits.askAnother(),
    'conduit.keepBlock': accepted.keep,
    'conduit.undoBlock': accepted.undo,
    'conduit.keepChanges': () => accepted.keepAll(),
    'conduit.undoChanges': () => accepted.undoAll(),
    'conduit.openEditAnswer': () => edits.openAnswer(),
    'conduit.applyCode': () => chat.code.acceptShown(),
    'conduit.discardCode': () => chat.code.discardShown(),
    'conduit.newConversation': () => chat.newConversation(),
    'conduit.showConversations': () => chat.showConversations(),
    'conduit.exportConversation': () => chat.exportConversation(),
    'conduit.lockConversation': () => chat.lockConversation(),
    'conduit.stop': () => chat.stop(),
    'conduit.showStats': () => {
      firstSteps.looked();
      stats.show();
    },
    'conduit.playDemo': () => demo.show(),
    'conduit.replayHistory': () => replay.show(),
    'conduit.doctor': () => doctor.show(),
    'conduit.selectPool': () => selectPool(configuration),
    'conduit.selectPreset': () => selectPreset(),
    'conduit.setBudget': () => setBudget(),
    'conduit.pauseLearning': () => setLearning(false),
    'conduit.resumeLearning': () => setLearning(true),
    'conduit.deleteLearnt': async () =>
      (await import('../editor/forgetting/delete-learnt')).deleteLearnt({
        conduit,
        chat,
        workspace: parts.window.workspaceName,
        folders: () => foldersOfDecisions(context.globalStorageUri.fsPath, context.storageUri?.fsPath),
        nowMs: Date.now,
      }),
    'conduit.exportLedger': async () =>
      (await import('../editor/portable/move-ledger')).exportLedger({ ledger: parts.ledger, conduit }),
    'conduit.importLedger': async () =>
      (await import('../editor/portable/move-ledger')).importLedger({ ledger: parts.ledger, conduit }),
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
    'conduit.judgeAnswers': async () => (await import('../editor/judge/judge-setup')).setUpJudge(parts.judge),
    'conduit.joinTeam': async () => (await import('../editor/team/join-team')).joinTeam(parts.team),
    'conduit.leaveTeam': async () => (await import('../editor/team/join-team')).leaveTeam(parts.team),
    'conduit.verifyTeamSnapshot': async () =>
      (await import('../editor/team/verify-snapshot')).verifyTeamSnapshot(await conduit()),
    'conduit.getStarted': () => firstSteps.show(),
    'conduit.showLog': () => log.show(),
    'conduit.rate': async (decisionId: string, deploymentId: string, thumb: Thumb) =>
      rateAnswer(await conduit(), { decisionId, deploymentId }, thumb),
    'conduit.explainDecision': async (decisionId: string) => explainDecision(await conduit(), decisionId),
  };
  for (const [name, run] of Object.entries(commands)) own(registerCommand(name, run, log));
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
      notify('error', `Conduit: ${errorText(error)}`, [{ label: l10n.t('Show Log'), run: () => log.show() }]);
      return undefined;
    }
  });
}
