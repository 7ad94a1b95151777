/** The first `most` UTF-16 units of a text, or one less: never a character in two. */
export function beginningOf(text: string, most: number): string {
  const splits = text.length > most && /[\ud800-\udbff]/.test(text.charAt(most - 1));
  return text.slice(0, splits ? most - 1 : most);
}
