import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Ledger } from '../core/terms/ports';
import type { Configuration } from '../core/terms/configuration';
import type { TeamInForce } from '../ledger/team/team-in-force';
import { errorText } from '../editor/shown/error-text';
import { offerTeam } from '../editor/team/join-team';
import type { ComposedConfiguration } from './configuration';
import type { Window } from './window';

/** The team of the configuration in force, over this machine's ledger. It never fails for the team's sake. */
export async function createTeam(
  { context, log, own }: Window,
  { configuration }: ComposedConfiguration,
  local: Ledger,
  onNews: () => void,
): Promise<TeamInForce> {
  const [{ createTeamInForce }, { ledgerIdIn }] = await Promise.all([
    import('../ledger/team/team-in-force'),
    import('../ledger/team/ledger-id'),
  ]);
  const folder = path.join(context.globalStorageUri.fsPath, 'team');
  const team = createTeamInForce({
    local,
    ledgerId: () => ledgerIdIn(folder, randomUUID),
    folder,
    nowMs: Date.now,
    random: Math.random,
    log,
    onNews,
  });
  const follow = async ({ team: settings, pools }: Configuration): Promise<void> => {
    try {
      await team.follow({ team: settings, deployments: pools.flatMap(({ deployments }) => deployments) });
    } catch (error) {
      log.warn(`The team could not be joined: ${errorText(error)}`);
    }
    const status = team.status();
    if (status.kind === 'not-agreed') offerTeam(context.globalState, status.host);
  };
  own(configuration.onDidChange(follow));
  await follow(await configuration.current());
  return team;
}
