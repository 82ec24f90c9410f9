import { HttpRequest } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { form, FormField, required, validate } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import { FactureVue, MotifEcart, Moyen, PaiementEntrantJson, PaiementJson } from '../../../api';
import { getFacturesIdRequest, postPaiementsRequest } from '../../../api/@angular/common.gen';
import {
  ChampDate,
  ChampMontant,
  ChampRecherche,
  ChampTexte,
  ClientsConnus,
  Proposition,
  rechercheDeClients,
} from '../../../kernel/champs';
import { Raccourcis } from '../../../kernel/clavier/raccourcis';
import { Disponibilite, lire } from '../../../kernel/data';
import { PageASaisie, retenirLaFenetre } from '../../../kernel/dialogue';
import { AfficheProbleme, Annonces, Squelette } from '../../../kernel/etats';
import { aujourdHui, formaterDate } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { ResumeErreurs, Soumission } from '../../../kernel/formulaire';
import { MOYENS } from '../../../kernel/mots';
import { chercherDoublon } from './doublon';
import { Ecarts, EcartVoulu } from './ecarts';
import { FacturesOuvertes } from './factures-ouvertes';
import { GrilleAffectation } from './grille';
import { Issue, IssueDeSaisie } from './issue';
import { Repartition } from './repartition';

interface Saisie {
  date_paiement: string;
  montant_centimes: number | null;
  moyen: Moyen;
  devise: string;
  reference: string;
  client_id: string;
  notifier: boolean;
}

