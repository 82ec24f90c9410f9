import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { FactureVue, GetFacturesData, GetFacturesResponse } from '../../../api';
import { getFacturesRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { ClientsConnus } from '../../../kernel/champs';
import { Raccourcis, ToucheEnTitre } from '../../../kernel/clavier';
import { Disponibilite, lireListe } from '../../../kernel/data';
import { Annonces, EtatLecture, Squelette, Vide } from '../../../kernel/etats';
import { formaterHeure } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { compter } from '../../../kernel/format/texte';
import { BarreListe, filtresActifs, parametresDeListe } from '../../../kernel/liste';
import { colonnesRetenues, Selection, Tableau } from '../../../kernel/table';
import { BarreLot } from '../lot/barre-lot';
import { ApercuFacture } from './apercu';
import { COLONNES } from './colonnes';
import { FILTRES, ONGLETS, RIEN_A_FAIRE } from './filtres';

/** The panel and the gap beside the table; below 1024 pixels it stands under the table. */
const LARGEUR_DU_PANNEAU = window.innerWidth >= 1024 ? 370 : 0;

/** The list of invoices and credit notes. */
@Component({
  imports: [Tableau, BarreListe, BarreLot, ApercuFacture, Squelette, Vide, EtatLecture, ToucheEnTitre],
  providers: [Adresse],
  templateUrl: './liste.html',
  styleUrl: './liste.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListeFactures {
  protected readonly adresse = inject(Adresse);
  protected readonly colonnes = COLONNES;
  protected readonly retenues = colonnesRetenues(
    () => 'factures',
    () => this.adresse.lire('colonnes'),
  );
  protected readonly onglets = ONGLETS;
  protected readonly filtres = FILTRES;
  protected readonly selection = new Selection();
  protected readonly liste = lireListe<FactureVue, GetFacturesResponse>((curseur) =>
    getFacturesRequest({ query: { ...parametresDeListe(this.adresse, FILTRES), limit: 200, curseur } as GetFacturesData['query'] }),
  );
  protected readonly courante = signal(retour());
  protected readonly idDe = (facture: FactureVue): string => facture.id;
  protected readonly classeDe = (facture: FactureVue): string => (facture.en_retard ? 'en-retard' : '');
  protected readonly montant = formaterMontant;
  protected readonly LARGEUR_DU_PANNEAU = LARGEUR_DU_PANNEAU;

  protected readonly choisies = computed(() => this.liste.lignes().filter(({ id }) => this.selection.contient(id)));
  protected readonly combien = computed(() => compter(this.liste.total(), $localize`document`, $localize`documents`));
  protected readonly panneau = computed(() => this.adresse.lire('panneau') === 'oui');
  protected readonly sousLesYeux = computed(() => this.liste.lignes().find(({ id }) => id === this.regardee()) ?? this.liste.lignes()[0]);
  protected readonly enPanne = computed(() => this.disponibilite.enPanne('facture-service'));
  /** The filters in force in words; with none, an empty list means first use or nothing to do. */
  protected readonly actifs = computed(() => [
    ...filtresActifs(this.adresse, FILTRES, (id) => this.clients.nom(id)).map(({ texte }) => texte),
    ...(this.adresse.texte().trim() ? [$localize`texte « ${this.adresse.texte().trim()} »`] : []),
  ]);
  protected readonly bonneNouvelle = computed(() => RIEN_A_FAIRE[this.adresse.lire('onglet')]);
  protected readonly heure = computed(() => formaterHeure(this.liste.premiere.lueLe() ?? new Date()));
  private readonly ensemble = computed(() => JSON.stringify([parametresDeListe(this.adresse, FILTRES, true), this.adresse.lire('onglet')]));
  private readonly regardee = signal(retour());
  private readonly toutVoulu = signal(false);
  private readonly router = inject(Router);
  private readonly clients = inject(ClientsConnus);
  private readonly annonces = inject(Annonces);
  private readonly disponibilite = inject(Disponibilite);
  private readonly tableau = viewChild(Tableau);

  constructor() {
    inject(Raccourcis).ajouter([
      { action: 'nouveau', libelle: $localize`Nouvelle facture`, faire: () => this.nouvelle() },
      { action: 'apercu', libelle: $localize`Aperçu à côté de la liste`, faire: () => this.basculerPanneau() },
      { touche: 'ArrowDown', libelle: $localize`Entrer dans la liste`, faire: () => this.tableau()?.focus() },
      { touche: 'Escape', libelle: $localize`Ne plus rien choisir`, faire: () => this.selection.vider() },
    ]);
    effect(() => {
      this.ensemble();
      untracked(() => this.selection.vider());
    });
    effect(() => {
      if (this.toutVoulu()) this.lireJusquAuBout();
    });
    effect(() => {
      const total = this.liste.premiere.valeur()?.total;
      if (total !== undefined) untracked(() => this.annonces.dire(this.combien()));
    });
  }

  protected nouvelle(): void {
    void this.router.navigateByUrl('/factures/nouvelle');
  }

  protected ouvrir({ id, statut_document }: FactureVue): void {
    history.replaceState({ ...history.state, courante: id }, '');
    void this.router.navigate(['/factures', id, ...(statut_document === 'BROUILLON' ? ['modification'] : [])]);
  }

  protected basculerPanneau(): void {
    this.adresse.ecrire({ panneau: this.panneau() ? undefined : 'oui' });
  }

  protected regarder({ id }: FactureVue): void {
    this.regardee.set(id);
  }

  protected toutEffacer(): void {
    this.adresse.chercher('');
    this.adresse.ecrire(Object.fromEntries(FILTRES.map(({ cle }) => [cle, undefined])));
  }

  /** Choose the whole filtered set: what is not read yet is read first. */
  protected toutChoisir(): void {
    this.toutVoulu.set(true);
  }

  private lireJusquAuBout(): void {
    if (this.liste.complete()) {
      this.selection.toutes(this.liste.lignes().map(this.idDe));
      this.toutVoulu.set(false);
    } else if (this.liste.probleme()) this.toutVoulu.set(false);
    else if (!this.liste.enCours()) this.liste.suite();
  }
}

/** The row a person comes back to. */
function retour(): string {
  const etat = history.state as { courante?: unknown } | null;
  return typeof etat?.courante === 'string' ? etat.courante : '';
}
