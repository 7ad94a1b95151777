import { h } from '../dom';
import type { FromChat, TurnView } from '../protocol';
import { createAnswerElement } from './answer-element';

/** Answers that another took the place of, each closed at first. */
export function earlierAnswers(
  earlier: NonNullable<TurnView['earlier']>,
  post: (message: FromChat) => void,
): readonly HTMLElement[] {
  return earlier.map(({ answer, line, decisionId }, index) => {
    const name = line === undefined ? '' : ` by ${line.model}`;
    const details = h(
      'details',
      { class: 'why', 'data-testid': 'earlier' },
      h('summary', {}, `Earlier answer ${String(index + 1)}${name}`),
    );
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
