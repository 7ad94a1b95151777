/**
 * The selected part of an answer with the source of its formulas in their place, whole also where a part of one is
 * selected; undefined where no formula is.
 */
export function copiedAnswer(
  selection: Selection | null,
): { readonly text: string; readonly html: string } | undefined {
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return undefined;
  const range = selection.getRangeAt(0).cloneRange();
  const first = formulaAround(range.startContainer);
  const last = formulaAround(range.endContainer);
  if (first !== undefined) range.setStartBefore(first);
  if (last !== undefined) range.setEndAfter(last);
  const holder = document.createElement('div');
  holder.append(range.cloneContents());
  const formulas = holder.querySelectorAll('[data-source]');
  if (formulas.length === 0) return undefined;
  for (const formula of formulas) formula.replaceWith(formula.getAttribute('data-source') ?? '');
  return { text: holder.textContent, html: holder.innerHTML };
}

function formulaAround(node: Node): Element | undefined {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest('[data-source]') ?? undefined;
}
