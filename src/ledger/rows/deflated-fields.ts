import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * What nobody asks SQL for, such as a decision's features and the figures of its explanation, is most of its bytes. It is
 * in a column of its own: JSON, deflated with a dictionary of what such fields look like. The dictionary is part of the
 * format: another one needs another column.
 */
const dictionary = Buffer.from(
  [
    '"ex":[{"d":"","r":"not-wanted"},{"d":"","r":"no-tools"},{"d":"","r":"breaker-open"},{"d":"","r":"missing-key"}],',
    '"ch":[{"d":"","n":1,"s":0.5}],"fs":"text48-v2","w":"-4-8-9-a-b-4","c":"-4-8-9-a-b-4","be":{"l":0.5},',
    '"cd":{"d":0.2,"s":0.9},"h":{"t":1,"u":0.00},"r":0.0,"s":0.7,gemini-deepseek-mistral-llama-qwen-gpt-4o-haiku-opus-',
    '[31,1],[32,1],[33,1],[37,0.397351,0,0.270238,0.428317,1,0,0,0.5],[55,1,-0.1,0.2,-0.2,0.3,-0.3,0.0,-0.0,0.1',
    '"a":[{"d":"gpt-5-mini","q":0.7,"b":0.03,"e":{"q":0.6,"w":1},"k":{"a":0.11,"f":"figures","n":"gpt-5"},"n":1,',
    '"c":0.000,"l":15,"u":0.4,"p":0.9966666667},{"d":"claude-sonnet-4","q":0.6,"b":0.04,"e":{"q":0.5,"w":2},',
    '"k":{"a":-0.5,"f":"nothing"},"n":2,"c":0.001,"l":16,"u":0.5,"p":0.001666666667},{"d":"","q":0.5,"b":0.1,',
    '"e":{"q":0.7,"w":3},"k":{"a":1.0,"f":"family","n":"claude-"},"n":3,"c":0.00,"cd":{"d":0.5,"s":1},"l":1,"u":0.3,',
    '"p":0.005}],"be":{"s":0.8,"l":0.57},"f":[80,[1,1],[2,1],[3,1],[23,1],[24,1],[31,1],[37,0.3',
    '"fs":"text56-v3+minilm24-',
  ].join(''),
);

/** A window of 4 kB holds dictionary and text, and is made sooner than the usual one. */
const settings = { dictionary, windowBits: 12, memLevel: 5 };

/** More than any decision has: a damaged text must not take the memory. */
const mostBytes = 4_000_000;

export function deflated(fields: object): Uint8Array {
  return deflateRawSync(JSON.stringify(fields), { ...settings, level: constants.Z_BEST_COMPRESSION });
}

/** Undefined where the bytes are something else. */
export function inflated(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(inflateRawSync(bytes, { ...settings, maxOutputLength: mostBytes }).toString());
  } catch {
    return undefined;
  }
}
