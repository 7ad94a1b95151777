import type { KeywordTable } from './keyword-scores';
import { mostMatched } from './keyword-scores';

/** What a prompt is about. The order is the order of the one-hot features: append only with a new feature space. */
export const domains = [
  'code',
  'math',
  'analysis',
  'writing',
  'science',
  'business',
  'simple-question',
  'general',
] as const;

export type Domain = (typeof domains)[number];

const keywords: KeywordTable<Domain> = {
  code: /```|\b(code|implement|script|algorithm|golang|kotlin|html|css|json|function|class|method|bug|compile\w*|typescript|javascript|python|rust|java|sql|api|regex|unit tests?|refactor|exception|stack trace|npm|git|docker|import|return|const|async|null|undefined)\b|[{};]\s*$/gim,
  math: /\b(solve|equation|integral|derivative|probabilit\w*|matrix|theorem|proof|prove|algebra|sum|percent|multiply|how many|calculate|geometry|prime)\b|\d\s*[+*/^=]\s*\d/gi,
  analysis:
    /\b(analy[sz]e|compare|evaluate|trade-?offs?|pros and cons|root cause|assess|summari[sz]e|data ?set|trend|correlat\w*|critique)\b/gi,
  writing:
    /\b(write an? (essay|story|poem|letter|email|article|blog)|essay|story|poem|rewrite|proofread|tone|paragraph|headline|translate)\b/gi,
  science:
    /\b(physics|chemistry|biolog\w*|molecule|quantum|cell|gene\w*|energy|species|planet|experiment|hypothesis|medic\w*|disease)\b/gi,
  business:
    /\b(market\w*|revenue|customers?|startup|invest\w*|strategy|sales|pricing|stakeholders?|budget|contract|meeting|roadmap)\b/gi,
  'simple-question': /(?!)/g,
  general: /(?!)/g,
};

/** A short question with no subject of its own, e.g. "What is the capital of France?". */
const simpleQuestion =
  /^\s*(what|who|when|where|which|is|are|does|do|can|how (old|far|long|big|many))\b[^\n]{0,80}\?\s*$/i;

export function domainOf(prompt: string): Domain {
  const domain = mostMatched(prompt, keywords, domains, 'general');
  return domain === 'general' && simpleQuestion.test(prompt) ? 'simple-question' : domain;
}
