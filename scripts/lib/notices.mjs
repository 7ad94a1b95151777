import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** Beside what runs, in the VSIX. */
export const licencesFile = 'dist/THIRD-PARTY-LICENSES.txt';
export const sbomFile = 'dist/sbom.cdx.json';

/** Packages that come without a text of their licence, MIT all of them, and whose they are. */
const holders = {
  '@redis/client': 'Redis contributors',
  '@vscode/l10n': 'Microsoft Corporation',
  'onnxruntime-common': 'Microsoft Corporation',
  'onnxruntime-web': 'Microsoft Corporation',
  'pg-types': 'Brian M. Carlson',
  pgpass: 'Hannes Hörl',
  standardwebhooks: 'Standard Webhooks contributors',
};

/** The licences of bundled packages, each with its text. Throws for one without any. */
export function licenceTexts(bundled) {
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  const texts = bundled.map((each) => {
    const { name, version, license } = each;
    return `${name} ${version} (${String(license)})\n\n${licenceText(each)}`;
  });
  return `What Conduit has of others, and under which licences.${rule}${texts.join(rule)}\n`;
}

function licenceText({ folder, name, license }) {
  const files = readdirSync(path.join(root, folder)).filter((file) =>
    /^(licen[cs]e|copying|notice)([.-]|$)/i.test(file),
  );
  const texts = files.sort().map((file) => readFileSync(path.join(root, folder, file), 'utf8').trim());
  if (texts.length > 0) return texts.join('\n\n');
  const holder = holders[name];
  if (holder === undefined || license !== 'MIT')
    throw new Error(`${name} has no text of its licence: see scripts/lib/notices.mjs.`);
  // Ours is MIT, too: the words are the same.
  return readFileSync(path.join(root, 'LICENSE'), 'utf8')
    .trim()
    .replace(/Copyright.*/, `Copyright (c) ${holder}`);
}

/**
 * The bill of materials of what is bundled, in CycloneDX's JSON, with the hashes of package-lock.json: the same for the same
 * build. npm's own leaves out packages that development needs, too.
 */
export function bundledBill(bundled, { name, version, license }, lock) {
  const own = `${name}@${version}`;
  const components = bundled.map((each) => {
    const ref = `${each.name}@${each.version}`;
    return {
      type: 'library',
      'bom-ref': ref,
      name: each.name,
      version: each.version,
      scope: 'required',
      purl: purlOf(each),
      licenses: [licenceOf(String(each.license))],
      hashes: hashesOf(lock.packages[each.folder]?.integrity),
    };
  });
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'application',
        'bom-ref': own,
        name,
        version,
        purl: purlOf({ name, version }),
        licenses: [licenceOf(license)],
      },
    },
    components,
    dependencies: [{ ref: own, dependsOn: components.map((each) => each['bom-ref']) }],
  };
}

function purlOf({ name, version }) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** SPDX: one name, or an expression of several. */
function licenceOf(license) {
  return /[ ()]/.test(license) ? { expression: license } : { license: { id: license } };
}

function hashesOf(integrity = '') {
  const [, algorithm, hash] = /^(sha\d+)-(\S+)/.exec(integrity) ?? [];
  if (algorithm === undefined) return [];
  const content = Buffer.from(hash, 'base64').toString('hex');
  return [{ alg: algorithm.replace('sha', 'SHA-'), content }];
}
