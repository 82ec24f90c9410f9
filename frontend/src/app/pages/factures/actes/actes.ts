import { inject, Injectable } from '@angular/core';
import { FactureVue } from '../../../api';
import { postFacturesIdEnvoiRequest, postFacturesIdLitigeRequest } from '../../../api/@angular/common.gen';
import { cleDeFormulaire, Ecritures } from '../../../kernel/data';

/** Why a document cannot be mailed, `undefined` when it can. */
export function motifSansEnvoi({ statut_document, client }: FactureVue): string | undefined {
  if (statut_document === 'BROUILLON') return $localize`Brouillon : à émettre d'abord.`;
  return client?.email ? undefined : $localize`Ce client n'a pas d'adresse électronique.`;
}

/** Why no dispute can be opened, `undefined` when one can. */
export function motifSansLitige({ statut_document, type, litige }: FactureVue): string | undefined {
  if (statut_document === 'BROUILLON') return $localize`Brouillon : à émettre d'abord.`;
  if (type === 'AVOIR') return $localize`Un litige ne porte que sur une facture.`;
  return litige ? $localize`Un litige est déjà en cours.` : undefined;
}

/** The acts on one document that lots and its own page share. */
@Injectable({ providedIn: 'root' })
export class Actes {
  private readonly ecritures = inject(Ecritures);

  /** Mail the document to its client; answers to whom. */
  async envoyer({ id, client }: FactureVue): Promise<string> {
    await this.ecritures.envoyer(postFacturesIdEnvoiRequest({ path: { id } }), { cle: cleDeFormulaire(`envoi ${id}`) });
    return $localize`Envoi demandé à ${client?.email ?? ''}.`;
  }

  /** Open a dispute from today. */
  async mettreEnLitige({ id }: FactureVue, motif: string): Promise<string> {
    await this.ecritures.envoyer(postFacturesIdLitigeRequest({ path: { id }, body: { motif } }), { cle: cleDeFormulaire(`litige ${id}`) });
    return $localize`Litige ouvert.`;
  }
}
