/**
 * How an answer ended. `whole`: as the model meant it to; `cut`: at a limit of its length; `filtered`: by a filter;
 * `refused`: the model would not answer; `tool-calls`: to have tools called; `broken`: broken off or given up by its
 * server, or by a model that wrote nonsense.
 */
export type Ending = 'whole' | 'cut' | 'filtered' | 'refused' | 'tool-calls' | 'broken';

/** The first row that the words fit decides: failures before limits, and what is whole comes last. */
const endings: readonly (readonly [RegExp, Ending])[] = [
  [/malformed|unexpected|invalid|too_many_tool|missing_thought|rate_?limit|quota/, 'broken'],
  [
    /safety|unsafe|filter|moderat|prohibit|block|blacklist|recitation|spii|sensitive|guardrail|policy|violat|armou?r|jailbreak|toxic|harm|copyright/,
    'filtered',
  ],
  [/refus|reject|declin/, 'refused'],
  [/length|limit|max_?(output|completion|new)?_?tokens?|^max|context|truncated|token_?budget/, 'cut'],
  [
    /error|fail|insufficient|network|unavailable|overload|time_?d?_?out|abort|cancel|interrupt|disconnect|crash|exhaust|resource|load|kill|evict|preempt|pause|repetition|language|other$|unspecified|incomplete|in_progress|queued/,
    'broken',
  ],
  [/tool|function|action/, 'tool-calls'],
];

/** How an answer ended by its server's word for it, read by its sense; undefined: it says nothing. */
export function endingOf(word: string): Ending | undefined {
  const plain = word
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  if (/^(null|none|undefined|false|0)?$/.test(plain)) return undefined;
  return endings.find(([words]) => words.test(plain))?.[1] ?? 'whole';
}
