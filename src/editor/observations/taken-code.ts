import * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import type { AnswerOfModel } from '../../core/terms/observation';
import type { Log } from '../../core/terms/ports';
import type { Message } from '../../core/terms/request';
import { codeLines, hashedCode, linesNotIn } from '../../text/taken-code/code-of-answer';
import { mostThere, shareThere01 } from '../../text/taken-code/telling-lines';
import type { GitAccess } from '../commit-message/git-access';
import { errorText } from '../shown/error-text';
import { soon } from '../soon';
import { textOf } from './document-text';
import { createExcludedFiles } from './excluded-files';
import type { FollowedCode } from './followed-code';
import { followCode } from './followed-code';
import type { KeptCode } from './kept-codes';
import { createKeptCodes } from './kept-codes';
import type { Noticing } from './noticing';
import { createWatchedCommits } from './watched-commits';
import { hashesOf, isLookedAt, writtenBy } from './written-lines';

export interface TakenCodeParts {
  readonly conduit: () => Promise<Pick<Conduit, 'observe'>>;
  readonly noticing: Pick<Noticing, 'edits'>;
  readonly git: Pick<GitAccess, 'repositories'>;
  readonly log: Log;
}

/** Notices code of answers that shows up in files without Conduit's commands, and tells what becomes of it. In memory. */
export interface TakenCode extends vscode.Disposable {
  /** An answer has ended that people can take code from; `asked` is what it answers. Nothing of its text is kept. */
  answered(by: AnswerOfModel, text: string, asked: readonly Message[]): void;
  /** A command of Conduit puts its code into a file, and tells that. */
  inserted(decisionId: string): void;
}

/** A document that was written in while code was kept. */
interface Edited {
  readonly document: vscode.TextDocument;
  /** Hashes of lines that were there before, or came with code that was told of. */
  readonly before: Set<number>;
  /** Texts that stood there before, still to be hashed; and those that were written since the last look. */
  earlier: string | undefined;
  written: string[];
}

/** Once for what is typed or pasted in so short a time. */
const lookAfterMs = 400;
/** Of so many answers it is followed what becomes of their code; the oldest goes. */
const mostFollowed = 50;
/** Documents that were opened after an answer came: more are taken for open before. */
const mostOpened = 500;

