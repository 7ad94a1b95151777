import * as l10n from '@vscode/l10n';

/** What a new conduit.yaml says: how to write one, and nothing that has an effect yet. */
export const configurationTemplate =
  l10n.t(`# Conduit's models and how it routes between them. Saving this file applies it.
#
# Models with the same model_name form a pool: Conduit picks one of them for every prompt.
# Keys are never written here: name an environment variable, or leave api_key out and run
# "Conduit: Set API Key".
#
# Remove the "# " in front of these lines and adapt them:
#
# model_list:
#   - model_name: gpt                          # the pool
#     litellm_params:
#       model: openai/gpt-5.4-mini             # provider/model
#       api_key: os.environ/OPENAI_API_KEY
#     model_info:
#       id: gpt-5.4-mini                       # a name of your own, unique in this file
#   - model_name: gpt
#     litellm_params:
#       model: anthropic/claude-sonnet-5       # its key: run "Conduit: Set API Key"
#     model_info:
#       id: claude-sonnet
#   - model_name: gpt
#     litellm_params:
#       model: openai/llama3.2                 # any OpenAI-compatible server, here Ollama
#       api_base: http://127.0.0.1:11434/v1    # its address, with the version segment
#     model_info:
#       id: local-llama
#
# router:
#   preset: balanced                           # balanced, quality, cost or speed
#   switch_after: 100                          # requests of a pool in the UCB1 phase
#   priors: on                                 # off: nothing is taken from public figures of models
#   escalate: ask                              # off, or auto: another model goes on where an agent is stuck
#   daily_budget_usd: 2.00                     # Conduit asks before a day costs more
#   max_cost_per_request_usd: 0.25             # and before one request does
#   keep_prompts: false                        # true: the ledger keeps what you ask, to learn from it anew
#
# instructions: Answer briefly.                # goes before every conversation of Conduit's own views
#
# embedding_model: Xenova/all-MiniLM-L6-v2     # a sentence encoder on this machine; none: without one
`);
