import type { TaskKind } from '../terms/task';
import type { TextShape } from './text-shape';

/** Whether a text asks for a kind of task. */
export type TaskRule = readonly [TaskKind, (shape: TextShape) => boolean];

/** Names that mean programming wherever they stand. */
const programming =
  /\b(?:typescript|javascript|python|kotlin|golang|node\.?js|regex(?:es|p)?|sql|html|css|api|json|async|django|fastapi|graphql|postgres\w*|mysql|mongodb|mutex|semaphore|tailwind|next\.?js|numpy|pandas|redux|oauth|jwt|webhooks?|in (?:rust|go|java|swift|ruby|react))\b|\bc\+\+|\bc#/i;
/** Parts of a program, by the names that hardly mean anything else. */
const programPart =
  /\b(?:code(?:base)?|functions?|methods?|class(?:es)?|components?|modules?|quer(?:y|ies)|loops?|scripts?|hooks?|variables?|imports?|conditionals?|if statements?|endpoints?|repo(?:sitory)?|snippets?|helpers?|ifs)\b/i;

const completes =
  /^(?:complete|finish|continue|fill in|auto-?complete)\b[^.?\n]{0,60}\b(?:code|function|method|class|implementation|body|snippet|program|script|query|component|module|todos?|stub)\b/i;
const completesGiven = /^(?:complete|finish|continue|fill in)\b/i;
const implementsGiven = /^implement (?:this|these|the following|the (?:body|stub|missing|todos?))\b/i;

