import { withoutBlanks } from './before-message';
import { fenced } from './fences';
import { labelled, namesBody } from './talk';

/** Names that models give to the first line alone: then what follows may have one too. */
const ofSubject =
  /subject|title|betreff|titel|objet|titre|asunto|título|oggetto|titolo|标题|標題|主题|件名|タイトル|제목|тема|заголовок|message|header|commit/i;

/** A message without the label before its subject, and those of its other parts; undefined: it has none. */
export function withoutLabels(lines: readonly string[]): readonly string[] | undefined {
  const [first = '', ...rest] = lines;
  const label = labelled(first);
  if (label?.kind !== 'message') return undefined;
  const body = ofSubject.test(label.name) ? withoutBodyLabels(rest) : rest;
  return label.rest === '' ? withoutBlanks(body) : withoutBlanks([label.rest, ...body]);
}

/** What follows a subject, with an empty line in the place of each label. */
export function withoutBodyLabels(lines: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (const line of lines) {
    const label = labelled(line);
    if (label?.kind !== 'body' && !(namesBody(line) && /^[#*_]/.test(line))) {
      out.push(line);
      continue;
    }
    out.push('');
    if (label !== undefined && label.rest !== '') out.push(label.rest);
  }
  return withoutDoubleBlanks(out);
}

/** The body that follows a subject in a fence of its own: it has a label, and perhaps a fence. */
export function bodyBehind(rest: readonly string[]): readonly string[] {
  const [first = '', ...others] = withoutBlanks(rest);
  if (!namesBody(first)) return [];
  const body = withoutBlanks(others);
  const block = fenced(body);
  return block === undefined ? body : withoutBlanks(block.content);
}

function withoutDoubleBlanks(lines: readonly string[]): readonly string[] {
  return lines.filter((line, at) => line !== '' || lines[at - 1] !== '');
}