/** Entry of a payment and its allocation by keyboard: `/paiements/nouveau?client=&facture=`. */
@Component({
  imports: [
    FormField,
    RouterLink,
    ChampDate,
    ChampMontant,
    ChampTexte,
    ChampRecherche,
    GrilleAffectation,
    Issue,
    ResumeErreurs,
    AfficheProbleme,
    Squelette,
  ],
  templateUrl: './saisie.html',
  styleUrl: './saisie.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SaisiePaiement implements PageASaisie {
  /** A client to begin with. */
  readonly client = input('');
  /** An invoice that the payment is for. */
  readonly facture = input('');

  private readonly clients = inject(ClientsConnus);
  private readonly disponibilite = inject(Disponibilite);
  private readonly annonces = inject(Annonces);
  private readonly passeurDEcarts = inject(Ecarts);

  protected readonly modele = signal<Saisie>(vierge());
  protected readonly f = form(this.modele, (champs) => {
    required(champs.date_paiement, { message: $localize`La date de réception manque.` });
    validate(champs.montant_centimes, ({ value }) => erreurDeMontant(value()));
    required(champs.client_id, { message: $localize`Le client manque.` });
    validate(champs, () => {
      const message = this.repartition.empechement();
      return message ? { kind: 'repartition', message } : undefined;
    });
  });
  protected readonly soumission = new Soumission('paiement');
  private readonly clientId = computed(() => this.modele().client_id);
  private readonly devise = computed(() => this.modele().devise);
  protected readonly factures = new FacturesOuvertes(this.clientId, this.devise);
  protected readonly repartition = new Repartition(
    computed(() => this.modele().montant_centimes),
    this.factures.ouvertes,
    this.devise,
  );
  protected readonly ecarts = signal<ReadonlyMap<string, MotifEcart>>(new Map());
  protected readonly issue = signal<IssueDeSaisie | undefined>(undefined);
  protected readonly doublon = chercherDoublon(
    this.clientId,
    computed(() => this.modele().reference),
  );
  private readonly visee = lire<FactureVue>(() => (this.facture() ? getFacturesIdRequest({ path: { id: this.facture() } }) : undefined));
  private readonly viseeAPoser = signal('');

  protected readonly moyens = Object.entries(MOYENS).map(([valeur, libelle]) => ({ valeur, libelle }));
  protected readonly devises = ['EUR', 'USD', 'GBP', 'CHF'];
  protected readonly chercherClient = rechercheDeClients({ parFacture: true });
  protected readonly date = formaterDate;
  protected readonly nomDuClient = computed(() => this.clients.nom(this.clientId()));
  protected readonly enPanne = computed(() => this.disponibilite.enPanne('paiement-service'));
  protected readonly aideMontant = computed(() => (this.modele().montant_centimes === null ? '' : this.enMots()));
  /** With allocations and no amount yet: their sum. */
  protected readonly montantPropose = computed(() =>
    this.modele().montant_centimes === null && this.repartition.affecte() > 0 ? this.repartition.affecte() : undefined,
  );
  protected readonly devenir = computed(() => this.dire());
  private readonly grille = viewChild(GrilleAffectation);
  private readonly champMontant = viewChild(ChampMontant);

  constructor() {
    inject(Raccourcis).ajouter([
      { touche: 'Ctrl+Enter', libelle: $localize`Enregistrer`, faire: () => void this.enregistrer() },
      { touche: 'Ctrl+s', libelle: $localize`Enregistrer`, faire: () => void this.enregistrer() },
      { touche: 'F8', libelle: $localize`Affecter dans l'ordre légal`, faire: () => void this.appliquerOrdreLegal() },
      { touche: 'F9', libelle: $localize`Vider la colonne à affecter`, faire: () => this.repartition.effacer() },
      { action: 'nouveau', libelle: $localize`Saisir un autre paiement`, faire: () => this.issue() && this.recommencer() },
    ]);
    retenirLaFenetre(() => this.sale());
    effect(() => {
      const client = this.client();
      if (client) untracked(() => this.modele.update((m) => ({ ...m, client_id: client })));
    });
    effect(() => this.prendreLaFactureVisee());
    effect(() => this.poserLaFactureVisee());
    effect(() => {
      this.clientId();
      untracked(() => this.ecarts.set(new Map()));
    });
  }

  quitter(): boolean {
    return !this.sale() || window.confirm($localize`Le paiement saisi n'est pas enregistré. Quitter la page ?`);
  }

  protected montant(centimes: number): string {
    return formaterMontant(centimes, this.devise());
  }

  protected choisirClient(choisi: Proposition | undefined): void {
    if (choisi) this.clients.retenir(choisi);
    this.repartition.effacer();
  }

  protected reprendreMontant(montant_centimes: number): void {
    this.modele.update((m) => ({ ...m, montant_centimes }));
  }

  protected async appliquerOrdreLegal(): Promise<void> {
    const { montant_centimes, date_paiement, client_id } = this.modele();
    if (!montant_centimes || !client_id) {
      this.annonces.dire($localize`L'ordre légal demande un montant et un client.`);
      this.f.montant_centimes().markAsTouched();
      return;
    }
    if (!(await this.factures.ordreLegal(montant_centimes, date_paiement, (parts) => this.repartition.poser(parts)))) return;
    this.annonces.dire($localize`Ordre légal appliqué, reste à affecter ${this.montant(this.repartition.reste())}`);
  }

  protected async enregistrer(): Promise<void> {
    if (!(await this.factures.ordreAbouti())) return;
    if (this.issue() || this.enPanne()) return;
    const voulus = this.ecartsVoulus();
    const ecrite = await this.soumission.envoyer(this.f, () => this.requete());
    if (!ecrite) {
      if (this.repartition.empechement()) this.grille()?.focus();
      return;
    }
    const { corps: paiement, degrade } = ecrite;
    const ecarts = degrade ? [] : await this.passeurDEcarts.passer(voulus);
    this.issue.set({ paiement, degrade, ecarts, ecartsReportes: degrade !== undefined && voulus.length > 0 });
  }

  /** Another payment: date, means and currency stay. */
  protected recommencer(): void {
    const { date_paiement, moyen, devise } = this.modele();
    this.issue.set(undefined);
    this.repartition.effacer();
    this.ecarts.set(new Map());
    this.soumission.recommencer();
    this.f().reset({ ...vierge(), date_paiement, moyen, devise });
    setTimeout(() => this.champMontant()?.focus());
  }

  private requete(): HttpRequest<PaiementJson> {
    const { montant_centimes, reference, client_id, ...reste } = this.modele();
    const body: PaiementEntrantJson = {
      ...reste,
      client_id,
      montant_centimes: montant_centimes ?? 0,
      ...(reference.trim() && { reference: reference.trim() }),
      ...(this.factures.connues() && { affectations: this.repartition.parts() }),
    };
    return postPaiementsRequest({ body, headers: { 'Idempotency-Key': '' } });
  }

  private ecartsVoulus(): EcartVoulu[] {
    return this.repartition.lignes().flatMap(({ facture: { facture_id, numero }, ecart }) => {
      const motif = this.ecarts().get(facture_id);
      return ecart && motif ? [{ facture_id, numero, montant_centimes: ecart, motif }] : [];
    });
  }

  private sale(): boolean {
    return !this.issue() && (this.f().dirty() || !this.repartition.vide());
  }

  private enMots(): string {
    const reste = this.repartition.reste();
    if (!this.factures.connues() || reste === 0 || this.repartition.vide()) return '';
    return reste > 0 ? $localize`Reste à affecter ${this.montant(reste)}` : $localize`Dépassé de ${this.montant(-reste)}`;
  }

  /** What saving will do with the money that no invoice gets. */
  private dire(): string {
    const { montant_centimes, client_id } = this.modele();
    if (!montant_centimes || !client_id || this.repartition.empechement()) return '';
    if (!this.factures.connues()) return this.factures.muette() ? $localize`Sera affecté dans l'ordre légal.` : '';
    const reste = this.repartition.reste();
    if (reste === 0) return $localize`Tout le paiement est affecté.`;
    if (!this.repartition.parts().length && this.factures.ouvertes().length) {
      return $localize`Rien n'est affecté : ${this.montant(reste)} resteront au crédit du client. F8 applique l'ordre légal.`;
    }
    return $localize`${this.montant(reste)} resteront au crédit du client, à affecter plus tard.`;
  }

  private prendreLaFactureVisee(): void {
    const visee = this.visee.valeur();
    if (!visee) return;
    untracked(() => {
      const { client_id, devise, reste_centimes, id } = visee;
      if (client_id) this.modele.update((m) => ({ ...m, client_id, devise, montant_centimes: reste_centimes || null }));
      this.viseeAPoser.set(id);
    });
  }

  private poserLaFactureVisee(): void {
    const ouverte = this.factures.ouvertes().find(({ facture_id }) => facture_id === this.viseeAPoser());
    if (!ouverte) return;
    untracked(() => {
      this.viseeAPoser.set('');
      this.repartition.poser([{ facture_id: ouverte.facture_id, montant_centimes: ouverte.reste_centimes }]);
    });
  }
}

function vierge(): Saisie {
  return {
    date_paiement: aujourdHui(),
    montant_centimes: null,
    moyen: 'VIREMENT',
    devise: 'EUR',
    reference: '',
    client_id: '',
    notifier: true,
  };
}

function erreurDeMontant(centimes: number | null): { kind: string; message: string } | undefined {
  if (centimes === null) return { kind: 'required', message: $localize`Le montant reçu manque.` };
  return centimes > 0 ? undefined : { kind: 'min', message: $localize`Le montant reçu est positif.` };
}
