/** A model of a test's conduit.yaml. */
export interface TestModel {
  readonly id: string;
  readonly provider: 'openai' | 'anthropic';
  readonly apiBase: string;
  /** USD per token, both ways. */
  readonly price?: number;
  readonly keyName?: string;
}

/** conduit.yaml with one pool named `gpt`. */
export function configurationOf(models: readonly TestModel[]): string {
  const lines = models.flatMap(({ id, provider, apiBase, price, keyName }) => [
    '  - model_name: gpt',
    '    litellm_params:',
    `      model: ${provider}/${id}`,
    `      api_base: ${apiBase}`,
    ...(keyName === undefined ? [] : [`      api_key: os.environ/${keyName}`]),
    '    model_info:',
    `      id: ${id}`,
    ...(price === undefined
      ? []
      : [`      input_cost_per_token: ${String(price)}`, `      output_cost_per_token: ${String(price)}`]),
  ]);
  return ['model_list:', ...lines, ''].join('\n');
}
