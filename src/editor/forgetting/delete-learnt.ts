import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Conduit, RecordedDecision } from '../../core/conduit';
import type { Forgotten } from '../../core/terms/ports';
import type { ChatView } from '../chat/chat-view';
import { choose, notify } from '../notify';
import { forgetFiles } from './files-of-decisions';
import { momentOf } from './moment-text';

export interface DeleteLearntParts {
  readonly conduit: () => Promise<Pick<Conduit, 'refresh' | 'recordedDecisions' | 'forget'>>;
  readonly chat: Pick<ChatView, 'conversationsWith' | 'removeConversations'>;
  /** The name that decisions of this workspace have; undefined: the window has no folder. */
  readonly workspace: () => string | undefined;
  /** Folders with files of decisions. */
  readonly folders: () => readonly string[];
  readonly nowMs: () => number;
}

/** What the user may choose, and the decisions that it means. */
interface Offer extends vscode.QuickPickItem {
  /** Undefined: the user left a question that it asks. */
  which(): Promise<Meant | undefined>;
}

interface Meant {
  readonly decisions: readonly RecordedDecision[];
  readonly isAll: boolean;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** `Conduit: Delete What Was Learnt…`: for a period, this workspace, or all; with the conversations where the user says so. */
export async function deleteLearnt(parts: DeleteLearntParts): Promise<void> {
  const conduit = await parts.conduit();
  await conduit.refresh();
  const offer = await vscode.window.showQuickPick(offersOf(parts, await conduit.recordedDecisions()), {
    title: l10n.t('Conduit: Delete What Was Learnt'),
    placeHolder: l10n.t('What should be deleted?'),
    matchOnDetail: true,
  });
  const meant = await offer?.which();
  if (meant === undefined) return;
  const { decisions, isAll } = meant;
  if (decisions.length === 0 && !isAll) {
    notify('info', l10n.t('Nothing was learnt then. Nothing was deleted.'));
    return;
  }
  const which: Forgotten = isAll ? 'everything' : decisions.map(({ id }) => id);
  const conversations = await parts.chat.conversationsWith(which);
  // The first one is at hand: what is deleted doesn't come back.
  const [no, yes, withAll] = [l10n.t('Don’t Delete'), l10n.t('Delete'), l10n.t('Delete with Conversations')];
  const chosen = await choose(
    countText(decisions.length),
    [
      l10n.t(
        'All that was recorded of them goes, in all windows: costs, ratings, and what became of their answers. Routing goes on with what is left. The statistics and today’s budget know of them no more. This can’t be undone.',
      ),
      ...(conversations.length > 0
        ? [
            l10n.t(
              'Conversations of the chat view are your own text, and stay unless you say so. With answers of these decisions: {0}.',
              conversations.length,
            ),
          ]
        : []),
    ].join('\n\n'),
    conversations.length > 0 ? [no, yes, withAll] : [no, yes],
  );
  if (chosen !== yes && chosen !== withAll) return;
  const count = await conduit.forget(which);
  forgetFiles(parts.folders(), which);
  if (chosen === withAll) await parts.chat.removeConversations(conversations);
  notify('info', l10n.t('Decisions that were deleted, with all that was learnt from them: {0}.', count));
}

function countText(count: number): string {
  return count === 1 ? l10n.t('Delete one decision?') : l10n.t('Delete {0} decisions?', count);
}

function offersOf(
  { workspace, nowMs }: DeleteLearntParts,
  all: readonly RecordedDecision[],
): readonly Offer[] {
  const now = nowMs();
  const between = (fromMs: number, untilMs: number): readonly RecordedDecision[] =>
    all.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs);
  const named = (label: string, decisions: readonly RecordedDecision[], more = {}): Offer => ({
    label,
    description: l10n.t('decisions: {0}', decisions.length),
    which: () => Promise.resolve({ decisions, isAll: false }),
    ...more,
  });
  const since = (label: string, ms: number): Offer => named(label, between(now - ms, Infinity));
  const name = workspace();
  return [
    since(l10n.t('The last hour'), hourMs),
    since(l10n.t('The last day'), dayMs),
    since(l10n.t('The last week'), 7 * dayMs),
    since(l10n.t('The last month'), 30 * dayMs),
    {
      label: l10n.t('From a day to another…'),
      which: async () => {
        const period = await askPeriod();
        return period && { decisions: between(period.fromMs, period.untilMs), isAll: false };
      },
    },
    ...(name === undefined ? [] : [named(l10n.t('This workspace'), ofWorkspace(all, name), detailOf(all))]),
    {
      label: l10n.t('Everything'),
      description: l10n.t('decisions: {0}', all.length),
      which: () => Promise.resolve({ decisions: all, isAll: true }),
    },
  ];
}

function ofWorkspace(all: readonly RecordedDecision[], name: string): readonly RecordedDecision[] {
  return all.filter(({ workspace }) => workspace === name);
}

/** Which decisions of the workspace can't be told from those of others. */
function detailOf(all: readonly RecordedDecision[]): { readonly detail?: string } {
  const nameless = all.filter(({ workspace }) => workspace === undefined).length;
  if (nameless === 0) return {};
  const detail = l10n.t('Decisions that don’t say which workspace they are of, and stay: {0}', nameless);
  return { detail };
}

async function askPeriod(): Promise<{ readonly fromMs: number; readonly untilMs: number } | undefined> {
  const fromMs = await askMoment(l10n.t('From which day on?'), 'begin');
  if (fromMs === undefined) return undefined;
  const untilMs = await askMoment(l10n.t('Up to which day, that one included?'), 'end', fromMs);
  return untilMs === undefined ? undefined : { fromMs, untilMs };
}

async function askMoment(
  title: string,
  ofDay: 'begin' | 'end',
  afterMs = -Infinity,
): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    placeHolder: '2026-03-01, 2026-03-01 14:30',
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const ms = momentOf(typed, ofDay);
      if (ms === undefined)
        return l10n.t('Type a day such as 2026-03-01, or with the time: 2026-03-01 14:30.');
      return ms <= afterMs ? l10n.t('That is before the beginning.') : undefined;
    },
  });
  return text === undefined ? undefined : momentOf(text, ofDay);
}
