import { formaterHeure } from '../../../kernel/format/date';
import { LigneIncomplete } from './lignes';
import { EtatDeSauvegarde } from './sauvegarde';

/** What the line of state is made of. */
export interface Situation {
  readonly etat: EtatDeSauvegarde;
  readonly sale: boolean;
  readonly sansClient: boolean;
  readonly enregistreeLe: Date | undefined;
  readonly attendreS: number;
  readonly incompletes: readonly LigneIncomplete[];
}

/** How the draft stands, in one sentence. */
export function phraseDEtat(situation: Situation): string {
  const incomplete = situation.incompletes[0];
  const phrase = phraseSansLignes(situation);
  if (!incomplete || !phrase) return phrase;
  const autres = situation.incompletes.length - 1;
  return autres
    ? $localize`${phrase}, sauf la ligne ${incomplete.rang + 1} (${incomplete.message}) et ${autres} autres`
    : $localize`${phrase}, sauf la ligne ${incomplete.rang + 1} (${incomplete.message})`;
}

function phraseSansLignes({ etat, sale, sansClient, enregistreeLe, attendreS }: Situation): string {
  switch (etat) {
    case 'envoi':
      return $localize`enregistrement…`;
    case 'inconnu':
      return $localize`Résultat inconnu, vérification en cours`;
    case 'attente':
      return $localize`facture-service ne répond pas : votre saisie est gardée ici, nouvel essai dans ${attendreS} s`;
    case 'refuse':
      return $localize`refusé : à corriger, puis enregistré de nouveau`;
    case 'conflit':
      return $localize`modifié entre-temps par quelqu'un d'autre : à départager`;
    case 'emise':
      return $localize`émis entre-temps`;
    case 'disparue':
      return $localize`supprimé entre-temps`;
    default:
      if (sale && sansClient) return $localize`pas encore enregistré : choisissez un client`;
      if (sale) return $localize`modifié, enregistré dans un instant`;
      return enregistreeLe ? $localize`enregistré à ${formaterHeure(enregistreeLe)}` : '';
  }
}
