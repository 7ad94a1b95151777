/** Whether an answer has a block of code between fences. */
export function hasFencedCode(answer: string): boolean {
  return /^ {0,3}(?:```|~~~)/m.test(answer);
}
