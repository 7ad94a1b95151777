import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Conduit } from '../core/conduit';
import type { ChatView } from '../editor/chat/chat-view';
import { createChatView } from '../editor/chat/chat-view';
import { conversationNotices } from '../editor/chat/conversation-notices';
import { createConversationStore } from '../editor/chat/conversation-store';
import { createRatingOffers } from '../editor/chat/rating-offers';
import { remembered } from '../editor/chat/remembered';
import type { CommitMessages } from '../editor/commit-message/commit-messages';
import { createCommitMessages } from '../editor/commit-message/commit-messages';
import { isOn, onSettingChange } from '../editor/configuration/settings';
import type { AcceptedEdits } from '../editor/edits/accepted-edits';
import { createAcceptedEdits } from '../editor/edits/accepted-edits';
import { registerEditActions } from '../editor/edits/edit-actions';
import { registerEditLenses } from '../editor/edits/edit-lenses';
import type { InlineEdits } from '../editor/edits/inline-edits';
import { createInlineEdits } from '../editor/edits/inline-edits';
import { createGitAccess } from '../editor/commit-message/git-access';
import { createEditWatches } from '../editor/observations/edit-watches';
import { claimByFile, createNoticing } from '../editor/observations/noticing';
import { createTakenCode } from '../editor/observations/taken-code';
import { createWatchStore, createWindowStore } from '../editor/observations/watch-store';
import type { Availability } from '../editor/language-model/availability';
import { createEscalationQuestions } from '../editor/language-model/escalation-questions';
import { createKeptCalls } from '../editor/language-model/kept-calls';
import { createToolLoops } from '../editor/language-model/tool-loops';
import { registerLanguageModels } from '../editor/language-model/language-model-provider';
import { registerParticipant } from '../editor/participant/participant';
import type { ComposedConfiguration } from './configuration';
import type { Window } from './window';

export interface SurfaceSources {
  readonly window: Window;
  readonly settings: ComposedConfiguration;
  readonly conduit: () => Promise<Conduit>;
  readonly availability: Availability;
  readonly onAnswered: (model: string) => void;
  /** A question is being written. */
  readonly onQuestionNear: () => void;
}

/** Where people ask: the chat view, edits in files, `@conduit`, and Conduit as a language model. */
export interface Surfaces {
  readonly chat: ChatView;
  readonly accepted: AcceptedEdits;
  readonly edits: InlineEdits;
  readonly commits: CommitMessages;
}

/** The window has begun to work by then: nobody waits for old files to go. */
const sweepAfterMs = 30_000;

export function composeSurfaces(sources: SurfaceSources): Surfaces {
  const { conduit, availability, onAnswered, onQuestionNear } = sources;
  const { context, log, own } = sources.window;
  const { configuration } = sources.settings;
  const { extensionUri, globalStorageUri, storageUri } = context;
  const newId = randomUUID;
  const asking = { extensionUri, conduit, configuration, newId, log, onAnswered };
  const ofWorkspace = (name: string): string =>
    vscode.Uri.joinPath(storageUri ?? globalStorageUri, name).fsPath;
  const noticing = createNoticing({
    memory: context.globalState,
    claim: () => claimByFile(vscode.Uri.joinPath(globalStorageUri, 'told-of-noticing').fsPath, Date.now),
    nowMs: Date.now,
  });
  const git = own(createGitAccess(log));
  const taken = own(createTakenCode({ conduit, noticing, git, log }));
  const readsNextTurns = { noticing: () => noticing.nextTurns() };
  const chat = own(
    createChatView({
      ...asking,
      ...readsNextTurns,
      onQuestionNear,
      taken,
      hideKeys: sources.window.knownKeys.hide,
      conversations: createConversationStore({
        folder: vscode.Uri.joinPath(globalStorageUri, 'conversations').fsPath,
        newId,
        nowMs: Date.now,
        ...conversationNotices(log),
      }),
      last: remembered(ofWorkspace('conversation.txt'), log),
      draft: remembered(ofWorkspace('draft.txt'), log),
      offers: createRatingOffers({
        isOn: () => isOn('askForRatings'),
        onSwitched: (told) => onSettingChange('askForRatings', told),
        conduit,
        memory: context.globalState,
      }),
    }),
  );
  const accepted = own(createAcceptedEdits());
  const watches = own(
    createEditWatches({
      conduit,
      store:
        storageUri === undefined
          ? createWindowStore()
          : createWatchStore(ofWorkspace('accepted-edits'), Date.now, log),
      newId,
      log,
    }),
  );
  watches.resume();
  const edits = own(
    createInlineEdits({
      ...asking,
      accepted,
      watches,
      compareLines: async () => {
        const { diffArrays } = await import('diff');
        return (before, after) => diffArrays([...before], [...after], { timeout: 500 });
      },
    }),
  );
  own(registerEditActions());
  own(registerEditLenses(accepted, edits));
  own(registerParticipant({ ...asking, ...readsNextTurns, taken }));
  const keptCalls = createKeptCalls(ofWorkspace('tool-calls'), Date.now, log);
  const sweeping = setTimeout(() => keptCalls.sweep(), sweepAfterMs);
  own({ dispose: () => clearTimeout(sweeping) });
  const loops = createToolLoops(keptCalls);
  const escalations = createEscalationQuestions();
  own(registerLanguageModels({ ...asking, availability, loops, escalations }));
  const commits = own(createCommitMessages({ ...asking, git }));
  return { chat, accepted, edits, commits };
}
