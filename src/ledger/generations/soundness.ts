import * as l10n from '@vscode/l10n';
import type { Log } from '../../core/terms/ports';
import type { GenerationFiles } from '../store/generation-files';
import { isMarked, mark } from './traces';

/** How a generation's file is, as far as this window knows. While it is looked through, it is read and not written. */
export type Soundness = 'checking' | 'sound' | 'damaged';

/** What is to be written waits until the file has been looked through. */
export class CheckingLedgerError extends Error {
  readonly code = 'checking';
  constructor() {
    super(l10n.t('it is still being looked through for damage'));
    this.name = 'CheckingLedgerError';
  }
}

/** A look through a whole file. */
export interface FileCheck {
  /** It is over within some ms: sooner than what comes meanwhile is put elsewhere. */
  readonly isSoon: boolean;
  /** What is wrong with the file; undefined: nothing. */
  readonly wrong: Promise<string | undefined>;
}

export interface SoundnessParts {
  readonly files: GenerationFiles;
  readonly nowMs: () => number;
  readonly log: Log;
  /** Begins to look through the whole file. Absent: nobody does. */
  readonly check?: ((files: GenerationFiles) => FileCheck) | undefined;
  /** Called when it becomes another one. */
  readonly onSoundness?: ((soundness: Soundness) => void) | undefined;
}

export interface FileSoundness {
  now(): Soundness;
  /** Resolves once it has been looked through, or after `withinMs`; at once where that takes long in any case. */
  checked(withinMs: number): Promise<void>;
  /** This window found damage: all windows leave the file. */
  foundDamaged(why: string): void;
}

/** Watches over one generation's file from when it is opened. Any window's marker makes it damaged here, too. */
export function watchSoundness(parts: SoundnessParts): FileSoundness {
  const { files, log, check, onSoundness } = parts;
  let known: Soundness = check === undefined ? 'sound' : 'checking';

  function become(soundness: Soundness): void {
    if (known === soundness || known === 'damaged') return;
    known = soundness;
    onSoundness?.(soundness);
  }

  function foundDamaged(why: string): void {
    if (known === 'damaged') return;
    log.error(`${files.database} is damaged: ${why}. Nothing more is written to it.`);
    try {
      mark(files, { atMs: parts.nowMs(), why });
    } catch (error) {
      // Other windows will find out by themselves; this one writes no more in any case.
      log.error(`It could not be marked: ${String(error)}`);
    }
    become('damaged');
  }

  const { isSoon, wrong } = check?.(files) ?? { isSoon: false, wrong: undefined };
  const checking = wrong?.then(
    (why) => (why === undefined ? become('sound') : foundDamaged(why)),
    (error: unknown) => {
      // What can't be looked through for another reason than damage isn't damaged, as far as anybody knows.
      log.warn(`${files.database} could not be looked through: ${String(error)}`);
      become('sound');
    },
  );

  return {
    now: () => {
      if (known !== 'damaged' && isMarked(files)) become('damaged');
      return known;
    },
    checked: async (withinMs) => {
      if (known !== 'checking' || !isSoon) return;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, withinMs);
      });
      await Promise.race([checking, late]);
      clearTimeout(timer);
    },
    foundDamaged,
  };
}
