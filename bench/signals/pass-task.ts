import { shippedSignals } from '../../src/core/reward/signal-table';
import { told } from '../routing/contestants';
import { readMaterial } from '../routing/material';
import type { PassFigures } from '../routing/pass-figures';
import type { PassMaker } from '../routing/pass-pool';
import type { CorpusPass } from '../routing/pass-task';
import { byCorpus, passesOver } from '../routing/pass-task';
import { conduitRouter } from '../routing/policies/conduit';
import { answerBook } from './answers';
import type { Options } from './arguments';
import { simulatedDeveloper } from './developer';
import type { Scenario } from './scenario';
import { nameOf, tableOf } from './scenario';

/** One pass to be made. */
export interface SignalTask extends CorpusPass {
  readonly scenario: Scenario;
}

export function createSignalRunner(options: Options): (task: SignalTask) => Promise<PassFigures> {
  return byCorpus(async (index) => {
    const material = await readMaterial(options, index);
    const book = answerBook(material.corpus);
    const pass = passesOver(material, options);
    return ({ scenario, lambda, seed }) => {
      const router = conduitRouter({
        name: nameOf(scenario),
        signals: tableOf(scenario, shippedSignals),
        developer: () => simulatedDeveloper(scenario, book, options.developer, seed),
      });
      // The developer's delays are its own: it is shown each outcome at once.
      const terms = { lambda, seed, feedback: 1, delay: 0 };
      return pass(told(router, options.table === undefined ? 'off' : 'table', material), terms);
    };
  });
}

export const signalPasses: PassMaker<Options, SignalTask, PassFigures> = {
  worker: new URL('pass-worker.ts', import.meta.url),
  createRunner: createSignalRunner,
};
