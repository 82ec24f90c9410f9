import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { GetPaiementsData, GetPaiementsResponse, PaiementJson } from '../../../api';
import { getPaiementsRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { ClientsConnus } from '../../../kernel/champs';
import { Raccourcis, ToucheEnTitre } from '../../../kernel/clavier';
import { lireListe } from '../../../kernel/data';
import { Annonces, EtatLecture, Squelette } from '../../../kernel/etats';
import { formaterMontant } from '../../../kernel/format/montant';
import { compter } from '../../../kernel/format/texte';
import { BarreListe, ListeVide, parametresDeListe } from '../../../kernel/liste';
import { Tableau } from '../../../kernel/table';
import { colonnes } from './colonnes';
import { FILTRES, ONGLETS, RIEN_A_FAIRE } from './filtres';

/** The list of payments received, with the sums of the whole filtered set. */
@Component({
  imports: [Tableau, BarreListe, ListeVide, Squelette, EtatLecture, ToucheEnTitre],
  providers: [Adresse],
  templateUrl: './liste.html',
  styleUrl: './liste.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListePaiements {
  protected readonly adresse = inject(Adresse);
  private readonly clients = inject(ClientsConnus);
  private readonly router = inject(Router);
  private readonly annonces = inject(Annonces);
  private readonly tableau = viewChild(Tableau);

  protected readonly colonnes = colonnes((id) => this.clients.nom(id));
  protected readonly onglets = ONGLETS;
  protected readonly filtres = FILTRES;
  protected readonly rienAFaire = RIEN_A_FAIRE;
  protected readonly montant = formaterMontant;
  protected readonly liste = lireListe<PaiementJson, GetPaiementsResponse>((curseur) =>
    getPaiementsRequest({ query: { ...parametresDeListe(this.adresse, FILTRES), limit: 200, curseur } as GetPaiementsData['query'] }),
  );
  protected readonly combien = computed(() => compter(this.liste.total(), $localize`paiement`, $localize`paiements`));
  protected readonly courante = signal(retour());
  protected readonly idDe = (paiement: PaiementJson): string => paiement.id;

  constructor() {
    inject(Raccourcis).ajouter([
      { action: 'nouveau', libelle: $localize`Saisir un paiement`, faire: () => this.nouveau() },
      { touche: 'ArrowDown', libelle: $localize`Entrer dans la liste`, faire: () => this.tableau()?.focus() },
    ]);
    effect(() => {
      if (this.liste.premiere.valeur()) untracked(() => this.annonces.dire(this.combien()));
    });
  }

  protected nouveau(): void {
    const client = this.adresse.lire('client_id');
    void this.router.navigate(['/paiements/nouveau'], { queryParams: client ? { client } : {} });
  }

  protected ouvrir({ id }: PaiementJson): void {
    history.replaceState({ ...history.state, courante: id }, '');
    void this.router.navigate(['/paiements', id]);
  }
}

/** The row a person comes back to. */
function retour(): string {
  const etat = history.state as { courante?: unknown } | null;
  return typeof etat?.courante === 'string' ? etat.courante : '';
}
