import type { RefusalRow } from './refusal-row';
import { noticed } from './refusal-row';

/** What concerns one request, or the model that it names. */

/** A limit for a span of time is no limit of the request's length, whatever it counts. */
const spanOfTime =
  /per[ -](?:second|sec|minute|min|hour|day|month)\b|\/ ?(?:min|day|hour)\b|\b[TR]P[MDS]\b|\b(?:daily|hourly|monthly|weekly)\b|rate[ -]?limit|please wait|quota/i;

/** The model wrote what the server itself could not read: the next try may go well. */
export const brokenAnswers: readonly RefusalRow[] = [
  {
    id: 'broken-call-code',
    reason: 'malformed-stream',
    codes: [
      'tool_use_failed',
      'MALFORMED_FUNCTION_CALL',
      'malformed_tool_call',
      'MALFORMED_RESPONSE',
      'UNEXPECTED_TOOL_CALL',
      'json_validate_failed',
      'incomplete_generation',
    ],
  },
  {
    id: 'broken-call-words',
    reason: 'malformed-stream',
    words:
      /malformed[ _](?:function|tool)[ _]call|failed to (?:call a function|generate (?:json|a? ?(?:valid )?(?:tool|function)[ _-]?calls?))|failed_generation|(?:error|failed|failure|unable|could not) (?:to )?pars(?:e|ing) (?:the )?(?:model(?:['’]s)? )?(?:tool[ _-]?calls?|output|response|input at pos)|tool call validation failed|model (?:produced|generated|returned|output) (?:an? )?(?:invalid|malformed|unparsable) /i,
  },
];

export const lengthRefusals: readonly RefusalRow[] = [
  // Groq's code says "rate limit" of a request that is above the limit all by itself: waiting doesn't help.
  { id: 'length-413', reason: 'context-too-long', statuses: (status) => status === 413 },
  { id: 'length-above-limit', reason: 'context-too-long', codes: [noticed.requestedAboveLimit] },
  {
    id: 'length-request-too-large',
    reason: 'context-too-long',
    words:
      /\b(?:request|payload|body|entity)(?: body| payload| entity)? (?:is |was )?too (?:large|big)\b|\b(?:payload|body|request) size exceed|request body: length limit|expected maxLength: \d{5,}/i,
  },
  {
    id: 'length-code',
    reason: 'context-too-long',
    codes: [
      'context_length_exceeded',
      'context_window_exceeded',
      'ContextWindowExceededError',
      'model_context_window_exceeded',
      'max_context_length_exceeded',
      'model_max_prompt_tokens_exceeded',
      'exceed_context_size_error',
      'request_too_large',
      'tokens_limit_reached',
      'prompt_too_long',
      'input_too_long',
      'context_too_long',
      '1261',
    ],
  },
  {
    id: 'length-of-content',
    reason: 'context-too-long',
    codes: ['string_above_max_length'],
    words: /content|\binput\b|prompt|instructions|text/i,
    // The same code refuses a tool's name or a call's id.
    not: /\b(?:id|name|call_id|description)\b/i,
  },
  {
    id: 'length-too-long',
    reason: 'context-too-long',
    words:
      /\b(?:prompt|inputs?|messages?|conversation|context|query|chat history)\b (?:you submitted )?(?:tokens? )?(?:length |count |size )?(?:\([^)]{0,60}\) )?(?:is |are |was |were |has become )?too (?:long|large|big)|too many (?:input|prompt) tokens|too large for (?:the |this )?model|long[ -]context (?:beta|requests?)|shorter (?:prompt|input|conversation)/i,
    not: spanOfTime,
  },
  {
    id: 'length-exceeds-context',
    reason: 'context-too-long',
    words:
      /\b(?:exceed(?:s|ed|ing)?|overflows?|over|above|beyond|surpass(?:es|ed)?)\b.{0,80}\bcontext[ _-]?(?:length|window|size|limit)|context[ _-]?(?:length|window|size|limit)\b.{0,30}(?:exceed|overflow|is only|of only|reached|not enough|too small)|\bcontext\b.{0,12}\boverflow|reached (?:the |its )?(?:max(?:imum)? )?context\b|\bcontext (?:window |length )?is full|\bfits? (?:in|into|within) (?:the |this |its )?(?:model(?:['’]s)? )?(?:available |maximum )?context|context shift is disabled|compared to KV size|tokens of context\b|context_length_exceeded|ContextWindowExceeded/i,
    not: spanOfTime,
  },
  {
    id: 'length-maximum',
    reason: 'context-too-long',
    words:
      /max(?:imum)? (?:allowed |supported |total |model )*(?:context|prompt|input|sequence)(?: (?:length|size|window|tokens?))|\b(?:prompt|inputs?|messages|request|tokens?)\b.{0,60}\bexceed(?:s|ed)?\b.{0,60}(?:max(?:imum)? (?:number of |allowed |input |prompt )*(?:length|tokens)|token limit|tokens? allowed|configured limit|limit of \d)|\bexceed(?:s|ed)? the max(?:imum)? (?:number of )?(?:allowed |input |prompt )?tokens|(?:input|prompt|context|model) token limit (?:is |was |has been )?(?:exceeded|reached)|input (?:characters?|length|tokens?) limit is|exceeded model token limit|more than (?:the )?max(?:imum)? tokens allowed/i,
    // Of an answer too long this is said as well, but where the prompt's own tokens are told, they are the matter.
    not: new RegExp(
      `${spanOfTime.source}|output tokens(?!.{0,60}\\b(?:prompt|input|messages)\\b)|tokens you requested|image`,
      'i',
    ),
  },
  {
    id: 'length-longer-than',
    reason: 'context-too-long',
    words:
      /\b(?:longer|larger|greater|more|bigger) than (?:the |this |its |your )?(?:model(?:['’]s)? )?(?:max(?:imum)? |available |allowed |supported )*(?:context|prompt|input|sequence)\b/i,
    not: spanOfTime,
  },
  {
    id: 'length-two-numbers',
    reason: 'context-too-long',
    statuses: (status) => status !== 429,
    words:
      /\b(?:prompt|inputs?|request(?:ed)?|messages|conversation)\b.{0,40}?[\d,]{4,12} (?:\w{1,12} )?tokens?\b.{0,80}\b(?:context|limit|max(?:imum)?|window|only|at most)\b.{0,40}?\d{3}|\b(?:inputs?|prompt|context) tokens?\W{0,3}[\d,]{3,12} ?> ?(?:max(?:imum)? )?[\d,]{3}/i,
    not: new RegExp(
      `${spanOfTime.source}|output|completion|max_tokens|max_new|tokens you requested|images?\\b|tools?\\b|budget`,
      'i',
    ),
  },
  {
    id: 'length-range',
    reason: 'context-too-long',
    words:
      /range of input length|tokens \+ \W?max_new_tokens\W? must be|inputs?\W? must have (?:less|fewer) than|messages resulted in \d+ tokens|requested context (?:length|size)|trying to keep the first \d+ tokens|tokens to keep from the initial prompt|\bn_ctx\b|\bmax_seq_len\b|length of prompt/i,
  },
  {
    id: 'length-amount',
    reason: 'context-too-long',
    statuses: (status) => status !== 429,
    words:
      /\b(?:prompt|inputs?|messages?|conversation|context|tokens?)\b.{0,80}\b(?:exceed(?:s|ed)?|(?:longer|larger|greater|more) than|only (?:supports?|accepts?|allows?)|(?:over|above) the)\b.{0,60}?(?:\d{3,}|\bmax\w*|\blimit)|\bonly (?:supports?|accepts?|allows?) (?:up to )?[\d,]{3,} tokens/i,
    // The same is said of the answer's length, of pictures, and of tools.
    not: new RegExp(
      `${spanOfTime.source}|output|completion tokens|max_tokens|max_completion|max_new|tokens you requested|images?\\b(?! and)|tools?\\b|function|\\b(?:name|id)\\b|budget|bytes|\\bMB\\b`,
      'i',
    ),
  },
  {
    id: 'length-loose',
    reason: 'context-too-long',
    // Of a status 429 these words mean a limit of the minute.
    statuses: (status) => status !== 429,
    words:
      /too many tokens|(?:reduce|decrease|shorten) (?:the |your )?(?:length|size|number|input|prompt|conversation)(?: of (?:the |your )?(?:messages?|inputs?|prompt|tokens|conversation|context))?|(?:输入|提示|上下文|消息|prompt).{0,12}(?:超过|超出|过长|太长|超长|超限)|超(?:过|出).{0,10}(?:最大长度|上下文|长度限制)/i,
    not: new RegExp(`${spanOfTime.source}|number of (?:tools|functions|images)|每分钟|频率|并发`, 'i'),
  },
];

export const contentRefusals: readonly RefusalRow[] = [
  {
    id: 'content-code',
    reason: 'content-filter',
    codes: [
      noticed.moderated,
      'content_filter',
      'content_policy_violation',
      'ContentPolicyViolationError',
      'ResponsibleAIPolicyViolation',
      'image_content_policy_violation',
      'data_inspection_failed',
      'DataInspectionFailed',
      'sensitive_content',
      'content_moderation',
      'PROHIBITED_CONTENT',
      'RECITATION',
      'BLOCKLIST',
      'bio_policy',
      'cyber_policy',
      'invalid_prompt',
      '1301',
      'minimax 1026',
      'minimax 1027',
    ],
  },
  {
    id: 'content-words',
    reason: 'content-filter',
    words:
      /content[ _-](?:filter|management policy|moderation|safety)|content policy|ContentPolicyViolation|DataInspectionFailed|(?:inappropriate|unsafe|sensitive|harmful|prohibited|disallowed) (?:content|material|words)|(?:prompt|input|content|request|output|text|message|response)s?\b[^.]{0,30}\b(?:was|were|has been|been|is|are|got) (?:flagged|filtered|moderated)|violat(?:e|es|ed|ing|ion)\b.{0,50}\b(?:polic(?:y|ies)|guidelines|terms)|(?:usage|safety|content|acceptable use) (?:policy|guidelines) violation|content exists risk|considered high risk|(?:safety|moderation) (?:system|filter|check|reasons|settings)|blocked (?:due to|because of|by) (?:safety|content|prohibited|the content|our safety|guardrail)|(?:response|prompt|output|candidate)s? (?:was |were |is )?blocked|PROHIBITED_CONTENT|guardrails? (?:intervened|blocked|failed|violation|check)|\bnew_sensitive\b|敏感(?:内容|信息|词)|不安全|违规内容/i,
    not: /rate[ -]?limit|account\b[^.]{0,40}\bflagged/i,
  },
  // Portkey's own status for a guardrail that denied.
  { id: 'content-446', reason: 'content-filter', statuses: (status) => status === 446 },
];

/** Not with this endpoint, or not in this form: the model is there all the same. */
export const requestRefusals: readonly RefusalRow[] = [
  {
    id: 'no-endpoint-for-request',
    reason: 'invalid-request',
    words:
      /no (?:endpoints?|providers?|deployments?)\b[^.]{0,30}\bthat (?:support|can (?:handle|serve)|accept|offer)/i,
  },
  {
    id: 'tools-not-offered',
    reason: 'invalid-request',
    words:
      /(?:do(?:es)? not|doesn['’]t|don['’]t|cannot|can['’]t|no) (?:currently |yet |natively )?(?:support|accept|allow|take|offer|handle) (?:for )?(?:(?:parallel|native|the|any|ollama) )?(?:tools?|function)\b|\b(?:tools?|tool[ _-]?(?:use|calling|calls?|choice)|function[ _-]?call(?:s|ing)?)\b[^.]{0,50}\b(?:not (?:supported|available|enabled|allowed|offered|permitted)|unsupported|unavailable)|tool choice requires/i,
  },
  {
    id: 'images-not-taken',
    reason: 'invalid-request',
    words:
      /(?:do(?:es)? not|doesn['’]t|don['’]t|cannot|can['’]t|no) (?:currently |yet )?(?:support|accept|allow|take|process|handle|read) (?:\w+ )?(?:images?|vision|image_url|multi-?modal|pdfs?|audio|video|files?)\b|\b(?:images?|vision|image_url|image input|multi-?modal \w+)\b[^.]{0,50}\b(?:not (?:supported|available|enabled|allowed|accepted)|unsupported)|image_url is only supported|at most \d+ images?\b|required for image input|takes no images/i,
  },
  {
    id: 'history-not-taken',
    reason: 'invalid-request',
    words:
      /roles must alternate|system (?:message|role|prompt)s?\b[^.]{0,30}\b(?:must|not supported|only)|\bjinja\b|(?:error|failed|failure) (?:rendering|applying|to render|to apply)[^.]{0,30}(?:template|prompt)|chat template|only user(?:,| and) (?:assistant|system|model)/i,
  },
  {
    id: 'reasoning-not-offered',
    reason: 'invalid-request',
    words:
      /(?:do(?:es)? not|doesn['’]t) support (?:the )?(?:parameters?|thinking|reasoning|temperature|stream\w*|response_format|json|structured|top_p|logprobs)|unsupported (?:parameter|value|option|content type|message)|UnsupportedParams/i,
  },
];

export const modelRefusals: readonly RefusalRow[] = [
  {
    id: 'model-code',
    reason: 'not-found',
    codes: [
      'model_not_found',
      'ModelNotFound',
      'model_not_available',
      'model_not_supported',
      'unknown_model',
      'unavailable_model',
      'invalid_model',
      'DeploymentNotFound',
      'model_decommissioned',
      '1211',
    ],
  },
  {
    id: 'model-unknown',
    reason: 'not-found',
    words:
      /\b(?:unknown|invalid|unsupported|no such|nonexistent|unrecognized) model\b(?! (?:output|response|settings?|parameters?|options?|features?|call))|\bno model (?:named|called|with|found|matches|matching)|not a valid model|model (?:identifier|id|name) is (?:invalid|unknown|incorrect)|no models? (?:is |are )?(?:currently )?loaded|\bmodel\b.{0,120}\b(?:not (?:been )?(?:found|loaded|deployed|exist|available for|pulled|installed)|could not be found|does(?: not|n['’]t) exist|is not (?:available|served|recognized|supported)\b(?! (?:with|when|in|for|by this)))|unable to access model|not supported by any provider|not found for api version/i,
  },
  {
    id: 'model-not-served',
    reason: 'not-found',
    words:
      /\bmodel ["'`]?(?=[\w./:@-]*[\d/:-])[\w./:@-]+["'`]? (?:is )?(?:not (?:supported|available|allowed|enabled|valid)|unsupported|disabled)\b(?! (?:with|when|in|for|by|to)\b)|\bmodel\b.{0,80}\bnot supported (?:for|in|with|by|on) (?:the |this |your )?(?:format|api|endpoint|\S*chat|\S*completions?|method|account|organi[sz]ation|provider|server|platform)|\bmodel not allowed|there is no model\b|not in (?:the |our )?(?:list|set) of (?:\w+ ){0,2}models|^\W*model(?: id| name)? must be one of|supported (?:api )?models? (?:names? |ids? )?(?:are|is)\b|(?:could not|unable to|cannot|can['’]t|failed to) (?:find|locate|resolve|route to) (?:the |a |an |any |real |requested |specified )*model|\bmodel\b.{0,80}\b(?:could not be resolved|cannot be resolved|unable to find a provider|path \S+ is not valid)|could not route to|on-demand throughput|no available (?:channel|account|provider)s?\b.{0,30}\bmodel/i,
  },
  {
    id: 'model-in-chinese',
    reason: 'not-found',
    words:
      /模型.{0,60}(?:不存在|已下线|已停用|不可用|未找到|未开通|无可用渠道)|(?:不支持|未知|无效)的?模型|无可用渠道|没有可用的?渠道/,
  },
  {
    id: 'model-gone',
    reason: 'not-found',
    words:
      /\bmodels?\b.{0,120}\b(?:decommissioned|retired|discontinued|shut ?down|sunset|removed|has been deprecated|no longer (?:available|supported|served|offered|exists)|reached (?:its|the) end)/i,
  },
  {
    id: 'no-endpoint',
    reason: 'not-found',
    words: /no (?:allowed )?(?:endpoints?|providers?)\b[^.]{0,20}\b(?:found|available) for\b/i,
  },
  {
    id: 'address-unknown',
    reason: 'not-found',
    words:
      /unexpected endpoint|unknown (?:request )?(?:url|path|endpoint|route)|invalid url\b|\bcannot (?:post|get) \/|(?:route|path|endpoint|page|resource) (?:was )?not found|no (?:route|handler) (?:found|matches|matched)/i,
  },
  { id: 'not-found-code', reason: 'not-found', codes: ['not_found_error', 'NOT_FOUND', 'ResourceNotFound'] },
];
