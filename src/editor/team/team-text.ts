import * as l10n from '@vscode/l10n';
import type { TeamStatus } from '../../ledger/team/team-status';
import { clockText } from '../../text/local-format';

/** What would go to a team, for the dialogue that asks. */
export function sharedText({ vectors, open }: { readonly vectors: boolean; readonly open: boolean }): string {
  return [
    l10n.t(
      'What goes there, now and from now on, of all that this machine has recorded: the kind of each task and the form of its prompt as numbers; which models could answer, which was chosen and what was expected of each; tokens, costs and times; whether an answer came, or the class of its failure; ratings, what became of an answer’s code, and verdicts of a judge, as classes and numbers.',
    ),
    l10n.t(
      'Models and pools go as keyed hashes, and you as the hash of a random number. Prompts, answers, keys, file names, the words of failures, and the names of conversations, workspaces and people stay here.',
    ),
    ...(vectors
      ? [
          l10n.t(
            'Sentence vectors go, too (team.share_vectors): much of a prompt can be guessed from its vector.',
          ),
        ]
      : []),
    ...(open
      ? [
          l10n.t(
            'THE CONNECTION IS NOT ENCRYPTED (sslmode=disable): anyone on the way can read all of this, and the password.',
          ),
        ]
      : []),
    l10n.t(
      '“Conduit: Leave Team” stops this at any time, and leaves there what is there. “Conduit: Delete What Was Learnt…” deletes there, too.',
    ),
  ].join('\n\n');
}

/** How a team stands, for the doctor. */
export function teamFacts(status: TeamStatus): readonly (readonly [name: string, value: string])[] {
  const name = l10n.t('Team');
  switch (status.kind) {
    case 'none':
      return [[name, l10n.t('none (team.database_url is not set)')]];
    case 'not-agreed':
      return [[name, l10n.t('{0}: nothing is shared before you join', status.host)]];
    case 'joined': {
      const { host, connected, upTo, pending, syncedMs, failure, begun, leftOut } = status;
      const synced = syncedMs === undefined ? l10n.t('not yet') : clockText(syncedMs);
      return [
        [name, connected ? l10n.t('{0}, connected', host) : l10n.t('{0}, not connected', host)],
        [l10n.t('Team’s entries known here'), String(upTo)],
        ...(begun === undefined ? [] : [[l10n.t('Team’s record read on from'), begunText(begun)] as const]),
        ...(leftOut === undefined ? [] : [[l10n.t('Team’s snapshot that was left out'), leftOut] as const]),
        [l10n.t('Own entries not there yet'), pending === undefined ? l10n.t('not known') : String(pending)],
        [l10n.t('All of them there at'), synced],
        ...(failure === undefined ? [] : [[l10n.t('Team’s last failure'), failure.text] as const]),
      ];
    }
  }
}

function begunText({ at, from }: { readonly at: number; readonly from: 'machine' | 'server' }): string {
  return from === 'machine'
    ? l10n.t('entry {0}, by this machine’s snapshot', String(at))
    : l10n.t('entry {0}, by the server’s snapshot', String(at));
}
