import type { TaskKind } from '../terms/task';
import type { TaskRule } from './code-kind';
import { codeRules, isAboutProgramming } from './code-kind';
import type { TextShape } from './text-shape';

/** What a task is about, at large: kinds of one family often suit the same models. */
export const taskFamilies = ['code', 'reasoning', 'reading', 'knowledge', 'facts', 'language'] as const;

export type TaskFamily = (typeof taskFamilies)[number];

const families: Readonly<Record<TaskKind, TaskFamily>> = {
  'complete-code': 'code',
  'write-code': 'code',
  'fix-code': 'code',
  'explain-code': 'code',
  'write-tests': 'code',
  'document-code': 'code',
  'command-or-configuration': 'code',
  'logic-puzzle': 'reasoning',
  'word-problem': 'reasoning',
  mathematics: 'reasoning',
  'multiple-choice': 'reading',
  'question-over-text': 'reading',
  'long-question': 'reading',
  'technical-science': 'reading',
  'science-question': 'knowledge',
  'everyday-question': 'knowledge',
  'unfinished-sentence': 'knowledge',
  'fact-question': 'facts',
  'search-phrase': 'facts',
  'constrained-text': 'language',
  rewrite: 'language',
  'write-prose': 'language',
  instruction: 'language',
  'refactor-code': 'code',
  'contest-problem': 'code',
  'commit-message': 'code',
  'agent-step': 'code',
  'agent-explore': 'code',
  'agent-edit': 'code',
  'agent-verify': 'code',
  'agent-answer': 'code',
};

export function familyOf(kind: TaskKind): TaskFamily {
  return families[kind];
}

/** Every word of a science lesson; whether one of them is there is a format feature too. */
export const scientific =
  /\b(?:energy|atoms?|molecul\w*|electrons?|protons?|cells?|dna|rna|genes?|genetic|proteins?|species|organisms?|planets?|earth|sun|moon|solar|star|gravity|force|mass|velocity|temperature|heat|pressure|chemical|reaction|acid|compound|element|carbon|oxygen|hydrogen|water|soil|rock|minerals?|plants?|animals?|bacteria|virus|ecosystem|scientists?|experiment|physical|magnetic|electric\w*|wavelength|light|quantum|spectr\w*|photosynthesis|evolution|climate|erosion|enzyme|mol|nmr|hamiltonian|synthesis)\b/i;
const technical =
  /\b(?:nmr|hamiltonian|eigen\w+|quantum|spin|reagent|enantio\w*|stereo\w*|nucleophil\w*|diastereo\w*|isomers?|synthes[ie]\w*|product [A-Z0-9]|GeV|MeV|eV|hydroxide|chloride|bromide|ketone|aldehyde|alkene|benzene|spectrum|spectra|transcription|mrna|plasmid|allele|genom\w+|mutant|mutations?|wavefunction|relativistic|redshift|lagrangian|exoplanets?|orbital|titrat\w+|mol|peptide|receptor|in vitro)\b/i;
const abstractNumbers =
  /\b(?:integers?|polynomials?|real numbers?|prime (?:numbers?|factor)|divisible|remainder when|consecutive|arithmetic sequence|geometric (?:sequence|series)|parabola|hypotenuse|perimeter|circumference|coordinates?|vertices|vertex|greatest common|least common|f\(x\)|degrees in)\b/i;
const mathematical =
  /\b(?:integers?|polynomial|equation|triangle|rectangle|circle|radius|perimeter|prime|divisible|remainder|probability|derivative|integral|logarithm|matrix|vector|slope|parabola|factorial|modulo|digits?|sequence|sum of|product of|greatest common|least common|fraction|decimal|square root|coordinates?|angle|degrees|median)\b/i;
const asksForNumber =
  /\bhow (?:many|much|long|far|old|tall|fast|often)\b|\bwhat (?:is|was|are|will be|percent\w*|fraction)\b[^?]*\b(?:total|cost|price|age|average|sum|number|profit|amount|percent\w*|distance|weight|difference)\b|\b(?:calculate|find|determine)\b/i;
const storyPronoun = /\b(?:he|she|they|his|her|their)\b/i;
const questionWord = /\b(?:who|what|when|where|which|whose|whom|how|why)\b/i;
const tooling =
  /\b(?:docker\w*|bash|shell|command line|yaml|nginx|kubernetes|kubectl|git|webpack|terraform|systemd|cron|npm|gitignore|eslint|chmod|github actions|tsconfig|linux|ssh|powershell|cmake|gradle|maven|pip install|pnpm|homebrew|ansible|helm chart)\b/i;
