import { HttpClient } from '@angular/common/http';
import { firstValueFrom } from 'rxjs';
import { enregistrer } from './enregistrer';

/** The CSV of a list as its service writes it: what it is called and what it holds. */
export interface FichierCsv {
  readonly nom: string;
  readonly texte: string;
}

/** Read the list at `url` as CSV; throws what the request throws. */
export async function lireCsv(http: HttpClient, url: string, params: Record<string, string>): Promise<FichierCsv> {
  const reponse = await firstValueFrom(
    http.get(url, { params, headers: { Accept: 'text/csv' }, responseType: 'arraybuffer', observe: 'response' }),
  );
  const nom = /filename="([^"]+)"/.exec(reponse.headers.get('Content-Disposition') ?? '')?.[1];
  return {
    nom: nom ?? `${url.split('/').at(-1)}.csv`,
    texte: new TextDecoder('utf-8', { ignoreBOM: true }).decode(reponse.body ?? new ArrayBuffer(0)),
  };
}

/** Several files of the same columns as one: the first one's mark of encoding and headings only. */
export function joindreCsv(fichiers: readonly FichierCsv[]): FichierCsv {
  const [premier, ...autres] = fichiers;
  const suites = autres.map(({ texte }) => texte.slice(texte.indexOf('\r\n') + 2));
  return { nom: premier?.nom ?? 'export.csv', texte: [premier?.texte ?? '', ...suites].join('') };
}

/** Hand the file to the browser. */
export function enregistrerCsv({ nom, texte }: FichierCsv): void {
  enregistrer(new Blob([texte], { type: 'text/csv;charset=utf-8' }), nom);
}
