/** Numbers and moments as people read them, in the language that words are in, not in that of the machine. */

/** BCP 47; undefined: as the machine has it. */
let language: string | undefined;

/** From now on numbers and moments are written in a language. The machine's own habits are kept where they are of it. */
export function writeIn(wanted: string): void {
  const ofMachine = new Intl.DateTimeFormat().resolvedOptions().locale;
  language = ofMachine.split('-')[0] === wanted.split('-')[0] ? ofMachine : wanted;
}

/** "12,345", in German "12.345". */
export function numberText(value: number): string {
  return value.toLocaleString(language);
}

/** "12/1/26, 8:30 AM", in German "01.12.26, 08:30". Unix ms. */
export function momentText(ms: number): string {
  return new Date(ms).toLocaleString(language, { dateStyle: 'short', timeStyle: 'short' });
}

/** "Dec 1, 2026", in German "01.12.2026". */
export function dateText(ms: number): string {
  return new Date(ms).toLocaleDateString(language, { dateStyle: 'medium' });
}

/** "8:30:05 AM", in German "08:30:05". */
export function clockText(ms: number): string {
  return new Date(ms).toLocaleTimeString(language);
}