/** Said to an editor, mostly without a full stop. */
const command =
  /^(?:please )?(?:add|make|change|create|update|remove|delete|rename|move|use|show|list|install|set|review|improve|clean)\b/i;
const prose =
  /\b(?:essay|story|poem|letter|e-?mail|blog|article|speech|tweet|message|announcement|slogan|song|paragraph)\b/i;
const spatialClue = /\b(?:left|right|next to|between|each|exactly|neither|either|not)\b/i;
const truthTeller =
  /\b(?:tells? the truth|lies|lying|knights? and knaves|who is (?:taller|older)|each (?:person|of them) has a different)\b/i;

/** At its beginning: in words, not in code. In a few other languages too, since names of programming are the same in all. */
const asksForWords =
  /^(?:(?:explain|what|why|when|describe)\b|¿?(?:was|warum|wann|erkl[äa]re?|beschreibe?|qu[ée]|explica|qu['’]est-ce|pourquoi|explique[rz]?|cos['’]è|perché|spiega)(?=\s))/i;

/** The first rule that holds names the kind: from what is plain to see to what is left. */
const rules: readonly TaskRule[] = [
  ...codeRules,
  ['command-or-configuration', ({ text }) => tooling.test(text)],
  [
    'rewrite',
    ({ text }) =>
      /\b(?:translate|rewrite|rephrase|paraphrase|summari[sz]e|shorten|proofread)\b/i.test(
        text.slice(0, 200),
      ),
  ],
  [
    'write-prose',
    ({ text }) => /\b(?:write|compose|draft|give me)\b/i.test(text) && prose.test(text.slice(0, 200)),
  ],
  ['explain-code', (s) => isAboutProgramming(s) && asksForWords.test(s.text)],
  ['write-code', isAboutProgramming],
  [
    'constrained-text',
    (s) => s.commas >= 4 && s.words / (s.commas + 1) <= 2.2 && s.sentences <= 1 && !s.endsWithQuestionMark,
  ],
  ['logic-puzzle', (s) => s.listItems >= 3 && s.endsWithQuestionMark && spatialClue.test(s.text)],
  ['logic-puzzle', (s) => s.words > 20 && truthTeller.test(s.text)],
  ['multiple-choice', (s) => s.options >= 3 || /\b(?:options|choices)\s*:/i.test(s.text)],
  ['technical-science', (s) => s.words >= 12 && technical.test(s.text)],
  ['mathematics', (s) => s.formula],
  ['mathematics', (s) => s.words <= 60 && abstractNumbers.test(s.text) && !storyPronoun.test(s.text)],
  ['word-problem', (s) => isStoryWithNumbers(s)],
  ['mathematics', (s) => mathematical.test(s.text) && (s.digits01 > 0.01 || s.words < 40)],
  ['long-question', (s) => s.words >= 110 && scientific.test(s.text)],
  ['question-over-text', (s) => s.words >= 110],
  [
    'word-problem',
    (s) => s.words >= 12 && s.numbers >= 2 && asksForNumber.test(s.text) && !scientific.test(s.text),
  ],
  ['unfinished-sentence', (s) => s.gap],
  ['long-question', (s) => s.words >= 40],
  ['instruction', (s) => !s.endsWithPunctuation && command.test(s.text)],
  [
    'search-phrase',
    (s) =>
      s.startsSmall && !s.endsWithPunctuation && (s.words <= 9 || questionWord.test(s.text.slice(0, 25))),
  ],
  ['unfinished-sentence', (s) => !s.endsWithPunctuation],
  ['science-question', (s) => scientific.test(s.text)],
  ['fact-question', (s) => s.names01 >= 0.12 && s.endsWithQuestionMark],
  ['everyday-question', (s) => s.endsWithQuestionMark || questionWord.test(s.text)],
];

export function taskKindOf(shape: TextShape): TaskKind {
  if (shape.words === 0) return 'instruction';
  return rules.find(([, holds]) => holds(shape))?.[0] ?? 'instruction';
}

function isStoryWithNumbers(s: TextShape): boolean {
  if (s.sentences < 2 || scientific.test(s.text)) return false;
  if (s.numbers >= 2 && s.words >= 18 && asksForNumber.test(s.text)) return true;
  return s.numbers >= 3 && s.digits01 > 0.008 && s.words >= 25 && s.words <= 140 && s.endsWithQuestionMark;
}
