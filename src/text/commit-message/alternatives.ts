import { withoutBlanks } from './before-message';
import { withoutMargin } from './marks-around';

/** The first of several messages that an answer lists, without the mark before it; the lines as they are where it lists none. */
export function firstOfSeveral(lines: readonly string[], several: boolean): readonly string[] {
  const [first = ''] = lines;
  const number = /^(?:\*\*)?1[.)]\s{1,4}|^[①❶]\s{0,4}/.exec(first)?.[0];
  const second = lines.findIndex((line, at) => at > 0 && /^(?:\*\*)?(?:2[.)]\s|[②❷])/.test(line));
  if (number !== undefined && (second > 0 || several)) {
    const bold = number.startsWith('**') ? '**' : '';
    return item(lines.slice(0, second < 0 ? undefined : second), bold + first.slice(number.length));
  }
  const bullet = /^[-*+•]\s{1,4}/.exec(first)?.[0];
  if (bullet !== undefined && (several || lines.length === 1)) {
    const next = lines.findIndex((line, at) => at > 0 && line.startsWith(bullet));
    return item(lines.slice(0, next < 0 ? undefined : next), first.slice(bullet.length));
  }
  const paragraphs = lines.join('\n').split('\n\n');
  const areSubjects =
    several && paragraphs.length > 1 && paragraphs.every((each) => !each.trim().includes('\n'));
  return areSubjects ? [first] : lines;
}

function item([, ...rest]: readonly string[], first: string): readonly string[] {
  return withoutBlanks([first, ...withoutMargin(rest)]);
}
