import { withoutBlanks } from './before-message';
import { withoutMargin } from './marks-around';
import { isConventional, optionAt } from './talk';

/** The first of several messages that an answer lists, without the mark before it; the lines as they are where it lists none. */
export function firstOfSeveral(lines: readonly string[], several: boolean): readonly string[] {
  const [first = ''] = lines;
  const number = /^\*\*[1A][.)]\*\*\s{1,4}|^(?:\*\*)?[1A][.)]\s{1,4}|^[①❶]\s{0,4}/i.exec(first)?.[0];
  const second = lines.findIndex(
    (line, at) => at > 0 && /^(?:\*\*)?(?:[2B][.)](?:\*\*)?\s|[②❷])/i.test(line),
  );
  if (number !== undefined && (second > 0 || several)) {
    const bold = /^\*\*[1A][.)]\s/i.test(number) ? '**' : '';
    return item(lines.slice(0, second < 0 ? undefined : second), bold + first.slice(number.length));
  }
  const bullet = /^[-*+•]\s{1,4}/.exec(first)?.[0];
  if (bullet !== undefined && (several || lines.length === 1)) {
    const next = lines.findIndex((line, at) => at > 0 && line.startsWith(bullet));
    return item(lines.slice(0, next < 0 ? undefined : next), first.slice(bullet.length));
  }
  return several && areSubjects(lines.join('\n').split('\n\n')) ? [first] : lines;
}

/** Whether paragraphs are subjects, each of another message: a body has sentences, and no types. */
function areSubjects(paragraphs: readonly string[]): boolean {
  const typed = paragraphs.filter(isConventional).length;
  return (
    paragraphs.length > 1 &&
    (typed === 0 || typed === paragraphs.length) &&
    paragraphs.every(
      (each) => /^[^\n]{1,100}$/.test(each) && !/[.:]$/.test(each) && optionAt(each) === undefined,
    )
  );
}

function item([, ...rest]: readonly string[], first: string): readonly string[] {
  return withoutBlanks([first, ...withoutMargin(rest)]);
}
