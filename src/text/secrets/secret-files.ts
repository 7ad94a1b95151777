/** Files that hold secrets by what they are called, in lower case. */
const names: readonly RegExp[] = [
  /^\.env(?:[._-].+)?$|\.env$|^\.envrc$|^\.flaskenv$|^\.dev\.vars(?:\..+)?$|^env\.(?:local|prod|production|staging)$/,
  /\.(?:pem|key|p12|pfx|p8|jks|jceks|keystore|bks|kdbx?|ppk|ovpn|asc\.key|agekey|gpg|pkcs12|keychain(?:-db)?|wallet|mobileprovision|tfstate|tfvars|publishsettings|rdp|psafe3|agilekeychain|cscfg)$/,
  /\.(?:tfstate\.backup|auto\.tfvars|tfvars\.json|pkr\.vars)$|^terraform\.rc$|^\.terraformrc$/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?(?:[._-][\w-]+)?$|^(?:identity|.*_(?:rsa|ed25519|ecdsa|dsa))$|^ssh_host_\w+_key$/,
  /^\.?credentials(?:\.(?:json|ya?ml|toml|ini|csv|xml|db|enc|properties|cfg|conf|txt|tfrc\.json|yml\.enc))?$|^application_default_credentials\.json$|^(?:root|access)keys?\.csv$|^.*_(?:accesskeys|credentials)\.csv$/,
  /^(?:\.|_)netrc$|^\.(?:npmrc|yarnrc|pypirc|pgpass|htpasswd|git-credentials|dockercfg|my\.cnf|mylogin\.cnf|s3cfg|boto|esmtprc|msmtprc|fetchmailrc|remote-sync\.json|vault-token|terraform\.d|gem_credentials|pip\.conf|bash_history|zsh_history|psql_history|mysql_history|python_history|node_repl_history|sh_history|rediscli_history|cargo_credentials|databrickscfg|snowsql|kaggle\.json|passwd-s3fs|ftpconfig|lftprc|smbcredentials|mongorc\.js|dbshell|irb_history|tugboat|condarc\.local)$/,
  /^(?:pgpass\.conf|htpasswd|\.htdigest|shadow|passwd-|master\.passwd|sam|kubeconfig(?:\..+)?|.+\.kubeconfig|kube\.config|wp-config\.php|localsettings\.php|config\.inc\.php|database\.yml|secring\.gpg|keyring\.gpg|keystore\.properties|key\.properties|signing\.properties|local\.settings\.json|connectionstrings?\.config|filezilla\.xml|sitemanager\.xml|recentservers\.xml|winscp\.ini|passwords?(?:\.(?:txt|csv|tsv|json|ya?ml|xlsx?|md|ini|xml|toml|enc|db|docx?|odt|properties))?|passwoerter\.\w+|vault[._-]pass(?:word)?(?:\.txt)?|\.vault[._-]pass(?:word)?|master\.key|jenkins\.plugins\.publish_over_ssh\.bapsshpublisherplugin\.xml|credentials\.xml|hub|rclone\.conf|authinfo(?:\.gpg)?|\.authinfo(?:\.gpg)?|user\.keystore|ngrok\.ya?ml|logins\.json|key[34]\.db|login data|proftpdpasswd|kaggle\.json|gcloud-service-key\.json|gha-creds-.*\.json|\.dockerconfigjson|firebase-adminsdk.*\.json|.*-firebase-adminsdk-.*\.json)$/,
  /^\.?secrets?(?:[._-][\w.-]+)?\.(?:json|ya?ml|toml|ini|env|txt|properties|xml|conf|cfg|csv|enc|rb|tfvars|exs?|php|auto\.tfvars)$|^\.?secrets?$|^.+[._-]secrets?\.(?:json|ya?ml|toml|ini|env|txt|properties)$/,
  /^client_secrets?.*\.json$|^service[-_]?account.*\.json$|^.*-service-account.*\.json$|^token\.(?:json|pickle)$/,
];

/** Files whose folder says what they are. */
const paths: readonly RegExp[] = [
  /(?:^|\/)\.aws\/(?:credentials|config|sso\/cache\/.+|cli\/cache\/.+)$/,
  /(?:^|\/)\.(?:docker|podman)\/config\.json$|(?:^|\/)containers\/auth\.json$/,
  /(?:^|\/)\.kube\/(?:config|.+\.ya?ml)$|(?:^|\/)kubernetes\/admin\.conf$/,
  /(?:^|\/)\.ssh\/(?!known_hosts|authorized_keys|config$|.+\.pub$).+$/,
  /(?:^|\/)\.gnupg\/(?:private-keys-v1\.d\/.+|secring\.gpg)$/,
  /(?:^|\/)\.(?:azure|gcloud|config\/gcloud)\/(?:accesstokens\.json|azureprofile\.json|msal_token_cache\..+|.*credentials.*|access_tokens\.db|legacy_credentials\/.+)$/,
  /(?:^|\/)\.(?:config\/)?(?:gh|glab-cli|hub)\/(?:hosts|config)\.yml$|(?:^|\/)\.config\/hub$/,
  /(?:^|\/)\.(?:cargo|gem|m2|gradle|composer|nuget|bundle|pip|config\/pip)\/(?:credentials(?:\.toml)?|settings(?:-security)?\.xml|gradle\.properties|auth\.json|nuget\.config|config|pip\.conf)$/,
  /(?:^|\/)\.(?:config\/)?(?:doctl\/config\.yaml|rclone\/rclone\.conf|ngrok2?\/ngrok\.yml|netlify\/config\.json|heroku\/.+|fly\/config\.yml|vercel\/auth\.json|op\/config|databricks\/.+|kaggle\/kaggle\.json|huggingface\/token|wrangler\/config\/default\.toml|stripe\/config\.toml|composer\/auth\.json|pulumi\/credentials\.json|terraform\.d\/credentials\.tfrc\.json)$/,
  /(?:^|\/)(?:run\/)?secrets\/(?!.*\.(?:[jt]sx?|mts|cts|py|go|rs|java|kt|cs|rb|php|c|h|cpp|swift|md|mdx|rst|html|css|tf|vue|svelte|png|svg)$)[^/]+$/,
  /(?:^|\/)(?:etc\/(?:shadow|gshadow|sudoers|ppp\/(?:chap|pap)-secrets|wireguard\/.+\.conf|openvpn\/.+)|wireguard\/.+\.conf)$/,
  /(?:^|\/)auth\.json$/,
  /(?:^|\/)\.streamlit\/secrets\.toml$|(?:^|\/)\.bundle\/config$/,
];

/** Examples for others to fill in hold no secrets of their own; their text is still looked at. So is what is public. */
const harmless =
  /(?:^|[._-])(?:examples?|sample|template|tmpl|tpl|dist|schema|d)(?:$|[._-])|^\.env[._-]defaults?$|\.(?:pub|crt|cer)$|\.enc$|^public[._-]|[._-]pub(?:lic)?\./;

/** What stands behind the name of a copy. */
const backup = /(?:\.(?:bak|backup|old|orig|save|swp|copy)|~)$/;

/** Whether a file holds secrets by its name or its path ("folder/file", with slashes of either kind). */
export function isSecretFile(file: string): boolean {
  const path = file.replaceAll('\\', '/').toLowerCase();
  const name = path.slice(path.lastIndexOf('/') + 1).replace(backup, '');
  if (harmless.test(name)) return false;
  return names.some((pattern) => pattern.test(name)) || paths.some((pattern) => pattern.test(path));
}
