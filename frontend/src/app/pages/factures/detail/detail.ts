import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { FactureVue, GetFacturesIdEvenementsResponse } from '../../../api';
import {
  deleteFacturesIdRequest,
  getFacturesIdEvenementsRequest,
  getFacturesIdRequest,
  postFacturesIdDuplicationRequest,
} from '../../../api/@angular/common.gen';
import { Raccourcis, Touches, ToucheEnTitre } from '../../../kernel/clavier';
import { cleDeFormulaire, Disponibilite, Ecritures, lire, Probleme, problemeDe } from '../../../kernel/data';
import { AfficheProbleme, Age, Annonces, Squelette } from '../../../kernel/etats';
import { aujourdHui, formaterDate } from '../../../kernel/format/date';
import { formaterMontant, formaterTaux } from '../../../kernel/format/montant';
import { DialogueAvoir } from '../actes/dialogue-avoir';
import { DialogueEcart } from '../actes/dialogue-ecart';
import { DialogueEnvoi } from '../actes/dialogue-envoi';
import { DialogueLitige } from '../actes/dialogue-litige';
import { DialogueSuppression } from '../actes/dialogue-suppression';
import { Emission } from '../emission/emission';
import { signe } from '../etats';
import { Historique } from '../historique';
import { adresseDeLaPage, PageLegale } from '../page-legale';
import { avoirsDe, reglementsDe } from '../recits';
import { Action, actionsDe, NomDAction, Touche } from './actions';
import { dimensions } from './etat-des-lieux';

