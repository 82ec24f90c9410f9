// Writes src/app/api from the contracts of the services: one client for all of them, below /api, without internal routes.
// `node tools/generer-api.mjs --verifier` writes elsewhere and fails when the committed client differs.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@hey-api/openapi-ts';

const FRONT = dirname(dirname(fileURLToPath(import.meta.url)));
const CONTRATS = join(FRONT, '..', 'contracts', 'openapi');
const CIBLE = join(FRONT, 'src', 'app', 'api');

/** All documents in one. A schema name that two services use for different things gets the service's name behind it. */
async function fusionner() {
  const fusion = {
    openapi: '3.1.0',
    info: { title: 'Ressort', version: '1.0' },
    servers: [{ url: '/' }],
    paths: {},
    components: { schemas: {} },
  };
  for (const fichier of (await readdir(CONTRATS)).sort()) {
    const service = fichier.replace(/(-service)?\.json$/, '');
    const document = JSON.parse(await readFile(join(CONTRATS, fichier), 'utf8'));
    const noms = new Map();
    for (const [nom, schema] of Object.entries(document.components.schemas)) {
      const pris = fusion.components.schemas[nom];
      noms.set(nom, pris && JSON.stringify(pris) !== JSON.stringify(schema) ? nom + majuscule(service) : nom);
    }
    const renomme = JSON.parse(
      JSON.stringify(document).replace(/"#\/components\/schemas\/([^"]+)"/g, (_, nom) => `"#/components/schemas/${noms.get(nom) ?? nom}"`),
    );
    for (const [nom, schema] of Object.entries(renomme.components.schemas)) fusion.components.schemas[noms.get(nom)] = schema;
    for (const [chemin, methodes] of Object.entries(renomme.paths)) {
      const publiques = Object.entries(methodes).filter(([, operation]) => !operation['x-internal']);
      if (publiques.length) fusion.paths['/api' + chemin] = Object.fromEntries(publiques);
    }
  }
  return fusion;
}

const majuscule = (mot) => mot.charAt(0).toUpperCase() + mot.slice(1);

async function generer(dossier) {
  const travail = await mkdtemp(join(tmpdir(), 'ressort-openapi-'));
  const source = join(travail, 'ressort.json');
  await writeFile(source, JSON.stringify(await fusionner()));
  await createClient({
    input: source,
    output: { path: dossier, clean: true },
    logs: { level: 'silent' },
    plugins: ['@hey-api/client-angular', '@hey-api/typescript', { name: '@angular/common', httpRequests: true, httpResources: false }],
  });
  await rm(travail, { recursive: true });
}

async function fichiers(dossier, prefixe = '') {
  const trouves = new Map();
  for (const entree of await readdir(join(dossier, prefixe), { withFileTypes: true })) {
    const nom = join(prefixe, entree.name);
    if (entree.isDirectory()) for (const [k, v] of await fichiers(dossier, nom)) trouves.set(k, v);
    else trouves.set(nom, await readFile(join(dossier, nom), 'utf8'));
  }
  return trouves;
}

async function verifier() {
  const essai = await mkdtemp(join(tmpdir(), 'ressort-api-'));
  await generer(essai);
  const [attendus, presents] = [await fichiers(essai), await fichiers(CIBLE)];
  await rm(essai, { recursive: true });
  const differents = [...new Set([...attendus.keys(), ...presents.keys()])].filter((nom) => attendus.get(nom) !== presents.get(nom));
  if (differents.length) {
    console.error(`src/app/api differs from contracts/openapi: ${differents.join(', ')}\nRewrite with: npm run api`);
    process.exit(1);
  }
}

await (process.argv.includes('--verifier') ? verifier() : generer(CIBLE));
