import { inject, Injectable } from '@angular/core';
import { MotifEcart } from '../../../api';
import { postFacturesIdEcartsRequest } from '../../../api/@angular/common.gen';
import { cleDeFormulaire, Ecritures, Probleme, ProblemeError } from '../../../kernel/data';

/** A small difference to be written off on an invoice once the payment is in. */
export interface EcartVoulu {
  readonly facture_id: string;
  readonly numero: string;
  readonly montant_centimes: number;
  readonly motif: MotifEcart;
}

/** What came of it; `probleme` is why it was not done. */
export interface EcartFait extends EcartVoulu {
  readonly probleme?: Probleme;
}

/** Writes small differences off, one invoice after the other; a refusal does not stop the others. */
@Injectable({ providedIn: 'root' })
export class Ecarts {
  private readonly ecritures = inject(Ecritures);

  async passer(voulus: readonly EcartVoulu[]): Promise<EcartFait[]> {
    const faits: EcartFait[] = [];
    for (const voulu of voulus) faits.push(await this.passerUn(voulu));
    return faits;
  }

  private async passerUn(voulu: EcartVoulu): Promise<EcartFait> {
    const { facture_id: id, montant_centimes, motif } = voulu;
    const requete = postFacturesIdEcartsRequest({ path: { id }, body: { montant_centimes, motif } });
    try {
      await this.ecritures.envoyer(requete, { cle: cleDeFormulaire(`ecart ${id}`) });
      return voulu;
    } catch (erreur) {
      if (!(erreur instanceof ProblemeError)) throw erreur;
      return { ...voulu, probleme: erreur.probleme };
    }
  }
}
