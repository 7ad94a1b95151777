/** Every command of the extension. `package.json` contributes the public ones; a test compares the two. */
export const publicCommands = [
  'conduit.menu',
  'conduit.ask',
  'conduit.explainSelection',
  'conduit.editSelection',
  'conduit.fixDiagnostics',
  'conduit.writeTests',
  'conduit.documentSelection',
  'conduit.commitMessage',
  'conduit.stopCommitMessage',
  'conduit.acceptEdit',
  'conduit.rejectEdit',
  'conduit.anotherEdit',
  'conduit.keepBlock',
  'conduit.undoBlock',
  'conduit.keepChanges',
  'conduit.undoChanges',
  'conduit.openEditAnswer',
  'conduit.applyCode',
  'conduit.discardCode',
  'conduit.newConversation',
  'conduit.showConversations',
  'conduit.exportConversation',
  'conduit.lockConversation',
  'conduit.stop',
  'conduit.showStats',
  'conduit.playDemo',
  'conduit.replayHistory',
  'conduit.doctor',
  'conduit.selectPool',
  'conduit.selectPreset',
  'conduit.setBudget',
  'conduit.pauseLearning',
  'conduit.resumeLearning',
  'conduit.deleteLearnt',
  'conduit.exportLedger',
  'conduit.importLedger',
  'conduit.setApiKey',
  'conduit.manageApiKeys',
  'conduit.removeApiKey',
  'conduit.openConfiguration',
  'conduit.showEffectiveConfiguration',
  'conduit.reviewWorkspaceConfiguration',
  'conduit.useEditorModels',
  'conduit.exportLearnedPrices',
  'conduit.downloadEncoder',
  'conduit.removeEncoder',
  'conduit.judgeAnswers',
  'conduit.joinTeam',
  'conduit.leaveTeam',
  'conduit.verifyTeamSnapshot',
  'conduit.getStarted',
  'conduit.showLog',
] as const;

/** Run by buttons of our own only; they take arguments that a palette can't give. */
export const internalCommands = ['conduit.rate', 'conduit.explainDecision'] as const;

export type PublicCommand = (typeof publicCommands)[number];
export type InternalCommand = (typeof internalCommands)[number];

/** Settings, without the `conduit.` prefix. What isn't about the editor lives in conduit.yaml. */
export const settings = [
  'defaultPool',
  'configFile',
  'learning',
  'learnFromNextTurns',
  'learnFromEdits',
  'askForRatings',
] as const;
export type Setting = (typeof settings)[number];

/** Publisher and name, as package.json has them. */
export const extensionId = 'conduit-router.conduit';
export const viewIds = { chat: 'conduit.chat', summary: 'conduit.summary' } as const;
/** Steps of the walkthrough that a context key of this name ticks off, prefixed with `conduit.`. */
export const firstSteps = ['hasModel', 'hasAnswer', 'hasRated', 'hasLooked'] as const;
export type FirstStep = (typeof firstSteps)[number];
export const walkthroughId = 'getStarted';
export const participantId = 'conduit.router';
export const languageModelVendor = 'conduit';
/** Of the right side of a proposal's diff; `package.json` names it in its menus. */
export const proposalScheme = 'conduit-proposal';
/** Scheme of what a file would be with the code of an answer. */
export const previewScheme = 'conduit-preview';

/** What a button of a webview may run: nothing else of the editor can be reached from a page. */
export const viewCommands = {
  ask: 'conduit.ask',
  'set-key': 'conduit.setApiKey',
  'open-configuration': 'conduit.openConfiguration',
  'show-log': 'conduit.showLog',
  'show-stats': 'conduit.showStats',
} as const satisfies Record<string, PublicCommand>;
