import type { Lexicon } from './lexicon';

const it =
  '(?:it|this|that|which|(?:your|the)(?! (?:old|existing|current|original|previous)) [\\w-]+(?: [\\w-]+)?)';
const yours =
  '(?:it|this|that|(?:your|the) (?:code|function|script|query|regex|parser|answer|solution|version|test|output|result|command|snippet))';
const part =
  '(?:method|function|setting|option|flag|parameter|command|package|module|api|class|property|link|url|page|field|hook|attribute|keyword)';
const bad =
  '(?:wrong|incorrect|false|untrue|broken|nonsense|rubbish|garbage|useless|mistaken|obsolete|deprecated|outdated)';
const fails =
  '(?:fails?|failed|breaks|broke|crashe[sd]|hangs|throws|freezes|drops|dropped|deletes|deleted|ignores|ignored|overwrites|overwrote|loses)';

/** What may be said of an answer; one entry begins with it, for it is costly to prepare. */
const does =
  "(?:still |just |simply |obviously |also )?(?:doesn'?t|does not|didn'?t|did not|don'?t|won'?t) (?:even |really |actually |seem to )?(?:work|compile|run|build|match|parse|help|change|fix|solve|handle|pass|load|render|do|make|answer|cover|include|contain|keep|type ?check)";
const is =
  "(?:'s| is| was| are| looks| seems)(?: still| just| plain| totally| completely| simply| obviously| all| so)?";
const has =
  '(?:has|contains|had) (?:a |an |some |several |the same )?(?:bug|error|mistake|problem|issue|typo)s?';

