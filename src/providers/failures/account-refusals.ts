import type { RefusalRow } from './refusal-row';
import { noticed } from './refusal-row';

/** Money, keys and rights: what the account must have, in the order in which it is looked for. */

/** What the account has used up: no waiting of a few seconds helps. */
export const moneyRefusals: readonly RefusalRow[] = [
  {
    id: 'money-code',
    reason: 'quota',
    codes: [
      'insufficient_quota',
      'insufficient_balance',
      'insufficient_funds',
      'insufficient_credits',
      'billing_error',
      'billing_hard_limit_reached',
      'billing_not_active',
      'contract_spend_limit_reached',
      'enforced_spend_limit_reached',
      'spend_limit_exceeded',
      'spending_limit_reached',
      'budget_exceeded',
      'BudgetExceededError',
      'payment_required',
      'credits_exhausted',
      'CreditsError',
      'customer_verification_required',
      'usage_limit_reached',
      'quota_exceeded',
      'exceeded_current_quota_error',
      'Arrearage',
      'AllocationQuota.FreeTierOnly',
      '1113',
      '1308',
      'minimax 1008',
      'minimax 2056',
    ],
    // Cerebras and Google call a limit of the minute a quota.
    not: /per (?:second|minute)|rate[ -]?limit/i,
  },
  {
    id: 'balance',
    reason: 'quota',
    words:
      /insufficient[ _](?:account |wallet )?(?:balance|credit|fund|quota)|\b(?:credit|account|wallet|prepaid) balance\b|\b(?:balance|funds|wallet) (?:is |are |was )?(?:too low|not enough|insufficient|exhausted|depleted|empty|negative)|(?:\bnot|n['’]t) have (?:any|enough|sufficient) (?:\w+ )?(?:credits?|balance|funds|points)\b|(?:not enough|no|no more|no remaining|no available|out of) (?:credits?|balance|funds?)\b|positive (?:credit )?balance/i,
  },
  {
    id: 'credits',
    reason: 'quota',
    words:
      /credits? (?:have |has )?(?:been |are |is |was |were )?(?:all )?(?:used up|exhausted|depleted|expired|insufficient|consumed|ran out|run out)|(?:used|used up|exceeded|exhausted|spent|depleted|consumed|run out of|ran out of)(?: all| up)?(?: of)?(?: your| its| the| available| monthly| daily| included| free| prepaid| remaining)* (?:credits?\b|(?:free )?(?:allocation|allowance))|(?:more|additional|purchase|buy|add) (?:more )?credits?\b|credit limit|can only afford|valid credit card/i,
  },
  {
    id: 'spending-limit',
    reason: 'quota',
    words:
      /\b(?:spend(?:ing)?|cost)[ _-]?(?:limit|cap|threshold|budget)|(?:over|exceed\w*|reached|exhausted|max(?:imum)?)[ \w'’]{0,40} budget\b|\bbudget\b[ \w'’]{0,40}(?:exceeded|exhausted|reached|used up)|(?:billing|account)[ -](?:hard |soft )?(?:limit|cap)\b|\bkey limit exceeded/i,
    not: /thinking budget|budget_tokens|reasoning budget/i,
  },
  {
    id: 'usage-limit',
    reason: 'quota',
    words:
      /\busage[ -](?:limits?|cap|threshold|quota|allowance)\b[ \w'’]{0,40}(?:reached|exceeded|exhausted|used up|hit)|(?:reached|exceeded|hit|exhausted|used up)[ \w'’-]{0,40}\b(?:usage[ -](?:limits?|cap|threshold|quota|allowance)|monthly (?:limit|quota)|request allowance)/i,
    not: /per (?:second|minute)/i,
  },
  {
    id: 'unpaid',
    reason: 'quota',
    words:
      /payment[ _](?:is )?(?:required|overdue|failed|method|instrument)|\bcard (?:was |has been |has |is )?(?:declined|expired|required)|(?:past[ -]due|overdue|unpaid|outstanding) (?:invoice|balance|bill|payment)|past invoices|billing (?:account )?(?:is |has )?(?:not |been )*(?:active|enabled|disabled|inactive|suspended|configured|set up)|billing (?:to be )?enabled|enable billing|\b(?:recharge|top[ -]up)\b|subscription (?:has |is )?(?:expired|inactive|lapsed|required|cancell?ed)|plan (?:has )?expired|trial (?:period )?(?:has |is )?(?:expired|ended|over)|account (?:is |must be )?in (?:good standing|arrears)|free (?:tier|trial|quota)[ \w]{0,30}(?:exhausted|expired|ended|used up|over)/i,
  },
  {
    id: 'money-in-chinese',
    reason: 'quota',
    words:
      /余额(?:已)?(?:不足|用完|用尽|耗尽|为零)|欠费|请充值|额度(?:已)?(?:用完|用尽|不足|耗尽)|套餐已(?:到期|过期)|配额(?:已用|不足)/,
  },
];

/** The key itself is refused: another one is needed. */
export const keyRefusals: readonly RefusalRow[] = [
  {
    id: 'key-words',
    reason: 'refused-key',
    words:
      /(?:invalid|incorrect|wrong|bad|missing|expired|revoked|unknown|malformed|unrecognized|disabled|inactive|no|without an?)(?: or (?:missing|expired|invalid|revoked))? (?:provided )?(?:\w+[ -]){0,2}(?:x-)?(?:api|subscription|access|secret|proxy server|virtual)[ _-]?(?:key|token)\b|api[ _-]?key (?:you |have |provided |used |has |been |was |is |in |use ){0,4}(?:not valid|invalid|incorrect|wrong|expired|revoked|disabled|inactive|missing|does not exist|not (?:found|provided|recognized|set|active|exist)|required|reported as leaked|leaked|deleted|suspended)|your api key:? \S+ is (?:invalid|expired)|(?:provide|supply|specify|pass|include|set)\w* (?:an?|your|the)(?: valid)? api[ _-]?key\b|\b(?:this|your|the) key (?:has been|is|was) (?:disabled|revoked|expired|deleted|invalid)|API_KEY_INVALID|unregistered callers/i,
    // What a key may do is another thing than whether it is one.
    not: /does not have permission|not authorized to (?:use|access)/i,
  },
  {
    id: 'credentials',
    reason: 'refused-key',
    // That of a proxy isn't the provider's.
    statuses: (status) => status !== 407,
    words:
      /(?:invalid|bad|wrong|incorrect|missing|no|expired)(?: or (?:missing|expired|invalid))? (?:auth\w* |bearer or basic )?(?:credentials?|authentication|authorization|bearer token|auth token|username or password)\b|(?:auth|access|bearer|oauth|session|api|id) ?token (?:has |is |was )?(?:expired|invalid|revoked|missing|not valid)|\btoken (?:is |has |was )(?:been )?(?:expired|revoked)|authentication (?:fails|failed|failure|required|error)|(?:failed|unable|could not) to authenticate|authorization (?:failed|header)|not authenticated|could not validate credentials|security token included in the request is (?:invalid|expired)|request signature we calculated|^\W*signature (?:has )?expired|\bjwt\b.{0,20}\b(?:expired|invalid|malformed)|\blogin fail|please (?:log|sign) ?in\b|not logged in|身份验证失败|无效的(?:令牌|密钥|api ?key)|(?:令牌|密钥|api ?key) ?(?:已过期|错误|无效|不存在|已禁用)/i,
  },
  {
    id: 'token-words',
    reason: 'refused-key',
    // Elsewhere a token is a piece of the prompt.
    statuses: (status) => status === 401 || status === 403,
    words:
      /\b(?:invalid|expired|revoked|bad|unknown|missing) token\b|\btoken\b[^.]{0,40}\b(?:invalid|not valid)/i,
  },
];

/** The key is right, but the account, its place or a wall in front of the server refuses. */
export const accessRefusals: readonly RefusalRow[] = [
  {
    id: 'region-code',
    reason: 'no-access',
    codes: ['unsupported_country_region_territory', 'region_not_supported', 'unsupported_region'],
  },
  {
    id: 'region-words',
    reason: 'no-access',
    words:
      /\b(?:country|countries|regions?|territor(?:y|ies)|location|jurisdiction)\b[^.]{0,60}\b(?:not (?:yet )?(?:supported|available|allowed|served|permitted|eligible)|unsupported|restricted|blocked|prohibited)|(?:not (?:yet )?(?:supported|available|allowed|served|offered|permitted|accessible)|unsupported|unavailable|restricted|blocked|prohibited)(?: (?:in|from|for|to))?(?: your| this| the| current)? (?:countr|region|territor|location|jurisdiction)|(?:geo|embargo|sanction)[a-z-]* ?(?:block|restrict)/i,
  },
  {
    id: 'wall',
    reason: 'no-access',
    words:
      /just a moment\.\.\.|attention required|checking (?:if|your browser)|you have been blocked|verif(?:y|ying) (?:that )?you are (?:a )?human|enable javascript and cookies|cf-error|cloudflare ray id|error (?:code:? )?10(?:06|07|08|09|10|20)\b|the request could not be satisfied|bot (?:detection|protection|management)|captcha|web application firewall|incapsula|akamai/i,
    not: /rate[ -]?limit|content/i,
  },
  {
    id: 'network-rule',
    reason: 'no-access',
    words:
      /virtual network|firewall rule|\bip(?: address)?\b.{0,60}\b(?:not (?:allowed|authorized|permitted|whitelisted)|not [io]n (?:the |your |an? )?(?:allow|white)[ -]?list|blocked|denied|banned|restricted)|(?:blocked|denied)(?: \w+){0,2} ip\b|ip[ _-]?(?:allow|white)[ -]?list|check your network settings|request not allowed|blocked by (?:your |the |an? |network |security |company |corporate |it )*(?:organi[sz]ation|administrator|admin|proxy|firewall|policy|gateway)|public (?:network )?access is disabled/i,
    not: /content/i,
  },
  {
    id: 'page-of-a-wall',
    reason: 'no-access',
    statuses: (status) => status === 403 || status === 407 || status === 451,
    codes: [noticed.page],
  },
  {
    id: 'access-code',
    reason: 'no-access',
    codes: [
      'no_access',
      'account_deactivated',
      'account_suspended',
      'organization_disabled',
      'ip_not_authorized',
      'model_terms_required',
      'model_permission_blocked_org',
      'model_permission_blocked_project',
      'key_model_access_denied',
      'team_model_access_denied',
      'user_model_access_denied',
      'org_model_access_denied',
      'project_model_access_denied',
      'SERVICE_DISABLED',
      'API_KEY_SERVICE_BLOCKED',
      'CONSUMER_SUSPENDED',
      'CONSUMER_INVALID',
    ],
  },
  {
    id: 'access-to-a-model',
    reason: 'no-access',
    words:
      /(?:do(?:es)? not|doesn['’]t|don['’]t|has no|have no|no|without) (?:have )?(?:access|permission|authoriz\w+) (?:to|for) (?:the |this |that )?(?:specified |requested )?(?:model|resource|deployment|endpoint|feature|service)|(?:not|never) (?:allowed|authorized|permitted|entitled|eligible) to (?:access|use|call|sample from|invoke)|access to (?:the |this )?(?:model|\S+ models?)\b[^.]{0,40}(?:denied|restricted|not allowed|gated|required)|\bgated (?:repo|model)|must (?:be verified|accept|be granted)|requires? terms acceptance|only authorized for|\bmodel is gated|use case (?:details|form)|^\W*(?:\w+: )?operation not allowed\W*$|无权(?:限|使用|访问)|没有权限/i,
    not: /does not exist|doesn['’]t exist|not exist or/i,
  },
  {
    id: 'account-closed',
    reason: 'no-access',
    words:
      /(?:account|organi[sz]ation|project|workspace|team|user|tenant)\b[^.]{0,50}\b(?:disabled|deactivated|suspended|banned|terminated|closed|locked|frozen|not (?:active|activated))|(?:api|service) has not been used in project|(?:requests to this api|this api)[^.]{0,80}(?:blocked|disabled)|insufficient permissions?|sufficient permissions?|missing (?:scopes?|permissions?)|does not have permission|lacks? the required/i,
  },
  {
    id: 'data-policy',
    reason: 'no-access',
    words: /no (?:endpoints?|providers?)\b[^.]{0,40}\b(?:data policy|privacy|guardrail)/i,
  },
];

/** Codes for keys and rights; the words before them say it better, for several vendors have but one code for all. */
export const keyCodes: readonly RefusalRow[] = [
  {
    id: 'key-code',
    reason: 'refused-key',
    codes: [
      'invalid_api_key',
      'InvalidApiKey',
      'API_KEY_INVALID',
      'authentication_error',
      'invalid_authentication_error',
      'AuthenticationError',
      'auth_error',
      'token_not_found_in_db',
      'expired_key',
      'UNAUTHENTICATED',
      'unauthorized',
      'unauthorised',
      'invalid_token',
      'token_expired',
      'UnrecognizedClientException',
      'ExpiredTokenException',
      'InvalidSignatureException',
      'minimax 1004',
      'minimax 2049',
    ],
  },
  {
    id: 'permission-code',
    reason: 'no-access',
    codes: [
      'permission_error',
      'permission_denied',
      'PermissionDeniedError',
      'AccessDenied',
      'request_forbidden',
    ],
  },
];
