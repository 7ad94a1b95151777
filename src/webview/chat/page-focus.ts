/**
 * Calls `take` where the editor gave the focus to the page and to nothing in it: a key would be lost. Where it came by
 * Tab or by a click on something it stays there, and a text that is being selected stays selected.
 */
export function onPageFocus(take: () => void): void {
  let pressed = false;
  window.addEventListener('pointerdown', () => (pressed = true), { capture: true });
  for (const type of ['pointerup', 'pointercancel', 'blur'])
    window.addEventListener(type, () => (pressed = false), { capture: true });

  function whereItWent(): void {
    const { activeElement, body } = document;
    const selects = document.getSelection()?.isCollapsed === false;
    if (activeElement === body && !pressed && !selects) take();
  }

  // The page has the focus before the part of it that was meant.
  window.addEventListener('focus', () => setTimeout(whereItWent));
  // It may have had it before it was loaded.
  if (document.hasFocus()) whereItWent();
}