const asksOutput =
  /\bwhat (?:does|do|will|would|did|is|are|gets?)\b(?:`[^`\n]{0,80}`|[^.?\n`]|\.(?=\w)){0,60}\b(?:returns?|returned|prints?|printed|outputs?|logs?|logged|evaluates? to|yields?|produces?)\b|\b(?:predict|guess|what'?s|what is|give|tell me|determine|work out)\b[^.?\n]{0,30}\b(?:output|return value|final value|result of)\b|\bwhat (?:it|this|that|the (?:code|function|program|loop)) (?:returns?|prints?|outputs?|logs?|evaluates to)\b|\bvalue of `?\w+`? (?:after|at the end|when)\b|\bcomplete the assert\w*/i;
/** Code within a line: "`[3, 20].sort()`". */
const inlineExpression = /`[^`\n]{0,80}[([=+][^`\n]{0,80}`/;

const asksForTests =
  /(?:^|[.!?\n] ?)(?:write|add|generate|create|make|give me|implement|produce|suggest|extend|improve|increase|provide|update|mock|parametri[sz]e)\b(?:(?! (?:function|program|script|query|that|which|to) )[^.?\n]){0,60}\b(?:tests?|test ?cases?|test suites?|specs?|coverage)\b|^(?:(?:unit|integration|e2e|snapshot|regression|property(?:[- ]based)?)[- ]?)?tests? (?:for|this|these|the)\b|^cover\b[^.?\n]{0,60}\btests?\b/i;
const namesTests = /\b(?:unit tests?|write tests?|test cases?|vitest|jest|pytest)\b/i;

const asksForMessage =
  /\b(?:commit message|conventional commit|(?:pr|pull request|merge request) (?:description|title|message))\b/i;

const asksForDocuments =
  /\b(?:docstrings?|jsdoc|javadoc|rustdoc|add (?:\w+ )?comments|comment (?:this|the|my) (?:\w+ )?(?:code|function|class|method)|readme|changelog|(?:write|add|update|generate|improve) (?:\w+ )?(?:documentation|docs|doc comments))\b|^document (?:this|these|the|my|our|all|every)\b/i;

const restructures =
  /^(?:clean(?: \w+){0,3} up|tidy|simplify|optimi[sz]e|restructure|reorgani[sz]e|moderni[sz]e|deduplicate|decouple|speed up|extract|rename|inline|split|flatten|vectori[sz]e|paralleli[sz]e)\b/i;
const improves =
  /^(?:improve|make|reduce|increase|rewrite|change|remove|delete|eliminate|get rid of)\b[^.?\n]{0,60}\b(?:faster|cleaner|simpler|shorter|readab\w+|performan\w+|efficien\w+|maintainab\w+|idiomatic\w*|complexity|duplicat\w+|redundan\w+|repetiti\w+|boilerplate|dead code|unused|elegant\w*|concise\w*|dry|modular|testable|nest\w*)\b/i;

/** The same code in another form. */
const changesForm =
  /^replace the (?:switch|ifs?|loops?|callbacks?|class|inheritance|globals?|magic numbers?)\b|^apply\b[^.?\n]{0,40}\b(?:principles?|pattern)\b|^(?:rewrite|convert|turn|change|switch|migrate|use)\b[^.?\n]{0,60}\b(?:async|await|promises?|hooks?|arrow functions?|generators?|comprehensions?|early returns?|guard clauses?|composition|dependency injection|functional|recursi\w+|iterat\w+)\b/i;
/** Said of code with nothing to be named. */
const saysHowToRestructure =
  /^make (?:it|this|that|the \w+) (?:more|less) \w|\bmake (?:it|this) (?:nicer|cleaner|simpler|faster|shorter|better)\b|\b(?:ugly|messy)\b|\b(?:better|clearer) (?:\w+ )?names?\b|\bspeed (?:it|this|that) up\b|\btoo (?:long|complex|nested|complicated|slow)\b|\bbreak (?:it|this|that) (?:up|down|into)\b|\b(?:cleaner|simpler|shorter|nicer|faster|better) (?:way|version)\b|\bwritten (?:more|better|shorter)\b|\bmore (?:concisely|simply|cleanly|efficiently|elegantly)\b/i;

/** Places where short problems with a judge come from, and what such a problem is called. */
const namesContest =
  /\b(?:leetcode|codeforces|atcoder|hackerrank|codewars|advent of code|project euler|competitive programming|(?:programming|coding|algorithm\w*) (?:problem|contest|challenge|puzzle|competition|kata|exercise))\b/i;
/** What stands in the statement of such a problem. Two of them make one. */
const contestMarks: readonly RegExp[] = [
  /\b(?:sample|example) (?:input|output|test ?case)s?\b/i,
  /^[ \t]*(?:\*\*)?(?:constraints|input format|output format)\b/im,
  /^[ \t]*(?:\*\*)?input(?:\*\*)?:?[ \t]*(?:$|\w+ ?=|[[\d"])/im,
  /\b(?:you are given|given (?:an?|the|two) (?:[\w-]+ ){0,3}(?:arrays?|strings?|integers?|lists?|tree|graph|grid|matrix|root|numbers?))\b/i,
  /^[ \t]*(?:\*\*)?example \d+(?:\*\*)?:?[ \t]*$/im,
  /\b(?:standard input|stdin)\b/i,
  /\bO\((?:log|n|m|1)\b/i,
  /\b(?:time limit|memory limit|each test case)\b/i,
  /\d ?(?:<=|≤|\\leq?\b) ?[\w.[\]|]{1,30} ?(?:<=|<|≤|\\leq?\b)/,
];

const fault =
  /\b(?:fix|bugs?|errors?(?! (?:handl|messages?|codes?|class|types?|boundar|pages?|states?))|exceptions?(?! handl)|fails?|failing|broken|crash\w*|traceback|stack ?trace|doesn'?t work|does not work|not working|isn'?t working|wrong|debug|memory leaks?|deadlocks?|race conditions?|infinite loop|off by one)\b/i;
const asksToFix = /^(?:fix(?! ?[=(])|debug|repair|diagnose|troubleshoot)\b/i;
const asksToFind =
  /^(?:(?:find|spot|correct|solve|resolve)(?: and (?:fix|correct))?(?: out)? (?:the |this |these |any |all |my |what(?:'s| is) )?(?:\w+ )?(?:bugs?|errors?|mistakes?|exceptions?|warnings?|wrong|race conditions?|memory leaks?))\b/i;
const asksToFixLanguage =
  /^(?:fix|correct|check|improve|polish)\b[^.?\n]{0,40}\b(?:grammar|spelling|punctuation|wording|phrasing|sentences?|paragraphs?|essay)\b/i;
const saysItFails =
  /^(?:fix|debug|why|my|our|i(?:'m| am)? (?:get|getting|keep|see|seeing|have)|getting|what(?:'s| is) wrong)\b/i;
/** How a program fails that says nothing. */
const symptom =
  /\b(?:is|are|was|does|do|did|has|have)(?: not|n'?t) (?:\w+ )?(?:work|load|start|compil|render|run|show|appear|respond|build|open|updat|fire|trigger|connect|sav|call|found|recogni|install|match|exist|handl|stop|clos|return)\w*|\bw(?:on'?t|ill not) (?:work|load|start|compile|render|run|open|update|connect|build)\b|\bkeeps? (?:crash|fail|hang|freez|loop|disconnect|restart|return|gett)ing\b|\b(?:throws|hangs|freezes|crashes|complains about|times out|exits (?:immediately|with))\b|\b(?:blank|white) (?:page|screen)\b|\bhow (?:do|can) i (?:fix|solve|resolve)\b|\bstopped working\b/i;
const programInUse =
  /\b(?:apps?|(?:web)?pages?|tests|ci|builds?|buttons?|components?|servers?|builds?|login|api|endpoints?|containers?|console|deploy\w*|pipelines?|database|migrations?|extension|plugin|localhost|browser|modal|dropdown|websocket|callback|event (?:handler|listener)|docker|npm|eslint|webpack|vite|next\.?js|python|typescript|kubernetes|imports?|module|script)\b/i;
/** Asked of a program that is yet to do so: "return an error if it is empty". */
const asksToMake =
  /^(?:write|add|create|implement|make|build|generate|give|develop|handle|catch|log|validate|return|throw|raise|use|support|wrap)\b/i;
/** Said of what it does. */
const saysWhatComes =
  /\b(?:gives?|prints?|returns?|shows?|outputs?|logs?)(?: me)? (?:only |just )?(?:nan|undefined|null|garbage|nothing|(?:the )?wrong)\b|\bexpected\b[^.?\n]{1,40}\b(?:got|received|but (?:was|is))\b/i;
/** What a report of a fault is made of. */
const reportsFault =
  /^#+ *(?:bug|steps|expected|actual|what happened)\b|\b(?:steps to reproduce|to reproduce:|reproduction steps|expected (?:behaviou?r|result)|actual (?:behaviou?r|result)|minimal reproduc\w+)/im;
/** What a compiler, a runtime or a test run says, within a sentence too. */
const programFault =
  /\b[A-Z]\w+(?:Error|Exception)\b|\b[Ss]egmentation fault\b|\b[Ss]egfaults?\b|\b[Cc]annot read propert|\berror TS\d+|\bpanicked at\b|\bundefined reference to\b|\bis not (?:a function|iterable|assignable to)\b|^\W?\w+\W? is not defined\b|\b[Cc]annot find (?:module|name|symbol)\b|\bdoes not exist on type\b|\bindex out of (?:range|bounds)\b|\bout of memory\b|\b[Nn]ull ?pointer\b|\bcore dumped\b|\bcommand not found\b|\b[Uu]nexpected token\b/;
/** What they print as a line of its own: no source code has it. */
const faultLine =
  /^(?:Traceback \(most recent call last\)|error(?:\[\w+\])?: |npm ERR!|(?:\w+\.)*[A-Z]\w*(?:Error|Exception): |[ \t]+at [^\n]{1,200}:\d+\)?$|[^\s:]{1,200}(?::\d+){0,2}: (?:fatal )?error\b|FAIL(?:ED)? )/m;

/** A question about code that is at hand, though the prompt doesn't quote it. */
const asksAboutCode =
  /\b(?:explain|what does|how does|where (?:is|are|do|does)|walk me through|summari[sz]e|describe|review|overview of)\b[^.?\n]{0,50}\b(?:this|these|my|our|the)\s(?:\w+\s)?(?:code|functions?|class(?:es)?|methods?|scripts?|snippets?|regex|quer(?:y|ies)|module|component|hook|repo(?:sitory)?|codebase|project|pull request|diff)\b/i;
const asksToExplain =
  /^(?:explain|describe|compare|summari[sz]e|review|critique|clarify|what|why|how (?:does|is|are|come)|is|are|does|do|when|where|which|who)\b/i;
const mentionsExplaining =
  /\b(?:explain|what does|how does|walk me through|understand|eli5|code review|review|feedback|overview|complexity|what do you think|any (?:problems|issues|concerns|thoughts|suggestions))\b/i;

const codeThing =
  /\b(?:write|implement|create|generate|build|make|develop|give|port|add|convert|migrate)\b[^.?\n]{0,60}\b(?:function|class|script|program|query|component|method|parser|endpoint|regex|regular expression|code|algorithm|lambda|apps?|api|cli|hook|decorator|middleware|migration|plugin|struct|enum|controller|schema|column)\b/i;
const namesCodeThing =
  /^(?:(?:i )?(?:need|want) )?an? (?:\w+ ){0,3}(?:function|class|script|program|query|component|method|regex|hook|cli|decorator|macro|struct|trait|migration) (?:that|which|to|for|in)\b/i;
const translatesCode =
  /^(?:translate|port|convert|rewrite|transpile|migrate)\b[^.?\n]{0,60}\b(?:to|into|in|from) (?:rust|go(?:lang)?|python|java|typescript|javascript|kotlin|swift|ruby|php|scala|c|sql|bash|powershell|lua|perl|dart|elixir|haskell|react|vue)\b|\b(?:look like|equivalent|same(?: thing)?) in (?:rust|go|python|java|typescript|javascript|kotlin|swift|ruby|php|scala|c)\b|^(?:translate|port|convert|rewrite|transpile|migrate)\b[^.?\n]{0,60}\bc(?:\+\+|#)/i;

const setsUp =
  /^(?:write|create|generate|add|make|give me|set ?up|configure|install)\b[^.?\n]{0,40}\b(?:docker ?files?|docker[- ]compose|gitignore|makefile|crontab|eslint|prettier|tsconfig|webpack|vite config|nginx|systemd|terraform|helm|ci pipeline|github actions?|(?:config|configuration) (?:file|for))\b/i;

/** The kinds that are about code, by what is said about it: what is plainly asked for goes before what it may be. */
export const codeRules: readonly TaskRule[] = [
  [
    'complete-code',
    (s) =>
      s.startsWithCode &&
      !s.endsWithQuestionMark &&
      !/\b(?:fix|bug|error|explain)\b/i.test(s.text.slice(-200)),
  ],
  ['explain-code', (s) => asksOutput.test(s.said) && (s.code || inlineExpression.test(s.said))],
  [
    'complete-code',
    (s) =>
      completes.test(s.lead) || (s.code && (completesGiven.test(s.lead) || implementsGiven.test(s.lead))),
  ],
  ['write-tests', (s) => asksForTests.test(s.lead)],
  ['commit-message', (s) => asksForMessage.test(s.lead)],
  ['document-code', (s) => asksForDocuments.test(s.lead)],
  ['refactor-code', (s) => /\brefactor(?:ed|ing)?\b/i.test(s.lead.slice(0, 100))],
  ['refactor-code', (s) => restructuresCode(s)],
  ['rewrite', (s) => !s.code && asksToFixLanguage.test(s.lead)],
  ['fix-code', (s) => asksToFix.test(s.lead) && (!asksHow(s) || isOfProgram(s))],
  ['fix-code', (s) => asksToFind.test(s.lead) && isOfProgram(s)],
  ['contest-problem', (s) => isContestProblem(s)],
  ['fix-code', (s) => saysFault(s)],
  ['fix-code', (s) => programFault.test(s.said) || faultLine.test(s.text) || reportsFault.test(s.text)],
  ['write-tests', (s) => s.code && namesTests.test(s.said)],
  ['command-or-configuration', (s) => setsUp.test(s.lead)],
  ['write-code', (s) => translatesCode.test(s.lead)],
  ['explain-code', (s) => s.code && (asksToExplain.test(s.lead) || mentionsExplaining.test(s.said))],
  ['explain-code', (s) => asksAboutCode.test(s.lead.slice(0, 200))],
  [
    'write-code',
    (s) =>
      s.fencedCode || codeThing.test(s.asked) || namesCodeThing.test(s.lead) || /^implement\b/i.test(s.lead),
  ],
];

/** A short text that names a programming language or one of its things. */
export function isAboutProgramming(s: TextShape): boolean {
  return s.words < 40 && s.options < 3 && programming.test(s.text);
}

function saysFault(s: TextShape): boolean {
  if (asksToMake.test(s.lead)) return false;
  if (s.words > 3 && fault.test(s.said) && (s.code || (saysItFails.test(s.lead) && !asksHow(s)))) return true;
  if (s.code && saysWhatComes.test(s.said)) return true;
  if (s.words > 80 || s.options >= 3) return false;
  return (fault.test(s.said) || symptom.test(s.said)) && isOfProgram(s);
}

function asksHow({ asked }: TextShape): boolean {
  return /^how\b/i.test(asked);
}

/** About code, or about a program that runs. */
function isOfProgram(s: TextShape): boolean {
  return s.code || programInUse.test(s.said);
}

function restructuresCode(s: TextShape): boolean {
  const ways = [restructures, improves, changesForm];
  return (ways.some((way) => way.test(s.lead)) || saysHowToRestructure.test(s.said)) && isAboutCode(s);
}

function isAboutCode(s: TextShape): boolean {
  return s.code || (!s.formula && (programPart.test(s.lead) || programming.test(s.lead)));
}

function isContestProblem({ text, lead, words, startsWithCode }: TextShape): boolean {
  if (namesContest.test(lead)) return words > 3;
  if (words < 12 || startsWithCode) return false;
  return contestMarks.filter((mark) => mark.test(text)).length >= 2;
}
