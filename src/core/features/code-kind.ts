import type { TaskKind } from '../terms/task';
import type { TextShape } from './text-shape';

/** Whether a text asks for a kind of task. */
export type TaskRule = readonly [TaskKind, (shape: TextShape) => boolean];

/** Names that mean programming wherever they stand. */
const programming =
  /\b(?:typescript|javascript|python|kotlin|golang|node\.?js|regex(?:es|p)?|sql|html|css|api|json|async|in (?:rust|go|java|swift|ruby|react))\b|\bc\+\+|\bc#/i;
/** Parts of a program, by the names that hardly mean anything else. */
const programPart =
  /\b(?:code(?:base)?|functions?|methods?|class(?:es)?|components?|modules?|quer(?:y|ies)|loops?|scripts?|hooks?|variables?|imports?|conditionals?|if statements?|endpoints?|repo(?:sitory)?|snippets?)\b/i;

const completes =
  /^(?:complete|finish|continue|fill in|auto-?complete)\b[^.?\n]{0,60}\b(?:code|function|method|class|implementation|body|snippet|program|script|query|component|module|todos?|stub)\b/i;
const implementsGiven = /^implement (?:this|these|the following|the (?:body|stub|missing))\b/i;

const asksOutput =
  /\bwhat (?:does|do|will|would|did|is|are|gets?)\b[^.?\n]{0,60}\b(?:returns?|returned|prints?|printed|outputs?|logs?|logged|evaluates? to|yields?|produces?)\b|\b(?:predict|guess|what'?s|what is|give|tell me|determine|work out)\b[^.?\n]{0,30}\b(?:output|return value|final value|result of)\b|\bvalue of `?\w+`? (?:after|at the end|when)\b|\bcomplete the assert\w*/i;
/** Code within a line: "`[3, 20].sort()`". */
const inlineExpression = /`[^`\n]{0,80}[([=+][^`\n]{0,80}`/;

const asksForTests =
  /^(?:write|add|generate|create|make|give me|implement|produce|suggest|extend|improve|provide|update)\b(?:(?! (?:function|program|script|query|that|which|to) )[^.?\n]){0,60}\b(?:tests?|test ?cases?|test suites?|specs?|coverage)\b|^(?:unit[- ]?)?tests? (?:for|this|these|the)\b|^cover\b[^.?\n]{0,60}\btests?\b/i;
const namesTests = /\b(?:unit tests?|write tests?|test cases?|vitest|jest|pytest)\b/i;

const asksForDocuments =
  /\b(?:docstrings?|jsdoc|javadoc|rustdoc|add comments|comment (?:this|the|my) (?:\w+ )?(?:code|function|class|method)|readme|changelog|(?:write|add|update|generate|improve) (?:\w+ )?(?:documentation|docs|doc comments))\b|^document (?:this|these|the|my|our|all|every)\b/i;

const restructures =
  /^(?:clean(?: \w+){0,3} up|tidy|simplify|optimi[sz]e|restructure|reorgani[sz]e|moderni[sz]e|deduplicate|decouple|speed up|extract|rename|inline|split)\b/i;
const improves =
  /^(?:improve|make|reduce|increase|rewrite|change|get rid of)\b[^.?\n]{0,60}\b(?:faster|cleaner|simpler|shorter|readab\w+|performan\w+|efficien\w+|maintainab\w+|idiomatic\w*|complexity|duplicat\w+|elegant\w*|concise\w*|modular|testable|nesting)\b/i;

/** Places where short problems with a judge come from, and what such a problem is called. */
const namesContest =
  /\b(?:leetcode|codeforces|atcoder|hackerrank|codewars|advent of code|project euler|competitive programming|(?:programming|coding|algorithm\w*) (?:problem|contest|challenge|puzzle|competition|kata|exercise))\b/i;
/** What stands in the statement of such a problem. Two of them make one. */
const contestMarks: readonly RegExp[] = [
  /\b(?:sample|example) (?:input|output|test ?case)s?\b/i,
  /^[ \t]*(?:\*\*)?(?:constraints|input format|output format)\b/im,
  /^[ \t]*(?:\*\*)?input(?:\*\*)?:?[ \t]*(?:$|\w+ ?=|[[\d"])/im,
  /^[ \t]*(?:\*\*)?example \d+(?:\*\*)?:?[ \t]*$/im,
  /\b(?:standard input|stdin|time limit|memory limit|each test case)\b/i,
  /\d ?(?:<=|≤|\\leq?\b) ?[\w.[\]|]{1,30} ?(?:<=|<|≤|\\leq?\b)/,
];

const fault =
  /\b(?:fix|bugs?|errors?(?! (?:handl|messages?|codes?|class|types?|boundar|pages?|states?))|exceptions?(?! handl)|fails?|failing|broken|crash\w*|traceback|stack ?trace|doesn'?t work|does not work|not working|isn'?t working|wrong|debug)\b/i;
const asksToFix =
  /^(?:fix|debug|repair|diagnose|troubleshoot|(?:find|spot|correct|solve|resolve)(?: and (?:fix|correct))?(?: out)? (?:the |this |these |any |all |my |what(?:'s| is) )?(?:\w+ )?(?:bugs?|errors?|mistakes?|exceptions?|warnings?|wrong|race conditions?|memory leaks?))\b/i;
const asksToFixLanguage =
  /\b(?:grammar|spelling|punctuation|wording|phrasing|sentences?|paragraphs?|essay|text|translation)\b/i;
const saysItFails =
  /^(?:fix|debug|why|my|our|i(?:'m| am)? (?:get|getting|keep|see|seeing|have)|getting|what(?:'s| is) wrong)\b/i;
/** What a report of a fault is made of. */
const reportsFault =
  /\b(?:steps to reproduce|to reproduce:|reproduction steps|expected (?:behaviou?r|result)|actual (?:behaviou?r|result)|minimal reproduc\w+)/i;
/** What a compiler, a runtime or a test run says, within a sentence too. */
const programFault =
  /\b[A-Z]\w+(?:Error|Exception)\b|\b[Ss]egmentation fault\b|\b[Ss]egfaults?\b|\b[Cc]annot read propert|\berror TS\d+|\bpanicked at\b|\bundefined reference to\b/;
/** What they print as a line of its own: no source code has it. */
const faultLine =
  /^(?:Traceback \(most recent call last\)|error(?:\[\w+\])?: |npm ERR!|(?:\w+\.)*[A-Z]\w*(?:Error|Exception): |[ \t]+at [^\n]{1,200}:\d+\)?$|[^\s:]{1,200}:\d+:\d+: (?:fatal )?error\b|FAIL(?:ED)? )/m;

/** A question about code that is at hand, though the prompt doesn't quote it. */
const asksAboutCode =
  /\b(?:explain|what does|how does|walk me through|summari[sz]e|describe|review)\b[^.?\n]{0,50}\b(?:this|these|my|our|the)\s(?:\w+\s)?(?:code|functions?|class(?:es)?|methods?|scripts?|snippets?|regex|quer(?:y|ies)|module|component|hook|repo(?:sitory)?|codebase|pull request|diff)\b/i;
const asksToExplain =
  /^(?:explain|describe|summari[sz]e|review|critique|clarify|what|why|how (?:does|is|are|come)|is|are|does|do|when|where|which|who)\b/i;
const mentionsExplaining = /\b(?:explain|what does|how does|walk me through|understand)\b/i;

const codeThing =
  /\b(?:write|implement|create|generate|build|make|develop|give|port|add|convert|migrate)\b[^.?\n]{0,60}\b(?:function|class|script|program|query|component|method|parser|endpoint|regex|regular expression|code|algorithm|lambda)\b/i;
const translatesCode =
  /^(?:translate|port|convert|rewrite|transpile|migrate)\b[^.?\n]{0,60}\b(?:to|into|in|from) (?:rust|go(?:lang)?|python|java|typescript|javascript|kotlin|swift|ruby|php|scala|c|sql|bash|react|vue)\b|^(?:translate|port|convert|rewrite|transpile|migrate)\b[^.?\n]{0,60}\bc(?:\+\+|#)/i;

/** The kinds that are about code, by what is said about it: what is plainly asked for goes before what it may be. */
export const codeRules: readonly TaskRule[] = [
  [
    'complete-code',
    (s) =>
      s.startsWithCode &&
      !s.endsWithQuestionMark &&
      !/\b(?:fix|bug|error|explain)\b/i.test(s.text.slice(-200)),
  ],
  ['predict-output', (s) => asksOutput.test(s.said) && (s.code || inlineExpression.test(s.said))],
  ['complete-code', (s) => completes.test(s.lead) || (s.code && implementsGiven.test(s.lead))],
  ['write-tests', (s) => asksForTests.test(s.lead)],
  ['commit-message', (s) => /\bcommit message\b/i.test(s.lead)],
  ['document-code', (s) => asksForDocuments.test(s.lead)],
  ['refactor-code', (s) => /\brefactor(?:ed|ing)?\b/i.test(s.lead.slice(0, 100))],
  ['refactor-code', (s) => (restructures.test(s.lead) || improves.test(s.lead)) && isAboutCode(s)],
  ['fix-code', (s) => asksToFix.test(s.lead) && (s.code || !asksToFixLanguage.test(s.lead))],
  ['contest-problem', (s) => isContestProblem(s)],
  ['fix-code', (s) => s.words > 3 && fault.test(s.said) && (s.code || saysItFails.test(s.lead))],
  ['fix-code', (s) => programFault.test(s.said) || faultLine.test(s.text) || reportsFault.test(s.text)],
  ['write-tests', (s) => s.code && namesTests.test(s.said)],
  ['write-code', (s) => translatesCode.test(s.lead)],
  ['explain-code', (s) => s.code && (asksToExplain.test(s.lead) || mentionsExplaining.test(s.said))],
  ['explain-code', (s) => asksAboutCode.test(s.lead.slice(0, 200))],
  ['write-code', (s) => s.fencedCode || codeThing.test(s.asked) || /^implement\b/i.test(s.lead)],
];

/** A short text that names a programming language or one of its things. */
export function isAboutProgramming(s: TextShape): boolean {
  return s.words < 40 && s.options < 3 && programming.test(s.text);
}

function isAboutCode(s: TextShape): boolean {
  return s.code || (!s.formula && (programPart.test(s.lead) || programming.test(s.lead)));
}

function isContestProblem({ text, lead, words, startsWithCode }: TextShape): boolean {
  if (namesContest.test(lead)) return words > 4;
  if (words < 30 || startsWithCode) return false;
  return contestMarks.filter((mark) => mark.test(text)).length >= 2;
}
