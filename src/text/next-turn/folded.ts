/** Of a longer text so many characters of its beginning and of its end are read: an error's name stands at either. */
const readAtEitherEnd = 8_000;

/** The beginning and the end of a text: however much was pasted, reading it takes no longer than that. */
export function bounded(text: string): string {
  if (text.length <= 2 * readAtEitherEnd) return text;
  return `${text.slice(0, readAtEitherEnd)}\n${text.slice(-readAtEitherEnd)}`;
}

/**
 * A text as words are looked for in it: full-width forms as plain ones, small letters, without accents, one kind of quote,
 * one space for several. So what people leave out in a hurry tells nothing apart.
 */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u{300}-\u{36F}]/gu, '')
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll(/[’‘ʼ`´]/g, "'")
    .replaceAll(/[^\S\n]+/g, ' ');
}
