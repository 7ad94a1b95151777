/** Keys that are known by how they begin, as their vendors document them (or as they are seen in their consoles). */
export interface VendorKey {
  /** Whose. A name, the same in every language. */
  readonly of: string;
  readonly prefixes: readonly string[];
  /**
   * What follows, tried at one place (sticky). What it ends in has no upper bound, or nothing behind it: a try that
   * fails has read at most some hundred characters.
   */
  readonly body: RegExp;
  /** Begins as other things do too: the rest must look random. */
  readonly vague?: true;
}

/** Letters and digits; the same with "_" and "-"; hexadecimal digits in lower case: at least so many. */
const alnum = (least: number): RegExp => new RegExp(`[A-Za-z0-9]{${String(least)},}`, 'y');
const url = (least: number): RegExp => new RegExp(`[A-Za-z0-9_-]{${String(least)},}`, 'y');
const hex = (least: number): RegExp => new RegExp(`[0-9a-f]{${String(least)},}`, 'y');
/** Exactly so many, and no letter or digit behind. */
const exactly = (set: string, count: number): RegExp =>
  new RegExp(`[${set}]{${String(count)}}(?![A-Za-z0-9_-])`, 'y');

const key = (of: string, prefixes: string, body: RegExp): VendorKey => ({
  of,
  prefixes: prefixes.split(' '),
  body,
});
const vague = (of: string, prefixes: string, body: RegExp): VendorKey => ({
  ...key(of, prefixes, body),
  vague: true,
});