/** One document: its legal page, its facts, what happened to it and what may be done. */
@Component({
  imports: [
    RouterLink,
    AfficheProbleme,
    Age,
    Squelette,
    Historique,
    PageLegale,
    DialogueAvoir,
    DialogueEcart,
    DialogueEnvoi,
    DialogueLitige,
    DialogueSuppression,
    Emission,
    ToucheEnTitre,
  ],
  templateUrl: './detail.html',
  styleUrl: './detail.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DetailFacture {
  readonly id = input.required<string>();
  protected readonly lecture = lire<FactureVue>(() => getFacturesIdRequest({ path: { id: this.id() } }));
  protected readonly histoire = lire<GetFacturesIdEvenementsResponse>(() =>
    getFacturesIdEvenementsRequest({ path: { id: this.id() }, query: { limit: 200 } }),
  );
  /** The document of this address; the one before stays unseen when the address changes. */
  protected readonly facture = computed(() => (this.lecture.valeur()?.id === this.id() ? this.lecture.valeur() : undefined));
  protected readonly evenements = computed(() => this.histoire.valeur()?.elements ?? []);
  protected readonly titre = computed(() => titreDe(this.facture()));
  protected readonly actions = computed(() => (this.facture() ? actionsDe(this.facture() as FactureVue) : []));
  protected readonly dimensions = computed(() =>
    this.facture() ? dimensions(this.facture() as FactureVue, this.evenements(), aujourdHui()) : [],
  );
  protected readonly avoirs = computed(() => avoirsDe(this.evenements()));
  protected readonly reglements = computed(() => reglementsDe(this.evenements()));
  protected readonly montants = computed(() => montantsDe(this.facture()));
  protected readonly enPanne = computed(() => this.disponibilite.enPanne('facture-service'));
  protected readonly dialogue = signal<NomDAction | undefined>(undefined);
  /** What was just done, and the credit note that came of it. */
  protected readonly fait = signal<{ texte: string; avoir?: FactureVue } | undefined>(undefined);
  protected readonly probleme = signal<Probleme | undefined>(undefined);
  protected readonly montant = formaterMontant;
  protected readonly taux = formaterTaux;
  protected readonly date = formaterDate;
  protected readonly touches = inject(Touches);
  private readonly router = inject(Router);
  private readonly ecritures = inject(Ecritures);
  private readonly annonces = inject(Annonces);
  private readonly disponibilite = inject(Disponibilite);

  constructor() {
    inject(Raccourcis).ajouter([
      { action: 'facture-document', libelle: $localize`Document légal, à imprimer`, faire: () => this.parTouche('facture-document') },
      { action: 'facture-avoir', libelle: $localize`Faire un avoir`, faire: () => this.parTouche('facture-avoir') },
      { action: 'facture-paiement', libelle: $localize`Saisir un paiement`, faire: () => this.parTouche('facture-paiement') },
      { action: 'facture-litige', libelle: $localize`Ouvrir ou clore un litige`, faire: () => this.parTouche('facture-litige') },
      { touche: 'Ctrl+Enter', libelle: $localize`Émettre le brouillon`, faire: () => this.parTouche('Ctrl+Enter') },
    ]);
  }

  protected agir({ nom, refus }: Action): void {
    if (refus || (this.enPanne() && nom !== 'document')) return;
    const ailleurs: Partial<Record<NomDAction, () => void>> = {
      document: () => void window.open(adresseDeLaPage(this.id()), '_blank', 'noopener'),
      modifier: () => void this.router.navigate(['/factures', this.id(), 'modification']),
      paiement: () => void this.router.navigate(['/paiements/nouveau'], { queryParams: { facture: this.id() } }),
      dupliquer: () => void this.dupliquer(),
    };
    this.probleme.set(undefined);
    const faire = ailleurs[nom];
    if (faire) faire();
    else this.dialogue.set(nom);
  }

  /** A dialog was closed; with words when something was done. */
  protected finir(texte?: string, avoir?: FactureVue): void {
    this.dialogue.set(undefined);
    if (!texte) return;
    this.fait.set({ texte, avoir });
    this.annonces.dire(texte);
    this.relire();
  }

  protected finirAvoir(avoir: FactureVue | undefined): void {
    this.finir(avoir && $localize`Avoir ${avoir.numero} émis.`, avoir);
  }

  /** Go where a check can be put right: the client's sheet for what is the client's, the editor otherwise. */
  protected corriger(pointer: string): void {
    const client = this.facture()?.client_id;
    if (client && pointer.startsWith('/client/')) void this.router.navigate(['/clients', client]);
    else void this.router.navigate(['/factures', this.id(), 'modification'], { queryParams: { champ: pointer } });
  }

  protected relire(): void {
    this.lecture.recharger();
    this.histoire.recharger();
  }

  protected async supprimer(): Promise<void> {
    await this.tenter(async () => {
      await this.ecritures.envoyer(
        deleteFacturesIdRequest({ path: { id: this.id() }, headers: { 'If-Match': this.lecture.etag() ?? '' } }),
      );
      this.annonces.dire($localize`Brouillon supprimé`);
      await this.router.navigateByUrl('/factures');
    });
  }

  private parTouche(touche: Touche): void {
    const action = this.actions().find((candidate) => candidate.touche === touche);
    if (!action) return;
    if (action.refus) this.annonces.dire($localize`${action.libelle} : ${action.refus}`);
    this.agir(action);
  }

  private async dupliquer(): Promise<void> {
    await this.tenter(async () => {
      const { corps } = await this.ecritures.envoyer(postFacturesIdDuplicationRequest({ path: { id: this.id() } }), {
        cle: cleDeFormulaire(`duplication ${this.id()}`),
      });
      this.annonces.dire($localize`Copie en brouillon`);
      await this.router.navigate(['/factures', corps.id, 'modification']);
    });
  }

  private async tenter(faire: () => Promise<void>): Promise<void> {
    this.dialogue.set(undefined);
    try {
      await faire();
    } catch (erreur) {
      this.probleme.set(problemeDe(erreur));
      this.relire();
    }
  }
}

function titreDe(facture: FactureVue | undefined): string {
  if (!facture) return $localize`Facture`;
  if (!facture.numero) return $localize`Brouillon de facture`;
  return facture.type === 'AVOIR' ? $localize`Avoir ${facture.numero}` : $localize`Facture ${facture.numero}`;
}

/** The amounts of a document in the order they are computed, those that are nothing left out. */
function montantsDe(facture: FactureVue | undefined): { nom: string; centimes: number; fort?: boolean }[] {
  if (!facture) return [];
  const enPlus = (nom: string, centimes: number | null | undefined): { nom: string; centimes: number }[] =>
    centimes ? [{ nom, centimes }] : [];
  return [
    ...enPlus($localize`Total HT`, facture.total_ht_centimes),
    ...enPlus($localize`Total TVA`, facture.total_tva_centimes),
    { nom: $localize`Total TTC`, centimes: signe(facture, facture.total_ttc_centimes), fort: true },
    ...(facture.type === 'AVOIR'
      ? enPlus($localize`Imputé sur la facture`, facture.avoirs_centimes)
      : enPlus($localize`Avoirs`, -facture.avoirs_centimes)),
    ...enPlus($localize`Réglé`, -facture.regle_centimes),
    ...enPlus($localize`Écarts`, -facture.ecarts_centimes),
    ...enPlus($localize`À affecter, au crédit du client`, facture.a_affecter_centimes),
    ...(facture.type === 'AVOIR' ? [] : [{ nom: $localize`Reste dû`, centimes: facture.reste_centimes, fort: true }]),
  ];
}
