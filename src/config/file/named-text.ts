/** A file's text under the name that messages call it by. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}
