import OpenAI, { AzureOpenAI } from 'openai';
import type { Deployment } from '../../core/terms/deployment';
import { hasQuirk, vendorOf } from '../../vendors/lookup';
import type { CallFetch } from '../failures/error-reply';
import { createCallFetch } from '../failures/error-reply';

/** The latest version of Azure's API that is generally available and dated. */
const defaultAzureVersion = '2024-10-21';

/** `fetch` for one call through the SDK. */
export function openAiFetch(deployment: Deployment, key: string): CallFetch {
  return createCallFetch({
    key,
    keyHeader: vendorOf(deployment)?.keyHeader === 'api-key' ? 'api-key' : 'authorization',
    foreignHeaders: process.env['OPENAI_CUSTOM_HEADERS'],
  });
}

/** The SDK for one call. Retries are the dispatcher's. */
export function openAiSdk(deployment: Deployment, key: string, { fetch }: CallFetch): OpenAI {
  const { apiBase, apiVersion, model } = deployment;
  const options = {
    // The SDK insists on one; servers that need none ignore it.
    apiKey: key === '' ? 'none' : key,
    maxRetries: 0,
    logLevel: 'off' as const,
    fetch,
    // What the environment says of the user's OpenAI account is no business of another host's.
    adminAPIKey: null,
    ...(hasQuirk(deployment, 'account-variables') ? {} : { organization: null, project: null }),
  };
  if (!hasQuirk(deployment, 'model-in-address')) return new OpenAI({ ...options, baseURL: apiBase });
  const base = apiBase.replace(/\/+$/, '');
  // The undated API has no version in its address, and takes the model from the body as OpenAI does.
  if (/\/openai\/v1$/.test(base)) {
    const defaultQuery = apiVersion === undefined ? undefined : { 'api-version': apiVersion };
    return new OpenAI({ ...options, baseURL: base, defaultQuery });
  }
  return new AzureOpenAI({
    ...options,
    // The resource alone, or with the path that the portal shows.
    baseURL: /\/openai(\/deployments\/.*)?$/.test(base) ? base : `${base}/openai`,
    deployment: encodeURIComponent(model),
    apiVersion: apiVersion ?? defaultAzureVersion,
  });
}
