import path from 'node:path';
import type { Configuration } from '../core/terms/configuration';
import type { TeamInForce } from '../ledger/team/team-in-force';
import { errorText } from '../editor/shown/error-text';
import { offerTeam } from '../editor/team/join-team';
import type { ComposedConfiguration } from './configuration';
import type { ComposedLedger } from './ledger';
import type { Window } from './window';

/** The team of the configuration in force, over this machine's ledger. It never fails for the team's sake. */
export async function createTeam(
  { context, log, own }: Window,
  { configuration }: ComposedConfiguration,
  { ledger, worker }: ComposedLedger,
  onNews: () => void,
): Promise<TeamInForce> {
  const { createTeamInForce } = await import('../ledger/team/team-in-force');
  const folder = path.join(context.globalStorageUri.fsPath, 'team');
  const team = createTeamInForce({
    local: ledger,
    // A file that follows a damaged one numbers its entries anew.
    ledgerId: () => worker.port('ledger').ledgerId(),
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