/** Of two that fit the earlier one is named. */
export const vendorKeys: readonly VendorKey[] = [
  // Models.
  key('Anthropic', 'sk-ant-', url(20)),
  key('OpenRouter', 'sk-or-v1- sk-or-', url(20)),
  key('Langfuse', 'sk-lf-', url(20)),
  key('OpenAI', 'sk-proj- sk-svcacct- sk-admin- sk-None-', url(20)),
  key('Perplexity', 'pplx-', alnum(30)),
  key('Groq', 'gsk_', alnum(30)),
  key('xAI', 'xai-', alnum(40)),
  key('Hugging Face', 'hf_ api_org_', alnum(30)),
  key('Replicate', 'r8_', alnum(30)),
  key('NVIDIA', 'nvapi-', url(40)),
  key('Together AI', 'tgp_v1_', url(30)),
  key('Cerebras', 'csk-', alnum(30)),
  key('Tavily', 'tvly-', url(20)),
  key('Firecrawl', 'fc-', exactly('0-9a-f', 32)),
  key('LangSmith', 'lsv2_pt_ lsv2_sk_ ls__', alnum(30)),
  key('Pinecone', 'pcsk_', url(30)),
  key('Jina AI', 'jina_', url(40)),
  key('RunPod', 'rpa_', alnum(30)),
  key('Anyscale', 'esecret_', alnum(20)),
  key('Weights & Biases', 'wandb_v1_', url(30)),
  vague('Voyage AI', 'pa-', url(40)),
  vague('Fireworks AI', 'fw_', alnum(20)),
  vague('ElevenLabs', 'sk_', exactly('0-9a-f', 48)),
  vague('Dify', 'app- dataset-', exactly('A-Za-z0-9', 24)),
  // Clouds.
  key('AWS', 'AKIA ASIA ABIA ACCA', exactly('A-Z0-9', 16)),
  key('AWS', 'ABSK', /[A-Za-z0-9+/]{80,}/y),
  key('Google', 'AIza', url(35)),
  key('Google', 'GOCSPX-', url(20)),
  key('Google', 'ya29.', url(30)),
  key('Google', '1//0', url(30)),
  key('Alibaba Cloud', 'LTAI', alnum(16)),
  key('Tencent Cloud', 'AKID', alnum(32)),
  key('Yandex Cloud', 'AQVN', url(35)),
  key('Yandex Cloud', 't1.9eu', /[A-Za-z0-9_=-]{20,}\.[A-Za-z0-9_=-]{20,}/y),
  key('DigitalOcean', 'dop_v1_ doo_v1_ dor_v1_', hex(40)),
  key('Cloudflare', 'cfk_ cfut_ cfat_', url(30)),
  key('Cloudflare', 'v1.0-', /[0-9a-f]{16,}-[0-9a-f]{100,}/y),
  key('Backblaze', 'K001 K002 K003 K004 K005', exactly('A-Za-z0-9+/', 27)),
  key('Databricks', 'dapi', /[0-9a-f]{32}(?:-[0-9])?(?![A-Za-z0-9])/y),
  key('Databricks', 'dose', exactly('0-9a-f', 32)),
  key('Heroku', 'HRKU-', url(30)),
  key('Fly.io', 'fm1_ fm2_ fo1_ fm1r_', /[A-Za-z0-9+/=_-]{30,}/y),
  key('Netlify', 'nfp_ nfc_ nfo_ nfb_ nfu_', alnum(30)),
  key('Vercel', 'vcp_ vci_ vca_ vcr_ vck_ vercel_blob_rw_', url(20)),
  key('Supabase', 'sbp_ sbp_oauth_', hex(40)),
  key('Supabase', 'sb_secret_', url(20)),
  key('PlanetScale', 'pscale_tkn_ pscale_pw_ pscale_oauth_', /[A-Za-z0-9_.=-]{30,}/y),
  key('Neon', 'napi_', alnum(40)),
  key('Akamai', 'akab-', /[a-z0-9]{16}-[a-z0-9]{16}/y),
  key('Fauna', 'fnA', exactly('A-Za-z0-9_-', 37)),
  key('Scaleway', 'SCW', exactly('A-Z0-9', 17)),
  key('Tailscale', 'tskey-', url(15)),
  key('Pulumi', 'pul-', hex(40)),
  key('Doppler', 'dp.pt. dp.ct. dp.sa. dp.said. dp.scim. dp.audit.', alnum(38)),
  key('Doppler', 'dp.st.', /(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{38,}/y),
  key('HashiCorp Vault', 'hvs. hvb. hvr.', url(24)),
  vague('HashiCorp Vault', 's. b. r.', exactly('A-Za-z0-9', 24)),
  key('Infracost', 'ico-', exactly('A-Za-z0-9', 32)),
  key('Prefect', 'pnu_ pnb_', alnum(36)),
  key('Upstash', 'AX', /[A-Za-z0-9]{2}AA[A-Za-z0-9_=-]{40,}/y),
  key('OpenShift', 'sha256~', url(40)),
  key('1Password', 'ops_eyJ', /[A-Za-z0-9+/=_-]{40,}/y),
  key('age', 'AGE-SECRET-KEY-1', /[0-9A-Z]{40,}/y),
  // Code, packages and builds.
  key('GitHub', 'ghp_ gho_ ghu_ ghs_ ghr_', alnum(30)),
  key('GitHub', 'github_pat_', /[A-Za-z0-9_]{30,}/y),
  key(
    'GitLab',
    'glpat- gloas- gldt- glrt- glrtr- glcbt- glptt- glft- glimt- glagent- glsoat- glffct- glwt- GR1348941',
    /[A-Za-z0-9_.-]{20,}/y,
  ),
  key('Bitbucket', 'ATBB BBDC-', /[A-Za-z0-9+/_=-]{20,}/y),
  key('Atlassian', 'ATATT3 ATCTT3 ATSTT3', /[A-Za-z0-9_=+/.-]{30,}/y),
  key('npm', 'npm_', alnum(30)),
  key('PyPI', 'pypi-', url(40)),
  key('RubyGems', 'rubygems_', hex(40)),
  key('crates.io', 'cio', exactly('A-Za-z0-9', 32)),
  key('NuGet', 'oy2', exactly('a-z0-9', 43)),
  key('Clojars', 'CLOJARS_', hex(50)),
  key('Docker', 'dckr_pat_ dckr_oat_', url(20)),
  key('JFrog', 'AKCp', alnum(60)),
  key('JFrog', 'cmVmdGtu', alnum(50)),
  key('SonarQube', 'sqp_ squ_ sqa_', hex(36)),
  key('Sourcegraph', 'sgp_ slk_', /[0-9a-f_]{32,}/y),
  key('CircleCI', 'CCIPAT_ CCIPRJ_', /[A-Za-z0-9]{16,}_[0-9a-f]{36,}/y),
  key('Buildkite', 'bkua_ bkaj_ bkct_', alnum(30)),
  key('Postman', 'PMAK-', /[0-9a-f]{20,}-[0-9a-f]{30,}/y),
  key('Octopus Deploy', 'API-', exactly('A-Z0-9', 26)),
  key('Harness', 'pat. sat.', /[A-Za-z0-9_-]{20,24}\.[0-9a-f]{20,}\.[A-Za-z0-9]{16,}/y),
  key('Terraform Cloud', '.atlasv1.', url(60)),
  key('Snyk', 'snyk_uat. snyk_sat.', /[0-9a-f]{8}\.[A-Za-z0-9_.-]{20,}/y),
  key('Figma', 'figd_ figo_ figu_ figur_ figdr_', url(30)),
  key('ReadMe', 'rdme_', alnum(60)),
  // Talk and work.
  key(
    'Slack',
    'xoxb- xoxp- xoxa- xoxe- xoxo- xoxr- xoxs- xoxd- xoxc- xoxe.xoxb- xoxe.xoxp-',
    /[A-Za-z0-9%-]{14,}/y,
  ),
  key('Slack', 'xapp-', /[0-9]-[A-Za-z0-9-]{20,}/y),
  key('Slack', 'hooks.slack.com/', /(?:services|workflows|triggers)\/[A-Z0-9]{5,20}\/[A-Za-z0-9/]{15,}/y),
  key(
    'Discord',
    'discord.com/api/webhooks/ discordapp.com/api/webhooks/',
    /[0-9]{17,20}\/[A-Za-z0-9_-]{40,}/y,
  ),
  key('Microsoft Teams', 'webhook.office.com/webhookb2/', /[0-9a-f@-]{60,}\/IncomingWebhook\/[0-9a-f]{30,}/y),
  key(
    'Google Chat',
    'chat.googleapis.com/v1/spaces/',
    /[A-Za-z0-9_-]{5,40}\/messages\?key=[A-Za-z0-9_-]{30,}/y,
  ),
  key('Zapier', 'hooks.zapier.com/hooks/catch/', /[0-9]{4,12}\/[a-z0-9]{6,}/y),
  key('Matrix', 'syt_ mct_ mcr_', /[A-Za-z0-9]{4,}_[A-Za-z0-9]{10,}/y),
  key('Linear', 'lin_api_ lin_oauth_ lin_wh_', alnum(30)),
  key('Notion', 'ntn_', alnum(40)),
  key('Notion', 'secret_', exactly('A-Za-z0-9', 43)),
  key('Asana', '1/ 2/', /[0-9]{13,20}(?:\/[0-9]{13,20})?:[0-9a-f]{32}/y),
  key('Airtable', 'pat', /[A-Za-z0-9]{14}\.[0-9a-f]{64}/y),
  key('ClickUp', 'pk_', /[0-9]{5,12}_[A-Z0-9]{30,}/y),
  key('Typeform', 'tfp_', /[A-Za-z0-9_.=-]{40,}/y),
  key('Dropbox', 'sl.', url(60)),
  key('HubSpot', 'pat-na1- pat-na2- pat-eu1-', /[0-9a-f]{8}-[0-9a-f-]{27}/y),
  key('Frame.io', 'fio-u-', url(40)),
  key('Contentful', 'CFPAT-', url(40)),
  key('Sanity', 'sk', exactly('A-Za-z0-9', 178)),
  // Mail and messages.
  key('SendGrid', 'SG.', /[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/y),
  key('Mailgun', 'key-', exactly('0-9a-f', 32)),
  key('Brevo', 'xkeysib- xsmtpsib-', hex(40)),
  key('Twilio', 'SK', exactly('0-9a-f', 32)),
  vague('Resend', 're_', /[A-Za-z0-9]{6,}_[A-Za-z0-9]{16,}/y),
  // Money and shops.
  key('Stripe', 'sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_ sk_org_', alnum(16)),
  key('Stripe', 'whsec_', /[A-Za-z0-9+/]{24,}/y),
  key('Shopify', 'shpat_ shpca_ shppa_ shpss_ shptka_ shpua_', alnum(30)),
  key('Square', 'sq0atp- sq0csp-', url(20)),
  key('Square', 'EAAA', /[A-Za-z0-9_-]{60}(?![A-Za-z0-9_-])/y),
  key('PayPal', 'access_token$production$ access_token$sandbox$', /[a-z0-9]{10,}\$[0-9a-f]{30,}/y),
  key('Plaid', 'access-production- access-sandbox- access-development-', /[0-9a-f]{8}-[0-9a-f-]{27}/y),
  key('Flutterwave', 'FLWSECK-', url(20)),
  key('Flutterwave', 'FLWSECK_TEST-', url(20)),
  key('Razorpay', 'rzp_live_', exactly('A-Za-z0-9', 14)),
  key('Paddle', 'pdl_live_apikey_ pdl_sdbx_apikey_ pdl_ntfset_', /[A-Za-z0-9_/+]{30,}/y),
  key('Duffel', 'duffel_live_ duffel_test_', url(30)),
  key('EasyPost', 'EZAK EZTK', exactly('A-Za-z0-9', 54)),
  key('Shippo', 'shippo_live_ shippo_test_', hex(32)),
  key('Lob', 'live_', exactly('0-9a-f', 35)),
  // Watching.
  key('Grafana', 'glsa_', /[A-Za-z0-9]{30,}_[0-9a-f]{8}/y),
  key('Grafana', 'glc_', /[A-Za-z0-9+/=]{30,}/y),
  key('Grafana', 'eyJrIjoi', /[A-Za-z0-9]{40,}={0,2}/y),
  key('New Relic', 'NRAK- NRAA- NRRA-', alnum(20)),
  key('New Relic', 'NRII-', url(30)),
  key('Sentry', 'sntrys_ sntryu_ sntryr_ sntrya_', /[A-Za-z0-9+/=_]{40,}/y),
  key('Dynatrace', 'dt0c01. dt0s16. dt0s01.', /[A-Z0-9]{24}\.[A-Z0-9]{60,}/y),
  key('PostHog', 'phx_ phs_', alnum(30)),
  key('Honeycomb', 'hcaik_ hcaic_ hcxik_ hcamk_', alnum(50)),
  key('LaunchDarkly', 'api- sdk-', /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f-]{17}(?![A-Za-z0-9-])/y),
  key('Mapbox', 'sk.eyJ', /[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/y),
  key('Mixpanel', 'mp_secret_', alnum(20)),
  key('Adafruit', 'aio_', exactly('A-Za-z0-9', 28)),
  key('Apify', 'apify_api_', alnum(30)),
  key('Meta', 'EAAG EAAB EAAC EAAD EAAF EAAJ', alnum(80)),
  key('X', 'AAAAAAAAAAAAAAAAAAAAA', /[A-Za-z0-9%]{60,}/y),
  key('Brave', 'BSA', exactly('A-Za-z0-9_-', 27)),
  key('Azure', 'AccountKey=', /[A-Za-z0-9+/]{80,}={0,2}/y),
  // OpenAI's older ones, and those of the many that do as it does.
  vague('OpenAI', 'sk-', url(20)),
];

/** Those whose beginning varies. Each quantifier is bounded, and followed by what it can't take. */
export const vendorShapes: readonly { readonly of: string; readonly pattern: RegExp }[] = [
  { of: 'Telegram', pattern: /(?<![0-9A-Za-z])(?:bot)?[0-9]{8,10}:AA[A-Za-z0-9_-]{32,33}(?![A-Za-z0-9_-])/g },
  {
    of: 'Discord',
    pattern: /(?<![\w-])[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}(?![\w-])/g,
  },
  {
    of: 'Azure',
    pattern: /(?<![A-Za-z0-9])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])/g,
  },
  { of: 'Azure', pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/g },
  { of: 'Azure', pattern: /(?<=[?&;]sig=)[A-Za-z0-9%+/]{43,100}(?:%3[dD]|=)/g },
  { of: 'Mailchimp', pattern: /(?<![0-9A-Za-z])[0-9a-f]{32}-us[0-9]{1,2}(?![0-9A-Za-z])/g },
  { of: 'AWS', pattern: /(?<=X-Amz-Signature=)[0-9a-f]{64}/g },
  { of: 'Zhipu AI', pattern: /(?<![0-9A-Za-z])[0-9a-f]{32}\.[A-Za-z0-9]{16}(?![0-9A-Za-z.])/g },
];
