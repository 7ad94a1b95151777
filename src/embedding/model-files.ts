/** A file of a model: where it is in the hub's repository and in the model's own folder. */
export interface ModelFile {
  readonly path: string;
  /** Lower-case hexadecimal, where it is known beforehand. */
  readonly sha256: string | undefined;
  readonly bytes: number | undefined;
}

export interface ModelSource {
  /** A commit, or a branch where the model isn't pinned. */
  readonly revision: string;
  /** The largest last. */
  readonly files: readonly ModelFile[];
}

export const defaultHub = 'https://huggingface.co';

/**
 * The hub, or the mirror that HF_ENDPOINT names, as the hub's own tools have it. What isn't encrypted is used on
 * this machine only: a model that isn't pinned is trusted because of where it comes from.
 */
export function hubAddress(endpoint: string | undefined): string {
  if (endpoint === undefined || !URL.canParse(endpoint)) return defaultHub;
  const { protocol, hostname } = new URL(endpoint);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && local) ? endpoint : defaultHub;
}

/** Models that are pinned: what is fetched for them is known byte for byte. */
const pinned: Readonly<Record<string, ModelSource>> = {
  'Xenova/all-MiniLM-L6-v2': {
    revision: '751bff37182d3f1213fa05d7196b954e230abad9',
    files: [
      {
        path: 'config.json',
        sha256: '7135149f7cffa1a573466c6e4d8423ed73b62fd2332c575bf738a0d033f70df7',
        bytes: 650,
      },
      {
        path: 'tokenizer_config.json',
        sha256: '9261e7d79b44c8195c1cada2b453e55b00aeb81e907a6664974b4d7776172ab3',
        bytes: undefined,
      },
      {
        path: 'tokenizer.json',
        sha256: 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0',
        bytes: 711_661,
      },
      {
        path: 'onnx/model_quantized.onnx',
        sha256: 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1',
        bytes: 22_972_370,
      },
    ],
  },
};

const usualFiles = ['config.json', 'tokenizer_config.json', 'tokenizer.json', 'onnx/model_quantized.onnx'];

/** What to fetch for a model: the pinned files, or those that a quantised sentence encoder usually has. */
export function modelSource(model: string): ModelSource {
  const known = Object.hasOwn(pinned, model) ? pinned[model] : undefined;
  return (
    known ?? {
      revision: 'main',
      files: usualFiles.map((path) => ({ path, sha256: undefined, bytes: undefined })),
    }
  );
}

/** "owner/name", as the hub writes it: neither part can leave the models' folder. */
export function isModelId(text: string): boolean {
  return /^[\w-][\w.-]{0,95}\/[\w-][\w.-]{0,95}$/.test(text);
}
