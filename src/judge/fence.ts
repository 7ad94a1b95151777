/** Puts data between lines that it can't contain. */
interface Fence {
  /** What marks every line of it: said in the rubric. */
  readonly mark: string;
  /** `data` between two lines that name it: "===== BEGIN ANSWER 3f9c… =====". */
  around(name: string, data: string): string;
}

/**
 * A fence for these texts. Its mark is drawn anew until none of them holds it: who wrote them could neither know nor
 * guess it, and so none of them closes the fence.
 */
export function fenceFor(texts: readonly string[], newMark: () => string): Fence {
  let mark = newMark();
  while (texts.some((text) => text.includes(mark))) mark += newMark();
  return {
    mark,
    around: (name, data) =>
      [`===== BEGIN ${name} ${mark} =====`, withoutControls(data), `===== END ${name} ${mark} =====`].join(
        '\n',
      ),
  };
}

/**
 * Some servers read these marks as the turns of a conversation, wherever they stand in a text: "<|im_start|>". With
 * another stroke they are what they say, and no more.
 */
function withoutControls(data: string): string {
  return data
    .replaceAll(/<\|([\w-]{1,40})\|>/g, '<¦$1¦>')
    .replaceAll(/<(start|end)_of_turn>/g, '<$1-of-turn>');
}
