const demanding =
  /\b(prove|derive|design|architect\w*|optimi[sz]e|refactor|concurren\w*|distributed|race condition|deadlock|trade-?offs?|compare|analy[sz]e|step by step|edge cases?|algorithm|complexity|migrat\w*|debug|why)\b/gi;
const constraints = /\b(must|should|only|without|at least|at most|exactly|ensure|never|always)\b/gi;

/** Weights of the four parts; they sum to 1. Set by hand: the learner finds out what the number is worth. */
const parts = { length: 0.35, demanding: 0.3, constraints: 0.2, structure: 0.15 };

/** How much a prompt asks for, 0..1: its length, demanding words, constraints, and lines of structure. */
export function complexity01(prompt: string): number {
  const length = saturate(prompt.length, 1_500);
  const words = saturate(count(prompt, demanding), 3);
  const limits = saturate(count(prompt, constraints), 4);
  const structure = saturate(count(prompt, /\n/g), 30);
  return (
    parts.length * length + parts.demanding * words + parts.constraints * limits + parts.structure * structure
  );
}

/** 0 at 0, half at `half`, towards 1. */
function saturate(value: number, half: number): number {
  return value / (value + half);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
