import type { z } from 'zod';
import type { Deployment, Pool } from '../core/pool/deployment';
import type { PresetName } from '../core/preset';
import type { PathSegment, Problem } from './problem';
import { mostProblems } from './problem';
import { fileSchema } from './schema';
import { toDeployment } from './to-deployment';
import { unknownKeys } from './unknown-keys';
import type { YamlFile } from './yaml-file';
import { readYaml } from './yaml-file';

/** What the user's file says. What it leaves out is undefined. */
export interface FileConfiguration {
  /** Empty where the file lists no models. */
  readonly pools: readonly Pool[];
  readonly defaultPool: string | undefined;
  readonly preset: PresetName | undefined;
  readonly switchAfter: number | undefined;
  readonly keepPrompts: boolean | undefined;
  /** 'none', or "owner/name". */
  readonly embeddingModel: string | undefined;
}

export interface ParseResult {
  /** Undefined where there is any error: a file never half-applies. */
  readonly configuration: FileConfiguration | undefined;
  readonly problems: readonly Problem[];
}

/** Parses and checks the user's conduit.yaml. Never throws. */
export function parseConfiguration(text: string): ParseResult {
  const yaml = readYaml(text);
  if (yaml.problems.length > 0) return { configuration: undefined, problems: yaml.problems };
  if (yaml.value === undefined || yaml.value === null) {
    return {
      configuration: noModels,
      problems: [yaml.problemAt('warning', [], 'the file lists no models yet')],
    };
  }
  const parsed = fileSchema.safeParse(yaml.value);
  const warnings = [...unknownKeys(yaml, yaml.value)];
  if (!parsed.success) {
    return { configuration: undefined, problems: [...schemaProblems(yaml, parsed.error), ...warnings] };
  }
  const models = parsed.data.model_list;
  const router = parsed.data.router ?? {};
  if (models.length === 0) warnings.push(yaml.problemAt('warning', [], 'the file lists no models yet'));
  const { deployments, problems } = toDeployments(yaml, models);
  const pools = toPools(deployments);
  if (router.pool !== undefined && !pools.some(({ name }) => name === router.pool)) {
    const names = pools.map(({ name }) => name).join(', ') || 'none';
    problems.push(
      yaml.problemAt('error', ['router', 'pool'], `there is no pool '${router.pool}' (pools: ${names})`),
    );
  }
  if (problems.length > 0) return { configuration: undefined, problems: [...problems, ...warnings] };
  return {
    configuration: {
      pools,
      defaultPool: router.pool,
      preset: router.preset,
      switchAfter: router.switch_after,
      keepPrompts: router.keep_prompts,
      embeddingModel: parsed.data.embedding_model ?? undefined,
    },
    problems: warnings,
  };
}

const noModels: FileConfiguration = {
  pools: [],
  defaultPool: undefined,
  preset: undefined,
  switchAfter: undefined,
  keepPrompts: undefined,
  embeddingModel: undefined,
};

type Models = z.infer<typeof fileSchema>['model_list'];

function toDeployments(
  yaml: YamlFile,
  models: Models,
): { deployments: readonly Deployment[]; problems: Problem[] } {
  const deployments: Deployment[] = [];
  const problems: Problem[] = [];
  for (const [index, model] of models.entries()) {
    const deployment = toDeployment(model);
    const at = (path: readonly PathSegment[], message: string): void => {
      problems.push(yaml.problemAt('error', ['model_list', index, ...path], message));
    };
    if ('message' in deployment) at(deployment.path, deployment.message);
    else if (deployments.some(({ id }) => id === deployment.id))
      at(['model_info', 'id'], `'${deployment.id}' is used twice`);
    else deployments.push(deployment);
  }
  return { deployments, problems };
}

/** Pools in the order in which the file first names them. */
function toPools(deployments: readonly Deployment[]): readonly Pool[] {
  const names = [...new Set(deployments.map(({ pool }) => pool))];
  return names.map((name) => ({
    name,
    deployments: deployments.filter(({ pool }) => pool === name),
    simulated: deployments.every(({ pool, provider }) => pool !== name || provider === 'simulated'),
  }));
}

/** What the schema found wrong, each at its place: the first ones of many. */
export function schemaProblems(yaml: YamlFile, error: z.ZodError): readonly Problem[] {
  return error.issues.slice(0, mostProblems).map(({ path, message }) => {
    const segments = path.map((segment) => (typeof segment === 'symbol' ? String(segment) : segment));
    return yaml.problemAt('error', segments, message);
  });
}
