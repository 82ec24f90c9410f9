import { FieldTree, ValidationError } from '@angular/forms/signals';
import { ErreurDeChamp, Probleme } from '../data';

/** An error of the server at its field, as `submit` takes it. */
export type ErreurPlacee = ValidationError.WithOptionalFieldTree;

/** The field a JSON pointer means (`/lignes/0/quantite`), the nearest one above it where it leads nowhere. */
export function champDe(formulaire: FieldTree<unknown>, pointer: string): FieldTree<unknown> {
  let champ = formulaire as FieldTree<unknown> & Record<string, FieldTree<unknown> | undefined>;
  for (const partie of pointer.split('/').slice(1)) {
    const suivant = champ[partie.replace(/~1/g, '/').replace(/~0/g, '~')];
    if (typeof suivant !== 'function') break;
    champ = suivant as typeof champ;
  }
  return champ;
}

/** The errors of a refused body at their fields; what has no pointer belongs to the whole form. */
export function erreursPlacees(formulaire: FieldTree<unknown>, probleme: Probleme): ErreurPlacee[] {
  const erreurs: readonly ErreurDeChamp[] = probleme.erreurs.length
    ? probleme.erreurs
    : [{ pointer: '', code: probleme.code, detail: probleme.detail || probleme.titre }];
  return erreurs.map(({ pointer, code, detail }) => ({ fieldTree: champDe(formulaire, pointer), kind: code, message: detail }));
}
