import { HttpClient, HttpParams, HttpRequest } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, input, signal, viewChild } from '@angular/core';
import { Adresse } from '../adresse/adresse';
import { ChampDate, ChampMontant, ChampRecherche, ClientsConnus, Proposition, rechercheDeClients } from '../champs';
import { Raccourcis, ToucheEnIndice } from '../clavier';
import { lire, Probleme, problemeDe } from '../data';
import { AfficheProbleme, Annonces } from '../etats';
import { Colonne, colonnesRetenues, LARGEUR_MAX, LARGEUR_MIN, PreferencesDeColonnes } from '../table';
import { enregistrerCsv, lireCsv } from './export';
import { Filtre, filtresActifs, Onglet, parametresDeListe } from './filtres';
import { Periode, periodes } from './periodes';
import { Vues } from './vues';

interface Compteurs {
  readonly onglets: readonly { readonly nom: string; readonly total: number }[];
}

const ATTENTE_MS = 250;

/**
 * What stands above every list: tabs with live counts, search, filters as chips, saved views, columns, CSV, print, pages.
 * All of it is in the address. The page provides `Adresse`.
 */
@Component({
  selector: 'app-barre-liste',
  imports: [ChampDate, ChampMontant, ChampRecherche, AfficheProbleme, Vues, ToucheEnIndice],
  templateUrl: './barre.html',
  styleUrl: './barre.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BarreListe<T> {
  /** The list below `/api`: `factures`. */
  readonly ressource = input.required<string>();
  readonly onglets = input.required<readonly Onglet[]>();
  readonly filtres = input.required<readonly Filtre[]>();
  readonly colonnes = input.required<readonly Colonne<T>[]>();
  readonly total = input.required<number>();
  /** The export in place of the service's, where the list shows more than the service knows. */
  readonly autreExport = input<() => Promise<void>>();

  protected readonly adresse = inject(Adresse);
  protected readonly clients = inject(ClientsConnus);
  protected readonly chercherClient = rechercheDeClients();
  protected readonly compteurs = lire<Compteurs>(
    () =>
      new HttpRequest('GET', `/api/${this.ressource()}/compteurs`, {
        params: new HttpParams({ fromObject: parametresDeListe(this.adresse, this.filtres(), true) }),
      }),
  );
  protected readonly actifs = computed(() => filtresActifs(this.adresse, this.filtres(), (id) => this.clients.nom(id)));
  protected readonly ongletCourant = computed(() => this.adresse.lire('onglet') || (this.onglets()[0]?.nom ?? ''));
  protected readonly preferences = inject(PreferencesDeColonnes);
  protected readonly periodes = periodes;
  protected readonly limites = { min: LARGEUR_MIN, max: LARGEUR_MAX };
  private readonly retenues = colonnesRetenues(this.ressource, () => this.adresse.lire('colonnes'));
  protected readonly affichees = computed(() => {
    const choix = this.retenues();
    return choix
      ? choix.split(',')
      : this.colonnes()
          .filter((c) => !c.cachee)
          .map((c) => c.cle);
  });
  protected readonly enExport = signal(false);
  protected readonly probleme = signal<Probleme | undefined>(undefined);
  private readonly http = inject(HttpClient);
  private readonly annonces = inject(Annonces);
  private readonly recherche = viewChild.required<ElementRef<HTMLInputElement>>('recherche');
  private minuterie: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(Raccourcis).ajouter([
      { action: 'chercher', libelle: $localize`Chercher dans la liste`, faire: () => this.recherche().nativeElement.focus() },
    ]);
  }

  protected nombreDe(nom: string): number | undefined {
    return this.compteurs.valeur()?.onglets.find((onglet) => onglet.nom === nom)?.total;
  }

  protected choisirOnglet(nom: string): void {
    this.adresse.ecrire({ onglet: nom === this.onglets()[0]?.nom ? undefined : nom }, { nouvelleEntree: true });
  }

  protected chercher(texte: string): void {
    clearTimeout(this.minuterie);
    this.minuterie = setTimeout(() => this.adresse.chercher(texte), ATTENTE_MS);
  }

  protected poser(filtre: Filtre, valeur: string | number | null): void {
    this.adresse.ecrire({ [filtre.cle]: valeur === null ? undefined : String(valeur) });
  }

  protected poserPeriode(debut: string, fin: string, { du, au }: Periode): void {
    this.adresse.ecrire({ [debut]: du, [fin]: au });
  }

  protected poserClient(filtre: Filtre, choisi: Proposition | undefined): void {
    if (choisi) this.clients.retenir(choisi);
    this.poser(filtre, choisi?.valeur ?? null);
  }

  protected montantDe(filtre: Filtre): number | null {
    const valeur = this.adresse.lire(filtre.cle);
    return valeur ? Number(valeur) : null;
  }

  protected effacer(): void {
    this.adresse.chercher('');
    this.recherche().nativeElement.value = '';
    this.adresse.ecrire(Object.fromEntries(this.filtres().map(({ cle }) => [cle, undefined])));
  }

  protected basculerColonne(cle: string): void {
    const affichees = this.affichees();
    const suivantes = affichees.includes(cle) ? affichees.filter((autre) => autre !== cle) : [...affichees, cle];
    this.choisirColonnes(suivantes);
  }

  protected deplacerColonne(cle: string, pas: number): void {
    const suivantes = [...this.affichees()];
    const rang = suivantes.indexOf(cle);
    const cible = rang + pas;
    if (rang < 0 || cible < 0 || cible >= suivantes.length) return;
    suivantes.splice(cible, 0, ...suivantes.splice(rang, 1));
    this.choisirColonnes(suivantes);
  }

  protected intituleDeLargeur({ titre }: Colonne<T>): string {
    return $localize`Largeur de « ${titre} » en pixels`;
  }

  protected elargir(cle: string, largeur: string): void {
    this.preferences.elargir(this.ressource(), cle, largeur ? Number(largeur) : null);
  }

  protected colonnesUsuelles(): void {
    this.preferences.oublier(this.ressource());
    this.adresse.ecrire({ colonnes: undefined });
  }

  protected imprimer(): void {
    window.print();
  }

  /** The whole filtered set as the service writes it, in the columns and the order on screen. */
  protected async exporter(): Promise<void> {
    const url = `/api/${this.ressource()}`;
    this.enExport.set(true);
    this.probleme.set(undefined);
    try {
      await (this.autreExport() ?? (() => this.exporterDuService(url)))();
      this.annonces.dire($localize`Export terminé`);
    } catch (erreur) {
      this.probleme.set(problemeDe(erreur, url));
    } finally {
      this.enExport.set(false);
    }
  }

  private choisirColonnes(cles: readonly string[]): void {
    this.preferences.choisir(this.ressource(), cles.join(','));
    this.adresse.ecrire({ colonnes: cles.join(',') });
  }

  private async exporterDuService(url: string): Promise<void> {
    const parametres = { ...parametresDeListe(this.adresse, this.filtres()), colonnes: this.affichees().join(',') };
    enregistrerCsv(await lireCsv(this.http, url, parametres));
  }
}
