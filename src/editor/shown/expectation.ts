import * as l10n from '@vscode/l10n';
import type { Candidate } from '../../core/terms/decision';

/** What was expected of a model before its own outcomes, and whose word that is. */
export type Expected = Pick<Candidate, 'before' | 'known' | 'stated01'> & { readonly model: string };

/** "Public figures expect quality 0.71 of gpt-5.4 (as much as 14 ratings)."; undefined: it wasn't kept. */
export function expectedText({ model, before, known, stated01 }: Expected): string | undefined {
  if (before === undefined) return undefined;
  const quality = before.quality01.toFixed(2);
  const worth = ratingsText(Math.max(1, Math.round(before.weight)));
  if (stated01 !== undefined)
    return l10n.t(
      'You say quality {0} of {1}, in conduit.yaml (as much as {2}).',
      stated01.toFixed(2),
      model,
      worth,
    );
  if (known === undefined)
    return l10n.t(
      'Nothing was known of {1} beforehand: it is expected to be like this pool’s others, quality {0} (as much as {2}).',
      quality,
      model,
      worth,
    );
  const { as } = known;
  switch (known.from) {
    case 'figures':
      return as === undefined || as === model
        ? l10n.t(
            'By public figures, as far as they hold here, quality {0} is expected of {1} (as much as {2}).',
            quality,
            model,
            worth,
          )
        : l10n.t(
            'By public figures of {3}, as far as they hold here, quality {0} is expected of {1} (as much as {2}).',
            quality,
            model,
            worth,
            as,
          );
    case 'family':
      return as === undefined
        ? l10n.t(
            'By figures of its family, as far as they hold here, quality {0} is expected of {1} (as much as {2}).',
            quality,
            model,
            worth,
          )
        : l10n.t(
            'By figures of its family, as {3}, as far as they hold here, quality {0} is expected of {1} (as much as {2}).',
            quality,
            model,
            worth,
            as,
          );
    case 'size':
      return l10n.t(
        'By figures of models of its size, as far as they hold here, quality {0} is expected of {1} (as much as {2}).',
        quality,
        model,
        worth,
      );
    case 'price':
      return l10n.t(
        'By figures of models at its price, as far as they hold here, quality {0} is expected of {1} (as much as {2}).',
        quality,
        model,
        worth,
      );
    case 'nothing':
      return l10n.t(
        'Nothing public is known of {1}: quality {0} is expected, as of a weaker model of late (as much as {2}).',
        quality,
        model,
        worth,
      );
  }
}

/** "0.71 (figures)", for a column; undefined: it wasn't kept. */
export function shortExpected({ before, known, stated01 }: Omit<Expected, 'model'>): string | undefined {
  if (before === undefined) return undefined;
  const quality = before.quality01.toFixed(2);
  if (stated01 !== undefined) return l10n.t('{0} (you)', quality);
  switch (known?.from) {
    case undefined:
      return quality;
    case 'figures':
      return l10n.t('{0} (figures)', quality);
    case 'family':
      return l10n.t('{0} (family)', quality);
    case 'size':
      return l10n.t('{0} (size)', quality);
    case 'price':
      return l10n.t('{0} (price)', quality);
    case 'nothing':
      return l10n.t('{0} (nothing known)', quality);
  }
}

/** How far public figures hold in a pool, in a sentence. */
export function beliefText(slope: number): string {
  const percent = Math.round(100 * slope);
  if (percent >= leastPercent)
    return l10n.t('In this pool public figures count for {0} % of what they say.', percent);
  return percent > -leastPercent
    ? l10n.t('In this pool public figures do not count at all: its answers show nothing of them.')
    : l10n.t(
        'In this pool public figures hold the other way round: what they call better did worse ({0} % of what they say).',
        percent,
      );
}

/** Less is none. */
const leastPercent = 5;

/** "1 rating", "3 ratings", "2.5 ratings". */
export function ratingsText(count: number): string {
  const shown = Number(count.toFixed(1));
  return shown === 1 ? l10n.t('1 rating') : l10n.t('{0} ratings', shown);
}