export const english: Lexicon = {
  spaced: true,
  wrong: [
    `${it}(?: ${does}|${is} ${bad}| (?:now |still |just |then |also )?${fails}| ${has})`,
    "(?:still |also )?(?:doesn'?t|does not|didn'?t|did not|isn'?t|not) (?:even )?(?:seem right|look right|seem correct|look correct|work(?:ing)?|compil(?:e|ing)|run(?:ning)?|match(?:ing)?|do anything|help)$",
    "^(?:still )?(?:doesn'?t|does not|didn'?t|did not|won'?t) (?:even )?(?:work|compile|run|build|match|help|do anything|change anything)",
    "(?:isn'?t|is not|wasn'?t|was not|aren'?t|not|never) (?:quite |really |at all )?(?:what i (?:asked|wanted|want|meant|need|needed|said)|true|correct|right|even close|in the docs|an? (?:valid|real) \\w+)",
    `(?:i think|i'm (?:pretty|quite|fairly) sure|pretty sure|sorry)(?: that| but)? (?:it|this|that)(?:'s| is) ${bad}`,
    `\\S+ is (?:obviously |clearly |just |still )?(?:${bad}|an older|the old)`,
    'still (?:fails|failing|broken|crashes|crashing|nothing|wrong|not|the same|getting|get|gives?|shows?|using|returns?|throws|happens|happening|no (?:luck|difference|change|effect))',
    'why (?:are|do|did) you still',
    "why (?:doesn'?t|does not|isn'?t|didn'?t) (?:it|this|that) (?:work|compile|run)",
    'i (?:asked|said|told you|was asking)(?: you)? (?:for|to|about|not|in|with|per|explicitly|specifically)',
    '^(?:but )?i (?:said|asked for|meant|told you)(?! (?:earlier|before|above|that (?:we|our|my))) \\S+',
    '(?:as|like|than) i (?:asked|said|wanted|requested)',
    "i (?:didn'?t|did not|never) (?:ask|want|say|mean)",
    "you(?:'ve| have)? (?:forgot|forgotten|missed|omitted|left|ignored|misunderstood|misread|skipped|dropped|broke|removed|deleted|invented|hallucinated|made|messed|literally|only (?:gave|changed|did|fixed))",
    "you (?:didn'?t|did not|haven'?t|have not|keep|got (?:it|that|this) wrong|gave me|are (?:wrong|mistaken|repeating|making|lying)|aren'?t)",
    "you(?:'re| are) (?:wrong|mistaken|repeating|making|lying|confusing|hallucinating)",
    'did you even',
    '(?:the )?(?:exact(?:ly)? )?same (?:error|problem|issue|result|mistake|wrong)',
    '(?:no|any) (?:difference|effect|luck)$',
    'nothing (?:happens|happened|changes|changed)',
    "there(?:'s| is| are) no such|no such (?:setting|method|function|option|flag|api|command|property|package|thing)",
    `${part}s? (?:\\S+ )?(?:doesn'?t|does not|do not|don'?t) (?:even |actually )?exist|(?:doesn'?t|does not) exist (?:in|anymore|any more)`,
    'i (?:only |just |still )?(?:get|got|see) (?:an? |the )?(?:empty|blank|wrong|same|nothing)',
    'nothing (?:gets|is|was|works|shows|appears|comes)',
    '(?:bad|terrible|awful|useless|horrible) (?:answer|code|solution)|stop apologi[sz]ing',
    "(?:doesn'?t|does not|didn'?t) (?:seem|look) (?:right|correct|to work)",
    `(?:${yours}|^for .{1,40}) (?:gives|returns|prints|outputs|produces|shows) .{1,60} (?:instead of|rather than|should be|not|but)`,
    '(?:gives|returns|prints|outputs|produces) .{1,40} with your \\w+',
    '(?:it|this|that) (?:only|just) (?:works|shows|returns|matches|handles|prints|sorts|does)',
    "(?:that|this)(?:'s| is) only",
    "(?:makes?|that's|this is) (?:no sense|nonsense)",
    'try again|(?:my|the) (?:question|prompt|message) again',
    'made (?:that|this|it|\\w+ (?:method|function|option|api)) up|you made up',
    'the other way (?:a?round)|in the wrong \\w+|wrong (?:order|way|direction|file|language|line|version) (?:again|still|now)',
    'tried (?:it|that|this).{0,20} (?:no|nothing|same|still)',
  ],
  wrongFirst: [
    '(?:lol |ehm |um |hmm |well |sorry )?(?:nope|wrong|incorrect|false|not true|not quite|not correct|rubbish|nonsense)(?=$|[,.!:;])',
    "(?:lol |but |hmm )?no (?:you|that|it|this|i|i'm|it's|that's|the|still|not|there|\\d\\S*)(?! (?:fine|all|ok|okay|enough|need|don'?t need))",
    '(?:hm+ |um |wait |eh |and )?(?:are you (?:sure|serious|kidding)|you sure)',
    'wrong again|lol no',
    'wrong (?:order|way|direction|file|language|line|version|result|answer|output)$',
    '👎',
  ],
  notWrong: [
    "(?:that's |it's |is |isn'?t |it isn'?t )?(?:not|isn'?t|nothing|n't|never) (?:really |actually |exactly )?(?:wrong|incorrect|broken|bad|a problem)",
    'no (?:problem|worries|issue|rush|need|thanks|longer \\w+|more \\w+)|no errors?(?: any ?more)?|no \\w+ any ?more',
    'wrong with|nothing wrong',
    "(?:doesn'?t|does not|don'?t) (?:matter|need|have to)",
  ],
  asks: [
    "(?:ok |okay |and |so |then |now |but |also |please |hey )*(?:how|what|what's|which|where|when|who|can|could|would|will|is|are|does|do|did|should|may|might|have|has|add|make|change|write|show|mention|explain|use|put|give|let's|let me|rename|convert|include|handle|test|check|log|print|return|remove|move|create|implement|rewrite|refactor|generate|limit|validate|set|help|tell|note|document|keep|i want|i need|i'd like|i would like|we need)",
  ],
  supposes: [
    'if(?! (?:i|you) )|that(?= the)|when(?! (?:i|you) )|whenever|in case|case where|unless|until|whether|how|what|mention|mentions|say that|saying|says|tell|tells|should|could|would|might|must|may|suppose|assume|for (?:users|people|those)|the (?:users?|ones?|rows?|requests?) (?:that|who)|complain\\w*|report\\w*|because',
  ],
  thanks: [
    '(?:thanks?|thank (?:you|u))(?! in advance)|thx|tnx|thanx|ty|tysm|cheers|(?:much|really) appreciated|(?:i )?appreciate it|i appreciate',
  ],
  praise: [
    "(?:(?:that's|this is|it's|that is|looks|simply|just|absolutely|pretty|very|really|so|a) )*(?:perfect|great|awesome|nice|cool|excellent|brilliant|amazing|lovely|wonderful|fantastic|beautiful|sweet|neat|superb|super|good|well done|exactly|spot on|impressive|helpful|clear|good enough|great|correct)(?: (?:one|job|work|stuff|bot|answer|explanation|solution|enough|thing))?(?: (?:exactly )?what i (?:needed|wanted|was looking for))?",
    'exactly what i (?:needed|wanted|was looking for)|just what i (?:needed|wanted)',
    "love it|(?:oh |ah )?(?:you(?:'re| are) (?:a |so )?(?:right|lifesaver|the best|(?:a )?genius|awesome|amazing))|wow|yay",
    '👍|🎉|❤️?|🙏|💯|🚀|🙌|👌',
  ],
  works: [
    '(?:it|that|this|everything|all|code)(?: now| finally| also| still| all)? (?:works|worked|is working|compiles|passes|runs|solved|fixed|did)(?! (?:only|for|with|if|when|but|until|except|just))',
    '^(?:now |finally )?(?:works|worked|working|fixed|solved)(?: now| fine| great| perfectly| well| like a charm| for me)?(?=$|[,.!])',
    'did the trick|makes sense|got it|^(?:ah |ok |oh )?i see|(?:problem|issue) solved|(?:is|are|all) (?:fixed|green|passing)|that was (?:it|the problem)|understood|now i (?:get|understand)|no longer \\w+ing|no errors? any ?more',
    "that (?:helps|helped)|down to \\d+|(?:is|it's) (?:so )?much (?:clearer|faster|better)",
  ],
  but: ['but|however|though|although|except|unfortunately|only'],
  wishes: [
    "i(?:'d| would| want| need|'ll| will| prefer| rather| think| have| was)|we|could|can|please|maybe|let's|what|how|is|do|does|one",
  ],
  nowBad: ['(?:and )?now (?:it|everything|nothing|all|the \\w+|my \\w+|there|i get|i have|half|we have)'],
  again: [
    "again:?|once more|let me rephrase|to rephrase|i repeat|repeating|my question (?:was|is)|the question (?:was|is)|i (?:asked|was asking) (?:what|how|why|which|where|when|whether|if)|i still (?:don'?t|do not) (?:understand|know|get)|in (?:simpler?|easier|plain|other) (?:words|terms)|simpler",
  ],
  other: [
    'another|other|one more|also|too|same but|instead|as well|additionally|next|this time|similar|second|third',
  ],
  common: [
    ...'a an the of to in for on at by with from and or so that this it is are was be do does did can could would you me my i we your please just give tell what how ok but then if as not no need want some any there which hey hi write now use add here them they these has have should into when where'.split(
      ' ',
    ),
  ],
};
