import * as l10n from '@vscode/l10n';
import type { DemoAnswer, DemoOptions, DemoStep } from '../../core/replay/demo';
import { madeUpModels, ratedShare } from '../../core/replay/made-up-world';
import { sum } from '../../core/stats/facts-sums';
import { presetNames } from '../../core/terms/preset';
import type { DemoRun } from '../../webview/protocol/demo';
import { choiceSentence } from '../answers/choice-sentence';
import { nameOfDomain, nameOfTask } from '../shown/code-names';
import { formatPhase, formatUsd } from '../shown/format';
import { percentText } from '../stats/board/figures';
import { demoCharts, every } from './demo-charts';

type Options = Pick<DemoOptions, 'seed' | 'preset' | 'switchAfter'>;

/** A run of the demo, in words. */
export function demoView(steps: readonly DemoStep[], { seed, preset, switchAfter }: Options): DemoRun {
  return {
    type: 'run',
    says: [...demoSays()],
    seed,
    preset,
    presets: presetNames.map((value) => ({ value, label: value })),
    models: madeUpModels.map(({ id, price, goodAt }) => ({
      model: id,
      price: l10n.t(
        '{0} in, {1} out for a million tokens',
        perMillion(price.inputUsdPerToken),
        perMillion(price.outputUsdPerToken),
      ),
      goodAt: goodAtText(goodAt),
    })),
    switchAfter,
    steps: stepViews(steps),
    charts: demoCharts(steps, switchAfter),
    every,
    switched: l10n.t(
      'After {0} requests the router goes over from UCB1 to LinUCB: from here on it also looks at what is asked.',
      switchAfter,
    ),
    ending: [...ending(steps, switchAfter)],
  };
}

function stepViews(steps: readonly DemoStep[]): DemoRun['steps'] {
  let [paid, dearest, good, goodDearest] = [0, 0, 0, 0];
  return steps.map(({ request, decision, chosen, thumb, all }, index) => {
    const other = dearestOf(all);
    paid += chosen.usd;
    dearest += other.usd;
    good += chosen.quality01;
    goodDearest += other.quality01;
    return {
      task: nameOfTask(decision.task),
      text: request.text,
      model: chosen.model,
      why: choiceSentence(decision),
      cost: formatUsd(chosen.usd),
      rating: thumb ?? 'none',
      phase: formatPhase(decision),
      paid: { value: formatUsd(paid), against: formatUsd(dearest) },
      saved: savedText(paid, dearest),
      quality: {
        value: l10n.t('{0} of 100', ofHundred(good / (index + 1))),
        against: ofHundred(goodDearest / (index + 1)),
      },
    };
  });
}

/** The same one each time, for it has both the highest price and the longest answers. */
function dearestOf(all: readonly DemoAnswer[]): DemoAnswer {
  return all.reduce((most, each) => (each.usd > most.usd ? each : most));
}

/** What happened, in three sentences. */
function ending(steps: readonly DemoStep[], switchAfter: number): readonly string[] {
  const second = steps.slice(Math.floor(steps.length / 2));
  const byDomain = Map.groupBy(second, ({ decision }) => decision.domain);
  const went = [...byDomain]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([domain, own]) => {
      const [[model, count] = ['', 0]] = countsOf(own);
      return l10n.t('{0} to {1} ({2})', nameOfDomain(domain), model, percentText(count / own.length));
    });
  const paid = sum(steps, ({ chosen }) => chosen.usd);
  const dearest = sum(steps, ({ all }) => dearestOf(all).usd);
  const dear = madeUpModels.at(-1)?.id ?? '';
  const quality = (of: (step: DemoStep) => number): string => ofHundred(sum(steps, of) / steps.length);
  return [
    l10n.t(
      'At first it knew only what public figures say, made up like all else here, and compared the models on the whole: of the first {0} requests they got {1}.',
      switchAfter,
      countsOf(steps.slice(0, switchAfter))
        .map(([model, count]) => `${model} ${String(count)}`)
        .join(', '),
    ),
    l10n.t(
      'Then it looked at what is asked, too, and learnt from the ratings who is good at what: in the second half most went like this: {0}.',
      went.join(', '),
    ),
    l10n.t(
      'All of it cost {0}; with {1} for everything it would have been {2}, so {3} was saved, and {4} of 100 answers were good instead of {5}.',
      formatUsd(paid),
      dear,
      formatUsd(dearest),
      savedText(paid, dearest),
      quality(({ chosen }) => chosen.quality01),
      quality(({ all }) => dearestOf(all).quality01),
    ),
  ];
}

/** Models by how many requests they got, most first. */
function countsOf(steps: readonly DemoStep[]): (readonly [string, number])[] {
  return Array.from(
    Map.groupBy(steps, ({ chosen }) => chosen.model),
    ([model, own]) => [model, own.length] as const,
  ).toSorted(([, a], [, b]) => b - a);
}

function savedText(paid: number, other: number): string {
  return percentText(1 - paid / other);
}

function ofHundred(share01: number): string {
  return String(Math.round(100 * share01));
}

function perMillion(usdPerToken: number): string {
  return `$${(usdPerToken * 1e6).toFixed(2)}`;
}

function goodAtText(goodAt: (typeof madeUpModels)[number]['goodAt']): string {
  switch (goodAt) {
    case 'little':
      return l10n.t('good enough for simple questions');
    case 'code':
      return l10n.t('good at code');
    case 'language':
      return l10n.t('good at language');
    case 'all':
      return l10n.t('good at everything');
  }
}

/** What stands above the run: what is made up, and what isn't. */
function demoSays(): readonly string[] {
  return [
    l10n.t(
      'The requests, the models, their prices, what is publicly known of them and a user who rates {0} of the answers are made up. The router that decides is the real one.',
      percentText(ratedShare),
    ),
    l10n.t('Nothing is sent anywhere, and nothing of yours is read, recorded or learnt from.'),
  ];
}
