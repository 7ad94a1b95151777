/** Marks of Markdown and HTML, and what leads to a character reference. */
const marks = /[\\`*_~[\]<>&|]/g;
/** Of a heading, a list, or a line under a heading. */
const beginning = /^(\d{0,9})([-+#=.)])/;

/** Text that is no Markdown, such as the name of a model or of a file, in one line so that it is shown as it is. */
export function plainInMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(marks, String.raw`\$&`)
    .replace(beginning, String.raw`$1\$2`);
}

/** The same in italics. */
export function emphasised(text: string): string {
  return `*${plainInMarkdown(text)}*`;
}
