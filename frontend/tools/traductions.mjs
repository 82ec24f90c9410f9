// Proves that src/locale/messages.en.json says everything the sources say in French: the same messages, none missing and none left
// over, with the same placeholders. Names each fault with its French text and where it stands, and prints what is to be translated.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FRONT = dirname(dirname(fileURLToPath(import.meta.url)));
const ANGLAIS = join(FRONT, 'src', 'locale', 'messages.en.json');
const NG = join(FRONT, 'node_modules', '@angular', 'cli', 'bin', 'ng.js');
const FRANCAIS = /\s[:;!?]|[\d}]\s%|[«»]/;
const A_GARDER = /\{\$\w+\}|\{VAR_\w+, \w+,/g;

/** What `ng extract-i18n` finds: the French texts by id, each with the places where it stands. */
async function extraire() {
  const dossier = await mkdtemp(join(tmpdir(), 'ressort-messages-'));
  const options = ['extract-i18n', '--format', 'arb', '--progress', 'false', '--output-path', dossier, '--out-file', 'fr.arb'];
  const fait = spawnSync(process.execPath, [NG, ...options], { cwd: FRONT, encoding: 'utf8' });
  if (fait.status) {
    console.error(fait.stdout + fait.stderr);
    process.exit(1);
  }
  const trouves = JSON.parse(await readFile(join(dossier, 'fr.arb'), 'utf8'));
  await rm(dossier, { recursive: true });
  const ids = Object.keys(trouves).filter((cle) => !cle.startsWith('@'));
  return new Map(ids.map((id) => [id, { texte: trouves[id], lieux: (trouves[`@${id}`]?.['x-locations'] ?? []).map(lieu) }]));
}

const lieu = ({ file, start }) => `${file}:${Number(start.line) + 1}`;
const aGarder = (texte) => (texte.match(A_GARDER) ?? []).sort().join(' ');

function fautes(francais, anglais) {
  const trouvees = [];
  for (const [id, { texte, lieux }] of francais) {
    const traduit = anglais[id];
    const ici = `« ${texte} » (${lieux.join(', ')})`;
    if (traduit === undefined) trouvees.push(`no English for ${ici}`);
    else if (aGarder(traduit) !== aGarder(texte)) trouvees.push(`placeholders differ: ${ici} and "${traduit}"`);
    else if (FRANCAIS.test(traduit)) trouvees.push(`punctuation as only French has it: "${traduit}" of ${ici}`);
  }
  for (const id of Object.keys(anglais))
    if (!francais.has(id)) trouvees.push(`left over, no longer in the sources: ${id} "${anglais[id]}"`);
  return trouvees;
}

const francais = await extraire();
const anglais = JSON.parse(await readFile(ANGLAIS, 'utf8')).translations;
const trouvees = fautes(francais, anglais);
const manquants = [...francais].filter(([id]) => anglais[id] === undefined);
if (manquants.length) console.log(JSON.stringify(Object.fromEntries(manquants.map(([id, { texte }]) => [id, texte])), null, 2));
if (trouvees.length) {
  console.error(`src/locale/messages.en.json is not what the sources ask for:\n${trouvees.join('\n')}`);
  process.exit(1);
}
