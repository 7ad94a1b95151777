import { endedVendors, vendors } from '../vendors/catalogue';
import type { Vendor } from '../vendors/vendor';
import { aboutOption, optionPaths } from './options';
import { litellmParams, modelInfo, modelKeys } from './file/schema';

/** Where a generated part of a document begins and ends. */
const markers = { begin: '<!-- generated: begin -->', end: '<!-- generated: end -->' };

/** docs/configuration.md with its generated part as it should be now. Throws where the markers are missing. */
export function withTables(document: string): string {
  return withGenerated(document, tables());
}

/** A document with this as its generated part. Throws where the markers are missing. */
export function withGenerated(document: string, text: string): string {
  const [before, rest] = document.split(markers.begin);
  const after = rest?.split(markers.end)[1];
  if (before === undefined || after === undefined) throw new Error('The document has no generated part.');
  return `${before}${markers.begin}\n\n${text}\n\n${markers.end}${after}`;
}

function tables(): string {
  const options = optionPaths.map((path) => {
    const { description, type, fallback, variable } = aboutOption(path);
    const otherwise = fallback === undefined ? '' : `\`${String(fallback)}\``;
    return [`\`${path}\``, type, otherwise, `\`${variable}\``, description];
  });
  const fields = [
    ['`model_name`', modelKeys.model_name],
    ...fieldRows('litellm_params.', litellmParams.shape),
    ...fieldRows('model_info.', modelInfo.shape),
  ];
  return [
    '### Options',
    table(['Option', 'Values', 'Default', 'Variable', 'What it does'], options),
    '### Fields of a model',
    table(['Field', 'What it is'], fields),
    '### Providers',
    table(
      ['Prefix', 'Provider', 'Address', 'Usual key variable', 'Without a model list', 'Address read on'],
      vendors.map(vendorRow),
    ),
    ...endedVendors.map(
      ({ prefix, title, ended, documentation }) =>
        `\`${prefix}/\` is left out: [${title} ended on ${ended}](${documentation.page}).`,
    ),
  ].join('\n\n');
}

function vendorRow(vendor: Vendor): readonly string[] {
  const { prefix, otherPrefixes = [], title, about, base, keyNames, defaultModels, documentation } = vendor;
  const code = (text: string): string => `\`${text}\``;
  const models = [defaultModels?.small, defaultModels?.strong].filter((model) => model !== undefined);
  return [
    [prefix, ...otherPrefixes].map((each) => code(`${each}/`)).join(', '),
    about ?? title,
    base === undefined ? `${code('api_base')} is needed` : code(base),
    keyNames.map(code).join(', '),
    models.map(code).join(', '),
    `[${documentation.seen}](${documentation.page})`,
  ];
}

function fieldRows(
  prefix: string,
  shape: Readonly<Record<string, { readonly description?: string | undefined }>>,
): readonly (readonly string[])[] {
  return Object.entries(shape).map(([name, field]) => [`\`${prefix}${name}\``, field.description ?? '']);
}

/** A Markdown table, in columns of one width as the formatter leaves them. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_cell, column) => Math.max(3, ...escaped.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [first = [], ...others] = escaped;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n');
}
