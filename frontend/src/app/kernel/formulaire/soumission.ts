import { HttpRequest } from '@angular/common/http';
import { inject, signal } from '@angular/core';
import { FieldTree, submit } from '@angular/forms/signals';
import { ErreurPlacee, erreursPlacees } from '../champs';
import { cleDeFormulaire, Ecrite, Ecritures, Probleme, ProblemeError } from '../data';

/** What goes with a submission besides its body. */
export interface OptionsSoumission {
  /** Sent as `If-Match`. */
  readonly etag?: string;
  /** The form's field for a pointer of the server that is called otherwise here (`/client_id` to `/client`). */
  readonly pointeurs?: (pointer: string) => string;
}

/**
 * How a form is sent: what it holds is checked, the first wrong field gets the focus, errors of the server come to their
 * fields, an unknown outcome is asked again with the same key until it is known. Made in an injection context.
 */
export class Soumission {
  private readonly ecritures = inject(Ecritures);
  private readonly actif = signal(false);
  private readonly incertain = signal(false);
  private readonly refus = signal<Probleme | undefined>(undefined);
  private readonly tente = signal(false);
  /** On its way. */
  readonly enCours = this.actif.asReadonly();
  /** Nobody knows yet whether it was done. */
  readonly inconnu = this.incertain.asReadonly();
  /** Why it was refused as a whole (errors of fields are at the fields). */
  readonly probleme = this.refus.asReadonly();
  /** It was tried: the summary of errors may be shown. */
  readonly soumis = this.tente.asReadonly();

  /** `nom` is the form's name for its idempotency key; without one the write is not repeated. */
  constructor(private readonly nom?: string) {}

  /** The answer, `undefined` when the form is wrong or was refused. */
  async envoyer<M, T>(
    formulaire: FieldTree<M>,
    requete: () => HttpRequest<T>,
    options: OptionsSoumission = {},
  ): Promise<Ecrite<T> | undefined> {
    if (this.actif()) return undefined;
    let ecrite: Ecrite<T> | undefined;
    this.tente.set(true);
    this.refus.set(undefined);
    await submit(formulaire, async () => {
      const issue = await this.tenter(formulaire, requete(), options);
      if (Array.isArray(issue)) return issue;
      ecrite = issue;
      return undefined;
    });
    if (ecrite) this.tente.set(false);
    else focaliserLaPremiereErreur(formulaire);
    return ecrite;
  }

  /** Forget what was refused (the form is shown for something else). */
  recommencer(): void {
    this.tente.set(false);
    this.refus.set(undefined);
  }

  private async tenter<M, T>(
    formulaire: FieldTree<M>,
    requete: HttpRequest<T>,
    options: OptionsSoumission,
  ): Promise<Ecrite<T> | ErreurPlacee[]> {
    this.actif.set(true);
    try {
      return await this.ecritures.envoyer(requete, {
        etag: options.etag,
        cle: this.nom === undefined ? undefined : cleDeFormulaire(this.nom),
        surInconnu: () => this.incertain.set(true),
      });
    } catch (erreur) {
      if (!(erreur instanceof ProblemeError)) throw erreur;
      return this.ranger(formulaire, erreur.probleme, options.pointeurs ?? ((pointer) => pointer));
    } finally {
      this.actif.set(false);
      this.incertain.set(false);
    }
  }

  private ranger(formulaire: FieldTree<unknown>, probleme: Probleme, pointeurs: (pointer: string) => string): ErreurPlacee[] {
    if (probleme.statut === 422 && probleme.erreurs.length) {
      const erreurs = probleme.erreurs.map((erreur) => ({ ...erreur, pointer: pointeurs(erreur.pointer) }));
      return erreursPlacees(formulaire, { ...probleme, erreurs });
    }
    this.refus.set(probleme);
    return [];
  }
}

/** The first wrong field, in the order of the page, gets the focus. */
export function focaliserLaPremiereErreur(formulaire: FieldTree<unknown>): void {
  formulaire().errorSummary()[0]?.fieldTree().focusBoundControl();
}
