import type { Deployment, Pool } from '../../core/terms/deployment';

const perMillion = 1e-6;

/** Name, input and output price in USD per million tokens: pretended, with the spread that real pools have. */
const models: readonly (readonly [id: string, input: number, output: number])[] = [
  ['sim-swift', 0.15, 0.6],
  ['sim-middle', 1, 4],
  ['sim-strong', 3, 15],
];

/** What everything can be tried with where no provider is configured. */
export const simulatedPool: Pool = {
  name: 'simulated',
  simulated: true,
  deployments: models.map(([id, input, output]): Deployment => ({
    id,
    pool: 'simulated',
    provider: 'simulated',
    protocol: 'simulated',
    options: {},
    apiVersion: undefined,
    model: id,
    apiBase: 'simulated:',
    key: { kind: 'none' },
    price: { inputUsdPerToken: input * perMillion, outputUsdPerToken: output * perMillion },
    qualityPrior01: undefined,
    contextWindowTokens: undefined,
  })),
};
