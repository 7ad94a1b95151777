import { readCorpus } from '../routing/corpus';
import type { PassMaker } from '../routing/pass-pool';
import { describeCorpus } from '../routing/prompt-features';
import { orderOf } from '../routing/replay';
import type { Look } from './looks';
import { looksAt } from './looks';
import type { Telling } from './telling';
import { walk } from './walk';

export interface CampaignOptions {
  readonly corpora: readonly string[];
  readonly runs: number;
  readonly firstSeed: number;
  /** Of the requests that go to the measured model. */
  readonly share: number;
  /** Of the answers that are told of, where not all are. */
  readonly feedbacks: readonly number[];
  /** Requests after which the page is looked at, rising. */
  readonly looks: readonly number[];
  /** The log says twice the chance that the measured model had. */
  readonly bug: boolean;
  readonly jobs: number;
}

export interface WalkTask {
  /** Which of the corpora, from 0. */
  readonly corpus: number;
  readonly seed: number;
  readonly telling: Telling;
  readonly feedback: number;
}

/** Each run measures another model of the corpus. */
export const walkTasks: PassMaker<CampaignOptions, WalkTask, readonly Look[]> = {
  worker: new URL('walk-worker.ts', import.meta.url),
  createRunner: (options) => {
    const corpora = options.corpora.map((path) => readCorpus(path));
    return async ({ corpus: index, seed, telling, feedback }) => {
      const corpus = await corpora[index];
      if (corpus === undefined) throw new RangeError(`There is no corpus ${String(index)}.`);
      const order = orderOf(corpus, seed).slice(0, options.looks.at(-1));
      // As the extension describes prompts where no encoder was downloaded.
      const features = describeCorpus(corpus, 'formats', { own: undefined, others: undefined }, order);
      const measured = corpus.models[seed % corpus.models.length] ?? '';
      const walked = walk({
        ...{ corpus, features, order, seed, telling, feedback },
        measure: { against: measured, share: options.share },
        ...(options.bug && { logged: (p, model) => (model === measured ? Math.min(1, 2 * p) : p) }),
      });
      return looksAt(walked, corpus, { measured, after: options.looks });
    };
  },
};
