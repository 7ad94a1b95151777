import * as l10n from '@vscode/l10n';
import type { FromChat, SlashWord } from '../protocol/chat';

/** What the composer knows that can be offered. */
export interface Offers {
  readonly slashWords: readonly SlashWord[];
  readonly selection: string | undefined;
  readonly openFile: string | undefined;
  readonly problems: number | undefined;
}

export const noOffers: Offers = {
  slashWords: [],
  selection: undefined,
  openFile: undefined,
  problems: undefined,
};

type Attach = Extract<FromChat, { type: 'attach' }>['what'];

/** One row of the list. */
export interface Offer {
  /** With its mark: "/fix", "#file". */
  readonly word: string;
  readonly text: string;
  /** Attaches this instead of staying in the text. */
  readonly attach?: Attach;
}

/** The word before the caret that asks for a list. */
export interface Trigger {
  /** Where its mark stands in the text. */
  readonly start: number;
  readonly word: string;
}

/** `/` counts at the beginning of a question only, after other such words; `#` at the beginning of any word. */
export function triggerBefore(text: string): Trigger | undefined {
  const word = /(?:^|\s)(#[\w-]{0,40})$/.exec(text)?.[1] ?? /^\s*(?:\/\S+\s+)*(\/\S{0,80})$/.exec(text)?.[1];
  return word === undefined ? undefined : { start: text.length - word.length, word };
}

/** All that can be attached now. */
export function attachOffers({ selection, openFile, problems }: Offers): readonly Offer[] {
  return [
    { word: '#file', text: l10n.t('Choose files…'), attach: 'files' },
    ...(selection === undefined
      ? []
      : [{ word: '#selection', text: selection, attach: 'selection' } as const]),
    ...(openFile === undefined ? [] : [{ word: '#open-file', text: openFile, attach: 'open-file' } as const]),
    ...(problems === undefined
      ? []
      : [
          {
            word: '#problems',
            text: problems === 1 ? l10n.t('1 problem') : l10n.t('{0} problems', problems),
            attach: 'problems',
          } as const,
        ]),
  ];
}

/** What a word can become. Nothing where it is complete: then Enter sends. */
export function offersFor({ word }: Trigger, offers: Offers): readonly Offer[] {
  const all = word.startsWith('#')
    ? attachOffers(offers)
    : offers.slashWords.map(({ name, text }): Offer => ({ word: `/${name}`, text }));
  const typed = word.toLowerCase();
  const found = all.filter((offer) => offer.word.toLowerCase().startsWith(typed));
  const complete = found.length === 1 && found[0]?.word === word && found[0].attach === undefined;
  return complete ? [] : found;
}
