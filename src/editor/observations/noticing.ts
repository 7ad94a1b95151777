import { statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Setting } from '../command-table';
import { isLearning, isOn, update } from '../configuration/settings';
import { makePrivateFileSync, makePrivateFolderSync } from '../../files/private-files';
import { notify } from '../notify';

/** What may be read now, beside what is done with Conduit's own buttons and commands, to learn from it. */
export interface Noticing {
  /** What the user's next turn says of the answer before it. */
  nextTurns(): boolean;
  /** What shows up in files. */
  edits(): boolean;
}

export interface NoticingParts {
  /** Shared by all windows. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  /** True for one of all windows: that one tells the user. */
  readonly claim: () => boolean;
  readonly nowMs: () => number;
}

/** Unix ms since when the notice has been in sight. */
const toldKey = 'conduit.toldOfNoticing';
/** As long as the editor leaves a notice in sight that nobody answers: who was there has been told by then. */
const inSightMs = 15_000;
/** A window that was killed between the two leaves a claim and no notice. */
const longestClaimMs = 60_000;

/**
 * Asking whether something may be read shows the notice, once: in trusted workspaces, where the setting is on and nobody was
 * told yet. Nothing may be read before it was answered or closed, or has been in sight.
 */
export function createNoticing({ memory, claim, nowMs }: NoticingParts): Noticing {
  let shown = false;
  let answered = false;
  const understood = (): void => {
    answered = true;
  };

  function inSight(): void {
    void memory.update(toldKey, nowMs());
  }

  function show(): void {
    shown = true;
    inSight();
    notify(
      'info',
      l10n.t(
        'Conduit learns from what follows its answers: whether your next question says that one was wrong, and whether its code shows up in files of this workspace. It reads that on this machine, and keeps classes and numbers alone, which stay here.',
      ),
      [
        { label: l10n.t('OK'), run: understood },
        { label: l10n.t('Turn Off'), run: turnOff },
        {
          label: l10n.t('Settings…'),
          run: () => {
            // Time to look at them.
            inSight();
            return vscode.commands.executeCommand('workbench.action.openSettings', 'conduit.learnFrom');
          },
        },
      ],
      understood,
    );
  }

  function isTold(): boolean {
    const sinceMs: unknown = memory.get(toldKey);
    // A clock that was set back is no reason to wait for days.
    if (typeof sinceMs === 'number') return answered || Math.abs(nowMs() - sinceMs) >= inSightMs;
    if (!shown && claim()) show();
    return false;
  }

  const may = (name: Setting): boolean =>
    vscode.workspace.isTrusted && isOn(name) && isLearning() && isTold();
  return { nextTurns: () => may('learnFromNextTurns'), edits: () => may('learnFromEdits') };
}

async function turnOff(): Promise<void> {
  await update('learnFromNextTurns', false);
  await update('learnFromEdits', false);
}

/** True for the one window that makes the file; a file that is older than a minute said nothing. */
export function claimByFile(file: string, nowMs: () => number): boolean {
  try {
    makePrivateFolderSync(path.dirname(file));
    makePrivateFileSync(file);
    return true;
  } catch {
    const madeMs = madeAt(file);
    if (Math.abs(nowMs() - madeMs) < longestClaimMs) return false;
    touch(file, nowMs());
    return true;
  }
}

/** Long ago where there is none. */
function madeAt(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return -Infinity;
  }
}

function touch(file: string, nowMs: number): void {
  try {
    utimesSync(file, nowMs / 1_000, nowMs / 1_000);
  } catch {
    // Nothing can be written there: the notice is shown all the same.
  }
}
