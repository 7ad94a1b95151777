import * as l10n from '@vscode/l10n';
import type { Breach } from '../../text/commit-conventions';
import { longestDiff } from '../../text/shorten-diff';
import type { Changes } from './commit-changes';
import { numberText } from '../../text/local-format';

/** What the user should know of a message: each without its full stop. */
export function notesOf(
  { conflicts, lost }: Pick<Changes, 'conflicts' | 'lost'>,
  cut: boolean,
  breaches: readonly Breach[],
): readonly string[] {
  return [
    ...breaches.map(breachText),
    ...(conflicts.length > 0
      ? [l10n.t('Still in conflict, and to be resolved before the commit: {0}', conflicts.join(', '))]
      : []),
    ...(lost.length > 0
      ? [
          l10n.t(
            'The encoding of some text is not known, and characters of it were lost: {0}',
            lost.join(', '),
          ),
        ]
      : []),
    ...(cut ? [cutText()] : []),
  ];
}

function breachText(breach: Breach): string {
  switch (breach.kind) {
    case 'long':
      return l10n.t(
        'Its subject has {0} characters; those of the last commits have {1} at most',
        breach.characters,
        breach.longest,
      );
    case 'stop':
      return l10n.t('Its subject ends with a full stop, as none of the last commits does');
    case 'type':
      return l10n.t('Its subject has no type before it; those of the last commits all have one');
  }
}

function cutText(): string {
  return l10n.t(
    'The changes are long: the model has seen {0} characters of them at most, and of some files the beginning only or the name',
    numberText(longestDiff),
  );
}
