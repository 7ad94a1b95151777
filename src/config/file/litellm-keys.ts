/** Keys of a LiteLLM proxy's config.yaml that have no effect in Conduit, by where they stand. */

export const proxySections: readonly string[] = [
  'agents',
  'assistant_settings',
  'callback_settings',
  'files_settings',
  'finetune_settings',
  'general_settings',
  'guardrails',
  'litellm_settings',
  'mcp_aliases',
  'mcp_servers',
  'pass_through_endpoints',
  'policies',
  'prompts',
  'router_settings',
  'search_tools',
  'vector_store_registry',
];

export const proxyModelKeys: readonly string[] = [
  'model_id',
  'tpm',
  'rpm',
  'guardrails',
  'model_group_alias',
];

/** Fields of the request's body, which Conduit sends where they stand under extra_body. */
export const bodyFields: readonly string[] = [
  'frequency_penalty',
  'logit_bias',
  'parallel_tool_calls',
  'presence_penalty',
  'response_format',
  'seed',
  'service_tier',
  'stop',
  'thinking',
  'top_k',
  'top_p',
  'user',
  'verbosity',
];

/** LiteLLM's time limits of one model; Conduit has one for all. */
export const timeoutFields: readonly string[] = ['timeout', 'stream_timeout', 'max_retries', 'num_retries'];

const proxyParams: readonly string[] = [
  'additional_drop_params',
  'allowed_openai_params',
  'auto_router_config',
  'azure_ad_token',
  'budget_duration',
  'cache_control_injection_points',
  'client_id',
  'client_secret',
  'complexity_router_config',
  'configurable_clientside_auth_params',
  'default_api_key_rpm_limit',
  'default_api_key_tpm_limit',
  'default_headers',
  'drop_params',
  'dynamic_rate_limit',
  'extra_headers',
  'fallbacks',
  'guardrails',
  'headers',
  'input_cost_per_second',
  'max_budget',
  'max_file_size_mb',
  'max_parallel_requests',
  'merge_reasoning_content_in_choices',
  'metadata',
  'mock_response',
  'model_info',
  'modify_params',
  'order',
  'organization',
  'output_cost_per_second',
  'region_name',
  'rpm',
  'tags',
  'tenant_id',
  'tools',
  'tpm',
  'use_in_pass_through',
  'use_litellm_proxy',
  'weight',
];

export function isProxyParam(key: string): boolean {
  return proxyParams.includes(key) || /^(aws|azure|vertex|watsonx|s3|gcs|litellm|cache_control)_/.test(key);
}

const proxyInfo: readonly string[] = [
  'access_groups',
  'access_via_team_ids',
  'created_at',
  'created_by',
  'db_model',
  'description',
  'direct_access',
  'disable_background_health_check',
  'health_check_model',
  'health_check_timeout',
  'health_check_voice',
  'key',
  'litellm_provider',
  'max_output_tokens',
  'max_tokens',
  'metadata',
  'output_vector_size',
  'rpm',
  'source',
  'supported_endpoints',
  'supported_environments',
  'supported_openai_params',
  'team_id',
  'team_public_model_name',
  'tier',
  'tpm',
  'updated_at',
  'updated_by',
];

export function isProxyInfo(key: string): boolean {
  return (
    proxyInfo.includes(key) || /^(supports|health_check)_|_cost_per_|_above_\d+k_tokens$|_cost$/.test(key)
  );
}
