/** LiteLLM writes `v1/` before a name to choose between two protocols of the vendor's own, of which this is neither. */
export function cohereName(written: string): string {
  return written.replace(/^v1\//, '');
}

/** LiteLLM's files may leave the account out: `gpt-oss-20b` is `accounts/fireworks/models/gpt-oss-20b`. */
export function fireworksName(written: string): string {
  return /^accounts\/|#/.test(written) ? written : `accounts/fireworks/models/${written}`;
}

/** LiteLLM writes `<provider>/<organization>/<model>`; the router wants `<organization>/<model>:<provider>`. */
export function huggingFaceName(written: string): string {
  const [provider = '', organization, model, ...others] = written.split('/');
  if (organization === undefined || model === undefined || others.length > 0 || model.includes(':'))
    return written;
  return `${organization}/${model}:${provider}`;
}
