import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { databasePlace, isOpenToOthers, shownDatabase } from '../../core/terms/database-place';
import type { PublicCommand } from '../command-table';
import type { ConfigurationSource } from '../configuration/configuration-source';
import type { TeamInForce } from '../../ledger/team/team-in-force';
import { confirm, notify } from '../notify';
import { sharedText } from './team-text';

export interface TeamCommandParts {
  readonly configuration: Pick<ConfigurationSource, 'current'>;
  readonly team: () => Promise<Pick<TeamInForce, 'agree' | 'status'>>;
}

/** `Conduit: Join Team…`: lists what would be shared with whom, and begins where the user agrees. */
export async function joinTeam({ configuration, team }: TeamCommandParts): Promise<void> {
  const { databaseUrl, shareVectors } = (await configuration.current()).team;
  const place = databaseUrl === undefined ? undefined : databasePlace(databaseUrl);
  if (databaseUrl === undefined || place === undefined) {
    notify('info', l10n.t('No team is named: team.database_url in conduit.yaml is its database.'), [
      { label: l10n.t('Open Configuration'), run: () => run('conduit.openConfiguration') },
    ]);
    return;
  }
  const open = isOpenToOthers(place);
  const agreed = await confirm(
    l10n.t('Share with the team at {0}?', shownDatabase(databaseUrl)),
    sharedText({ vectors: shareVectors, open }),
    open ? l10n.t('Share Without Encryption') : l10n.t('Share'),
    ...(open ? [l10n.t('Don’t Share')] : []),
  );
  if (!agreed) return;
  await (await team()).agree(true);
  notify('info', l10n.t('This machine learns with the team at {0} now.', place.host), [
    { label: l10n.t('Doctor'), run: () => run('conduit.doctor') },
  ]);
}

/** `Conduit: Leave Team`: stops at once, and deletes nothing. */
export async function leaveTeam({ team }: TeamCommandParts): Promise<void> {
  const inForce = await team();
  const status = inForce.status();
  if (status.kind !== 'joined') {
    notify('info', l10n.t('This machine learns with no team. Nothing was changed.'));
    return;
  }
  await inForce.agree(false);
  notify(
    'info',
    l10n.t(
      'Nothing is shared with the team at {0} any more. What was shared is still there; routing goes on with what this machine recorded.',
      status.host,
    ),
  );
}

/** Says once of each host that there is a team, and that nothing is shared yet. */
export function offerTeam(memory: vscode.Memento, host: string): void {
  const told = memory.get<readonly string[]>(toldKey, []);
  if (told.includes(host)) return;
  void memory.update(toldKey, [...told, host]);
  notify(
    'info',
    l10n.t('conduit.yaml names a team at {0}. Nothing is shared before you agree to it.', host),
    [{ label: l10n.t('Join Team…'), run: () => run('conduit.joinTeam') }],
  );
}

const toldKey = 'conduit.teamsTold';

function run(command: PublicCommand): Thenable<unknown> {
  return vscode.commands.executeCommand(command);
}