export function createTakenCode({ conduit, noticing, git, log }: TakenCodeParts): TakenCode {
  const kept = createKeptCodes(Date.now);
  const excluded = createExcludedFiles(git, Date.now);
  const edited = new Map<string, Edited>();
  const openedSince = new Set<string>();
  const followed = new Map<string, FollowedCode>();
  let looking: Promise<void> = Promise.resolve();

  const onProblem = (error: unknown): void =>
    log.error(`What became of an answer’s code was not recorded: ${errorText(error)}`);

  const commits = createWatchedCommits(
    git,
    async ({ read }) => {
      for (const code of followed.values()) {
        if (!code.awaitsCommit()) continue;
        const lines = new Set<number>();
        for (const file of code.files) {
          const uri = vscode.Uri.parse(file);
          const bytes = await read(uri);
          if (bytes === undefined || !noticing.edits()) continue;
          const text = await vscode.workspace.decode(bytes, { uri });
          for (const hash of await hashesOf(uri, text)) lines.add(hash);
        }
        code.committed(lines);
      }
    },
    onProblem,
  );

  async function keep(by: AnswerOfModel, text: string, asked: readonly Message[]): Promise<void> {
    const code = codeLines(text);
    if (hashedCode(code, code) === undefined || !noticing.edits()) return;
    let own = code;
    for (const message of asked) if (message.role === 'user') own = linesNotIn(message.text, own);
    for (const document of vscode.workspace.textDocuments) {
      if (!isLookedAt(document) || (await excluded.has(document))) continue;
      own = linesNotIn(document.getText(), own);
      // What waits in the extension host goes first.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const lines = hashedCode(code, own);
    if (lines === undefined) return;
    // What stands in open documents is none of its lines: nothing has to be known of these any more.
    await lookNow();
    edited.clear();
    kept.keep({ ...by, lines });
  }

  function changed(event: vscode.TextDocumentChangeEvent): void {
    const { document, contentChanges } = event;
    if (contentChanges.length === 0) return;
    if (kept.current().length === 0) return forgetAll();
    if (!isLookedAt(document)) return;
    const written = writtenBy(event);
    if (written === undefined) return;
    const key = document.uri.toString();
    const known = edited.get(key);
    const now: Edited = known ?? {
      document,
      before: new Set(),
      earlier: openedSince.has(key) ? written.rest() : undefined,
      written: [],
    };
    edited.set(key, now);
    now.written.push(written.lines);
    look();
  }

  /** Nothing is waited for any more. */
  function forgetAll(): void {
    edited.clear();
    openedSince.clear();
  }

  async function lookAt(file: string, each: Edited): Promise<void> {
    const { document, before, written, earlier } = each;
    each.written = [];
    each.earlier = undefined;
    const { uri } = document;
    if (written.length === 0 || !noticing.edits() || (await excluded.has(document))) return;
    const codes = kept.current();
    if (earlier !== undefined)
      for (const hash of await hashesOf(uri, earlier))
        if (codes.some(({ lines }) => lines.has(hash))) before.add(hash);
    const isNew = (hash: number): boolean => !before.has(hash) && codes.some(({ lines }) => lines.has(hash));
    const came = await hashesOf(uri, written.join('\n'));
    if (![...came].some(isNew)) return;
    // Something of an answer has come: only now the whole document is looked at.
    const there = new Set([...(await hashesOf(uri, document.getText()))].filter(isNew));
    const code = mostThere(codes, there);
    // A command of Conduit may have told of it meanwhile.
    if (code === undefined || !kept.current().includes(code)) return;
    for (const hash of there) if (code.lines.has(hash)) before.add(hash);
    tell(code, file, there);
    if (!document.isDirty && uri.scheme !== 'untitled') followed.get(code.decisionId)?.saved(file);
  }

  function tell(code: KeptCode, file: string, there: ReadonlySet<number>): void {
    commits.watch(vscode.Uri.parse(file));
    const known = followed.get(code.decisionId);
    if (known !== undefined) return known.also(file);
    const { decisionId, deploymentId, lines } = code;
    const oldest = [...followed.keys()][followed.size - mostFollowed];
    if (oldest !== undefined) stopFollowing(oldest);
    const parts = {
      observe: (signal: Parameters<Conduit['observe']>[2]) =>
        void conduit()
          .then((router) => router.observe(decisionId, deploymentId, signal))
          .catch(onProblem),
      later: (delayMs: number, run: () => void) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
      nowMs: Date.now,
      linesIn,
    };
    followed.set(decisionId, followCode(parts, lines, file, shareThere01(lines, there)));
  }

  async function linesIn(file: string): Promise<ReadonlySet<number> | undefined> {
    if (!noticing.edits()) return undefined;
    const uri = vscode.Uri.parse(file);
    const text = await textOf(uri);
    return text === undefined ? undefined : hashesOf(uri, text);
  }

  function stopFollowing(decisionId: string): void {
    followed.get(decisionId)?.dispose();
    followed.delete(decisionId);
  }

  function lookNow(): Promise<void> {
    looking = looking
      .then(async () => {
        for (const [file, each] of edited) await lookAt(file, each);
      })
      .catch(onProblem);
    return looking;
  }

  async function saved(file: string): Promise<void> {
    // What was pasted just before is told first.
    if (edited.size > 0) await lookNow();
    for (const code of followed.values()) code.saved(file);
  }

  const look = soon(() => void lookNow(), lookAfterMs);
  const subscriptions = vscode.Disposable.from(
    look,
    commits,
    vscode.workspace.onDidChangeTextDocument(changed),
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if (kept.current().length > 0 && openedSince.size < mostOpened) openedSince.add(uri.toString());
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => void saved(uri.toString())),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => void edited.delete(uri.toString())),
  );
  return {
    answered: (by, text, asked) => void keep(by, text, asked).catch(onProblem),
    inserted: (decisionId) => kept.forget(decisionId),
    dispose: () => {
      for (const decisionId of [...followed.keys()]) stopFollowing(decisionId);
      subscriptions.dispose();
    },
  };
}
