import * as l10n from '@vscode/l10n';
import type { Configuration } from '../../core/terms/configuration';
import type { Facts } from '../../core/terms/facts';
import type { PriceBook } from '../../core/terms/ports';
import { choose } from '../notify';
import { askSavings } from './ask-savings';
import type { MeasureGrounds } from './board/measure-offer';
import { measureGrounds, measureTerms, offeredShares, shareText } from './board/measure-offer';

/** What is known of a model of some pool over all of the ledger; undefined: there is no such model, or nothing to compare. */
export async function groundsFor(
  model: string,
  facts: Pick<Facts, 'usage' | 'quality'>,
  configuration: Pick<Configuration, 'pools'>,
  prices: Pick<PriceBook, 'costOf'>,
): Promise<MeasureGrounds | undefined> {
  const { money, quality } = await askSavings(facts, {}, configuration, prices, `always:${model}`);
  return quality?.model === model ? measureGrounds(quality, money) : undefined;
}

/** Says the terms, and asks for the share; undefined: the user would rather not. */
export async function agreeToMeasure(grounds: MeasureGrounds): Promise<number | undefined> {
  const choices = offeredShares.map((share) => ({ label: shareText(share), share }));
  const chosen = await choose(
    l10n.t('Measure the others against {0}?', grounds.model),
    measureTerms(grounds).join('\n\n'),
    choices.map(({ label }) => label),
  );
  return choices.find(({ label }) => label === chosen)?.share;
}
