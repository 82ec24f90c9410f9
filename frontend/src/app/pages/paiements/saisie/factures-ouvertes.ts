import { HttpClient } from '@angular/common/http';
import { computed, effect, inject, Signal, signal, untracked } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { FactureOuverteJson, RepartitionJson } from '../../../api';
import { postPaiementsRepartitionRequest } from '../../../api/@angular/common.gen';
import { estPassager, lire, Probleme, problemeDe } from '../../../kernel/data';

/** The open invoices of a client as paiement-service sees them, and the legal order over them. Needs an injection context. */
export class FacturesOuvertes {
  private readonly http = inject(HttpClient);
  private readonly lecture = lire<RepartitionJson>(() => {
    const client_id = this.client();
    return client_id ? postPaiementsRepartitionRequest({ body: { client_id, devise: this.devise() } }) : undefined;
  });
  /** Whose invoices were read last: those of another client are never shown for this one. */
  private readonly lues = signal('');
  /** The legal order that was asked for and has not come yet; whether it came. */
  private ordreAttendu: Promise<boolean> | undefined;
  private readonly refusOrdre = signal<Probleme | undefined>(undefined);
  readonly connues = computed(() => this.client() !== '' && this.lues() === this.cle());
  readonly ouvertes: Signal<readonly FactureOuverteJson[]> = computed(() =>
    this.connues() ? (this.lecture.valeur()?.ouvertes ?? []) : [],
  );
  readonly enCours = this.lecture.enCours;
  readonly probleme = computed(() => (this.client() ? this.lecture.probleme() : undefined));
  /** facture-service (or ours) does not answer: the invoices cannot be seen now. */
  readonly muette = computed(() => {
    const probleme = this.probleme();
    return probleme !== undefined && estPassager(probleme);
  });
  /** Why the legal order could not be had. */
  readonly problemeOrdre = this.refusOrdre.asReadonly();

  constructor(
    private readonly client: Signal<string>,
    private readonly devise: Signal<string>,
  ) {
    effect(() => {
      if (this.lecture.valeur()) untracked(() => this.lues.set(this.cle()));
    });
  }

  recharger(): void {
    this.lecture.recharger();
  }

  /** Give `poser` what the Civil Code's order makes of an amount received on a day; false when it could not be asked. */
  ordreLegal(montant_centimes: number, date_paiement: string, poser: (parts: RepartitionJson['affectations']) => void): Promise<boolean> {
    const attendu = this.demanderOrdre(montant_centimes, date_paiement)
      .then((trouvee) => {
        if (trouvee) poser(trouvee.affectations);
        return trouvee !== undefined;
      })
      .finally(() => {
        if (this.ordreAttendu === attendu) this.ordreAttendu = undefined;
      });
    return (this.ordreAttendu = attendu);
  }

  /** Whether what is shown may be saved: a legal order on its way is waited for, and nothing is saved without it. */
  async ordreAbouti(): Promise<boolean> {
    return this.ordreAttendu ?? true;
  }

  private async demanderOrdre(montant_centimes: number, date_paiement: string): Promise<RepartitionJson | undefined> {
    this.refusOrdre.set(undefined);
    const body = { client_id: this.client(), devise: this.devise(), montant_centimes, ...(date_paiement && { date_paiement }) };
    const { url } = postPaiementsRepartitionRequest({ body });
    try {
      return await firstValueFrom(this.http.post<RepartitionJson>(url, body));
    } catch (erreur) {
      this.refusOrdre.set(problemeDe(erreur, url));
      return undefined;
    }
  }

  private cle(): string {
    return `${this.client()} ${this.devise()}`;
  }
}
