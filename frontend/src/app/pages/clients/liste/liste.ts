import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { ClientJson, GetClientsData, GetClientsResponse } from '../../../api';
import { getClientsRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Raccourcis, ToucheEnTitre } from '../../../kernel/clavier';
import { lireListe } from '../../../kernel/data';
import { Annonces, EtatLecture, Squelette } from '../../../kernel/etats';
import { aujourdHui } from '../../../kernel/format/date';
import { compter } from '../../../kernel/format/texte';
import { BarreListe, csv, enregistrer, ListeVide, parametresDeListe } from '../../../kernel/liste';
import { colonnesRetenues, colonnesVisibles, Selection, Tableau } from '../../../kernel/table';
import { lireEncours } from '../encours';
import { BarreLotClients } from './barre-lot';
import { ColonneDeClients, colonnesDesClients } from './colonnes';
import { FILTRES, ONGLETS, RIEN_A_FAIRE } from './filtres';

const PAR_PAGE = 200;

/** The list of clients with what they owe. */
@Component({
  imports: [Tableau, BarreListe, BarreLotClients, ListeVide, Squelette, EtatLecture, ToucheEnTitre],
  providers: [Adresse],
  templateUrl: './liste.html',
  styles: ':host { display: flex; flex-direction: column; flex: 1; min-height: 0; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListeClients {
  protected readonly adresse = inject(Adresse);
  protected readonly onglets = ONGLETS;
  protected readonly filtres = FILTRES;
  protected readonly rienAFaire = RIEN_A_FAIRE;
  protected readonly selection = new Selection();
  protected readonly encours = lireEncours();
  protected readonly colonnes = colonnesDesClients(this.encours.de);
  private readonly retenues = colonnesRetenues(
    () => 'clients',
    () => this.adresse.lire('colonnes'),
  );
  protected readonly liste = lireListe<ClientJson, GetClientsResponse>((curseur) => this.requete(curseur));
  protected readonly courante = signal(retour());
  protected readonly idDe = (client: ClientJson): string => client.id;
  protected readonly exporter = (): Promise<void> => this.toutEnCsv();
  protected readonly choisis = computed(() => this.liste.lignes().filter(({ id }) => this.selection.contient(id)));
  private readonly ensemble = computed(() => JSON.stringify([parametresDeListe(this.adresse, FILTRES, true), this.adresse.lire('onglet')]));
  private readonly toutVoulu = signal(false);
  private readonly router = inject(Router);
  private readonly http = inject(HttpClient);
  private readonly annonces = inject(Annonces);
  private readonly tableau = viewChild(Tableau);

  constructor() {
    inject(Raccourcis).ajouter([
      { action: 'nouveau', libelle: $localize`Nouveau client`, faire: () => this.nouveau() },
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
      if (total !== undefined) untracked(() => this.annonces.dire(compter(total, $localize`client`, $localize`clients`)));
    });
  }

  protected nouveau(): void {
    void this.router.navigateByUrl('/clients/nouveau');
  }

  protected ouvrir({ id }: ClientJson): void {
    history.replaceState({ ...history.state, courante: id }, '');
    void this.router.navigate(['/clients', id]);
  }

  protected toutChoisir(): void {
    this.toutVoulu.set(true);
  }

  private requete(curseur: string | undefined): ReturnType<typeof getClientsRequest> {
    return getClientsRequest({
      query: { ...parametresDeListe(this.adresse, FILTRES), limit: PAR_PAGE, curseur } as GetClientsData['query'],
    });
  }

  private lireJusquAuBout(): void {
    if (this.liste.complete()) {
      this.selection.toutes(this.liste.lignes().map(this.idDe));
      this.toutVoulu.set(false);
    } else if (this.liste.probleme()) this.toutVoulu.set(false);
    else if (!this.liste.enCours()) this.liste.suite();
  }

  /** The whole filtered set with what each client owes, which client-service does not know. */
  private async toutEnCsv(): Promise<void> {
    const colonnes = colonnesVisibles(this.colonnes, this.retenues(), Infinity) as readonly ColonneDeClients[];
    const lignes: (string | number)[][] = [colonnes.map(({ titre }) => titre)];
    let curseur: string | undefined;
    do {
      const parametres = { ...parametresDeListe(this.adresse, FILTRES), limit: PAR_PAGE, ...(curseur && { curseur }) };
      const page = await firstValueFrom(this.http.get<GetClientsResponse>('/api/clients', { params: parametres }));
      lignes.push(...page.elements.map((client) => colonnes.map((colonne) => colonne.brut?.(client) ?? colonne.valeur(client))));
      curseur = page.suivant ?? undefined;
    } while (curseur);
    enregistrer(csv(lignes), `clients-${aujourdHui()}.csv`);
  }
}

/** The row a person comes back to. */
function retour(): string {
  const etat = history.state as { courante?: unknown } | null;
  return typeof etat?.courante === 'string' ? etat.courante : '';
}
