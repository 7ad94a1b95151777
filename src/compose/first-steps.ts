import type { FirstSteps } from '../editor/first-steps/first-steps';
import { createFirstSteps } from '../editor/first-steps/first-steps';
import { ledgerFileOf } from '../ledger/store/generation-files';
import type { ComposedConfiguration } from './configuration';
import type { Window } from './window';

/** The walkthrough: opened at the very first start, and ticked off as its steps are done. */
export interface ComposedFirstSteps extends Pick<FirstSteps, 'recorded' | 'looked' | 'show'> {
  begin(): Promise<void>;
}

export function composeFirstSteps(
  { context, own }: Window,
  { configuration }: ComposedConfiguration,
  storage: string,
): ComposedFirstSteps {
  const steps = createFirstSteps(context.globalState);
  own(configuration.onDidChange((changed) => steps.configured(changed)));
  return {
    recorded: (stats) => steps.recorded(stats),
    looked: () => steps.looked(),
    show: () => steps.show(),
    begin: async () => {
      steps.configured(await configuration.current());
      await steps.greet(ledgerFileOf(storage) !== undefined);
    },
  };
}
