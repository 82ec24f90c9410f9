// Puts a .br and a .gz beside every text file of a build, and the build's own hash into version.json.
// Same input, same output, whatever the machine: CI compares a fresh build with the committed one.
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dossier = process.argv[2];
const TEXTES = /\.(?:js|css|svg|json|txt)$/;
const MINIMUM = 512;

async function* fichiers(ici) {
  for (const entree of (await readdir(ici, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const chemin = join(ici, entree.name);
    if (entree.isDirectory()) yield* fichiers(chemin);
    else yield chemin;
  }
}

const empreinte = createHash('sha256');
await rm(join(dossier, 'prerendered-routes.json'), { force: true });
for await (const chemin of fichiers(dossier)) {
  const contenu = await readFile(chemin);
  empreinte.update(chemin.slice(dossier.length)).update('\0').update(contenu);
  if (!TEXTES.test(chemin) || contenu.length < MINIMUM) continue;
  const parametres = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: contenu.length };
  await writeFile(`${chemin}.br`, brotliCompressSync(contenu, { params: parametres }));
  await writeFile(`${chemin}.gz`, gzipSync(contenu, { level: 9 }));
}
await writeFile(join(dossier, 'version.json'), JSON.stringify({ build: empreinte.digest('hex').slice(0, 16) }) + '\n');
