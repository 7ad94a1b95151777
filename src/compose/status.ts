import type { Conduit } from '../core/conduit';
import type { Spent } from '../core/stats/spending';
import { errorText } from '../editor/shown/error-text';
import { startOfDayMs } from '../editor/spending/start-of-day';
import type { StatusBar } from '../editor/status/status-bar';
import { createStatusBar } from '../editor/status/status-bar';
import { ledgerFileOf } from '../ledger/store/generation-files';
import type { ComposedConfiguration } from './configuration';
import { clock } from './window';
import type { Window } from './window';

/** The status bar. `router` is the router where something has needed it already: the status alone loads none. */
export function composeStatusBar(
  { log, own }: Window,
  { configuration }: ComposedConfiguration,
  storage: string,
  router: () => Promise<Conduit> | undefined,
): StatusBar {
  async function read(): Promise<Spent | undefined> {
    const conduit = await router();
    if (conduit !== undefined) {
      await conduit.refresh();
      return conduit.spentToday();
    }
    if (ledgerFileOf(storage) === undefined) return undefined;
    const { spentSince } = await import('../ledger/spent-since');
    const nowMs = clock.nowMs();
    return spentSince(storage, startOfDayMs(nowMs), nowMs);
  }

  return own(
    createStatusBar({
      configuration,
      spentToday: () =>
        read().catch((error: unknown) => {
          log.debug(`What was spent today was not read: ${errorText(error)}`);
          return undefined;
        }),
    }),
  );
}
