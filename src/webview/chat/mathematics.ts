import DOMPurify from 'dompurify';
import { formulaOf, longestFormula } from './formula-text';

/** TeX to MathML; throws where it can't be read. */
type ToMathMl = (tex: string, isDisplayed: boolean) => string;

/** Formulas of an answer are drawn up to so many, and so many characters of TeX in all: more would freeze the page. */
const mostFormulas = 1_000;
const mostTex = 50_000;
const mostMarkup = 200_000;
const mostKept = 2_000;
/** Its commands can define commands, which grow without end. An answer that explains them has them in code. */
const definition =
  /\\(?:[gex]?def|(?:future)?let|(?:re)?new(?:command|environment)|providecommand|global|long)(?![a-z])/i;
/** These are built twice, so that each within another doubles the work. */
const doubling = /\\(?:(?:math)?llap|equilibrium[a-z]*|ce|pu)(?![a-z])/gi;
const mostDoubling = 5;
const longestDoubling = 1_000;
/** Browsers lay out a thousand within each other badly, and no reader tells a hundred apart. */
const deepest = 100;

let toMathMl: ToMathMl | undefined;
let loading: Promise<void> | undefined;
/** Formulas of an answer that grows are drawn once; undefined: it can't be read. */
const drawn = new Map<string, DocumentFragment | undefined>();

/**
 * Puts MathML into each `.formula` of the fragment, which holds its source. One that can't be read stays as it is. False:
 * the library isn't there yet, and all stay.
 */
export function drawFormulas(fragment: DocumentFragment): boolean {
  const formulas = fragment.querySelectorAll('.formula');
  if (toMathMl === undefined) return formulas.length === 0;
  let left = mostTex;
  for (const element of [...formulas].slice(0, mostFormulas)) {
    const source = element.textContent;
    left -= source.length;
    if (left < 0) break;
    const mathematics = mathMlOf(source, toMathMl);
    if (mathematics === undefined) continue;
    element.setAttribute('data-source', source);
    element.replaceChildren(mathematics.cloneNode(true));
  }
  return true;
}

/** Resolves once formulas can be drawn. The library is a file of its own that most answers don't need. */
export function loadMathematics(): Promise<void> {
  loading ??= import(/* webpackChunkName: "mathematics" */ 'temml').then(({ default: temml }) => {
    toMathMl = (tex, displayMode) =>
      temml.renderToString(tex, {
        displayMode,
        throwOnError: true,
        // The defaults, on which it depends that nothing is loaded or run.
        trust: false,
        maxExpand: 200,
        maxSize: [20, 20],
      });
  });
  return loading;
}

function mathMlOf(source: string, convert: ToMathMl): DocumentFragment | undefined {
  if (!drawn.has(source)) {
    const oldest = drawn.size < mostKept ? undefined : drawn.keys().next().value;
    if (oldest !== undefined) drawn.delete(oldest);
    drawn.set(source, convertedOf(source, convert));
  }
  return drawn.get(source);
}

function convertedOf(source: string, convert: ToMathMl): DocumentFragment | undefined {
  const { tex, isDisplayed } = formulaOf(source);
  if (tex.length > longestFormula || definition.test(tex)) return undefined;
  const doubled = tex.match(doubling)?.length ?? 0;
  if (doubled > mostDoubling || (doubled > 0 && tex.length > longestDoubling)) return undefined;
  const { depth, hasLines } = shapeOf(tex);
  if (depth > deepest) return undefined;
  let markup: string;
  try {
    // TeX breaks lines only within an environment; models do so without.
    markup = convert(hasLines ? `\\begin{gathered}${tex}\\end{gathered}` : tex, isDisplayed);
  } catch {
    // It can't be read, as half a formula, or is nested deeper than the stack: the source says what was meant.
    return undefined;
  }
  return markup.length > mostMarkup ? undefined : sanitised(markup);
}

/** How deep it is nested, and whether it has lines outside of all environments. */
function shapeOf(tex: string): { readonly depth: number; readonly hasLines: boolean } {
  let depth = 0;
  let most = 0;
  let hasLines = false;
  for (const [mark] of tex.matchAll(/\\(?:begin|end|left|right)\b|\\.|[{}]/gs)) {
    if (['\\begin', '\\left', '{'].includes(mark)) most = Math.max(most, ++depth);
    else if (['\\end', '\\right', '}'].includes(mark)) depth--;
    else if (mark === '\\\\' && depth === 0) hasLines = true;
  }
  return { depth: most, hasLines };
}

/** The page refuses inline styles, and says so for each. Of a frame, which models put around results, it is a class. */
const frame = 'style="padding:3pt;border:1px solid;"';
const inlineStyle = / style="[^"]*"/g;

function sanitised(markup: string): DocumentFragment {
  const plain = markup.replaceAll(frame, 'class="boxed"').replace(inlineStyle, '');
  return DOMPurify.sanitize(plain, {
    USE_PROFILES: { mathMl: true },
    ADD_ATTR: ['class'],
    FORBID_TAGS: ['style', 'mglyph'],
    FORBID_ATTR: ['style', 'href', 'xlink:href', 'src', 'id', 'name', 'mathcolor', 'mathbackground'],
    RETURN_DOM_FRAGMENT: true,
  });
}
