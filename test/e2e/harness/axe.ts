import axe from 'axe-core';
import type { Frame } from 'playwright-core';

/** What axe-core found in a page. */
export interface AxeReport {
  /** How many of its rules apply to the page and hold. */
  readonly passed: number;
  readonly violations: readonly AxeFinding[];
  /** What axe-core could not decide by itself. */
  readonly incomplete: readonly AxeFinding[];
}

export interface AxeFinding {
  readonly impact: string;
  readonly rule: string;
  /** The elements, with what is wrong with them. */
  readonly text: string;
}

/**
 * Runs all rules of axe-core in a webview's page.
 *
 * @param backdrop the theme's colour behind the page, such as `sideBar-background`: the page itself is transparent, and
 *   the contrast of its texts would be held against white
 */
export async function runAxe(frame: Frame, backdrop: string): Promise<AxeReport> {
  await frame.evaluate(axe.source);
  const results = await frame.evaluate(async (colour) => {
    const { axe: injected } = window as unknown as { readonly axe: typeof axe };
    const page = document.documentElement;
    page.style.backgroundColor = `var(--vscode-${colour})`;
    try {
      return await injected.run(document, { resultTypes: ['violations', 'incomplete'] });
    } finally {
      page.style.backgroundColor = '';
    }
  }, backdrop);
  return {
    passed: results.passes.length,
    violations: results.violations.map(findingOf),
    incomplete: results.incomplete.map(findingOf),
  };
}

function findingOf({ id, impact, nodes }: axe.Result): AxeFinding {
  const text = nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)}\n  ${failureSummary ?? ''}`);
  return { rule: id, impact: impact ?? 'unknown', text: text.join('\n') };
}
