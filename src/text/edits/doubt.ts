/**
 * What keeps a proposal from being what the model meant, as far as can be seen from outside:
 * - `placeholder`: a comment stands for code that was left out, and where that belongs isn't sure
 * - `unplaced`: changes that fit nowhere in the document were left out
 * - `ambiguous`: a change fits several places, and the first one was taken
 * - `outside`: changes of other lines than those in question were left out
 * - `repeated`: lines that stand beside those in question may be repeated
 * - `versions`: the answer holds several versions, and the last one was taken
 * - `conflict-marks`, `diff-signs`, `line-numbers`: they stand in the code
 * - `margin`: how far in the lines belong isn't sure
 * - `lost`: most of the lines, or a body, are gone without a word
 * - `unbalanced`: a bracket is left open, or closed twice
 */
export type Doubt =
  | 'placeholder'
  | 'unplaced'
  | 'ambiguous'
  | 'outside'
  | 'repeated'
  | 'versions'
  | 'conflict-marks'
  | 'diff-signs'
  | 'line-numbers'
  | 'margin'
  | 'lost'
  | 'unbalanced';
