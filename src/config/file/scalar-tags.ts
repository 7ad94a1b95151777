import type { ScalarTag, Tags } from 'yaml';

/** What PyYAML makes of a text, and the yaml package doesn't: dates, bytes and sets stay what is written. */
const left = [
  'tag:yaml.org,2002:binary',
  'tag:yaml.org,2002:omap',
  'tag:yaml.org,2002:pairs',
  'tag:yaml.org,2002:set',
  'tag:yaml.org,2002:timestamp',
  // Merges are made in plain-value.ts, which counts them.
  'tag:yaml.org,2002:merge',
  // PyYAML takes neither `y` nor `n` for a truth value.
  'tag:yaml.org,2002:bool',
];

const truth: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  identify: (value) => typeof value === 'boolean',
  test: /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
  resolve: (text) => /^(?:yes|true|on)$/i.test(text),
};

/** PyYAML wants a dot and the sign of the exponent: the id "550e8400" stays one. */
const exponent: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  format: 'EXP',
  test: /^(?:[-+]?\d[\d_]*\.[\d_]*|\.\d[\d_]*)[eE][-+]\d+$/,
  resolve: (text) => Number(text.replaceAll('_', '')),
};

/** The tags of YAML 1.1 as LiteLLM's reader resolves them: `yes` is true, `0x10` is 16, `128_000` a number. */
export function scalarTags(tags: Tags): Tags {
  const kept = tags.filter(
    (tag) => typeof tag === 'string' || !(left.includes(tag.tag) || tag.format === exponent.format),
  );
  return [truth, exponent, ...kept];
}
