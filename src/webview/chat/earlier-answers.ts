import * as l10n from '@vscode/l10n';
import { h } from '../dom';
import type { FromChat, TurnView } from '../protocol/chat';
import { createAnswerElement } from './answer-element';

/** Answers that another took the place of, each closed at first. */
export function earlierAnswers(
  earlier: NonNullable<TurnView['earlier']>,
  post: (message: FromChat) => void,
): readonly HTMLElement[] {
  return earlier.map(({ answer, line, decisionId }, index) => {
    const name =
      line === undefined
        ? l10n.t('Earlier answer {0}', index + 1)
        : l10n.t('Earlier answer {0} by {1}', index + 1, line.model);
    const details = h('details', { class: 'why', 'data-testid': 'earlier' }, h('summary', {}, name));
    details.addEventListener(
      'toggle',
      () => {
        const text = createAnswerElement(
          post,
          () => undefined,
          () => decisionId,
        );
        text.show(answer, false);
        details.append(text.element);
      },
      { once: true },
    );
    return details;
  });
}
