import * as l10n from '@vscode/l10n';
import { h, iconButton, textButton } from '../dom';
import type { FromChat, RatingReason } from '../protocol/chat';
import { ratingReasonSchema } from '../protocol/chat';
import { nameOfReason } from '../protocol/reason-names';

/** After a thumb down: what was wrong, if the user cares to say. `close` takes the offer away. */
export function reasonChoice(
  decisionId: string,
  post: (message: FromChat) => void,
  close: () => void,
): HTMLElement {
  const buttons = ratingReasonSchema.options.map((reason) =>
    textButton(
      nameOfReason(reason),
      () => {
        close();
        post({ type: 'rate', decisionId, thumb: 'down', reason });
      },
      { class: 'text-button small', 'data-testid': `reason-${reason}` },
    ),
  );
  const element = h(
    'div',
    { class: 'rating-reasons', role: 'group', 'aria-label': l10n.t('What was wrong? (optional)') },
    h('span', { class: 'facts' }, l10n.t('What was wrong?')),
    ...buttons,
    iconButton('close', l10n.t('Say no reason'), { 'data-testid': 'reason-none', click: close }),
  );
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  });
  return element;
}

/** The reason that was given, beside the thumb. */
export function givenReason(reason: RatingReason): HTMLElement {
  return h(
    'p',
    { class: 'progress', role: 'status', 'data-testid': 'reason-given' },
    l10n.t('You said: {0}.', nameOfReason(reason)),
  );
}
