import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { GetNotificationsData, GetNotificationsResponse, NotificationJson } from '../../../api';
import { getNotificationsRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Raccourcis, ToucheEnTitre } from '../../../kernel/clavier';
import { Disponibilite, lireListe } from '../../../kernel/data';
import { Annonces, EtatLecture, Squelette } from '../../../kernel/etats';
import { compter } from '../../../kernel/format/texte';
import { BarreListe, ListeVide, parametresDeListe } from '../../../kernel/liste';
import { Selection, Tableau } from '../../../kernel/table';
import { FicheNotification } from '../fiche/fiche';
import { RenvoiParLot } from '../renvoi/renvoi-par-lot';
import { COLONNES } from './colonnes';
import { FILTRES, ONGLETS, RIEN_A_FAIRE } from './filtres';

/** The log of what was written to clients, and how it arrived. */
@Component({
  imports: [Tableau, BarreListe, ListeVide, FicheNotification, RenvoiParLot, Squelette, EtatLecture, ToucheEnTitre],
  providers: [Adresse],
  templateUrl: './liste.html',
  styleUrl: './liste.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListeNotifications {
  protected readonly adresse = inject(Adresse);
  private readonly router = inject(Router);
  private readonly annonces = inject(Annonces);
  private readonly disponibilite = inject(Disponibilite);
  private readonly tableau = viewChild(Tableau);

  protected readonly colonnes = COLONNES;
  protected readonly onglets = ONGLETS;
  protected readonly filtres = FILTRES;
  protected readonly rienAFaire = RIEN_A_FAIRE;
  protected readonly selection = new Selection();
  protected readonly liste = lireListe<NotificationJson, GetNotificationsResponse>((curseur) =>
    getNotificationsRequest({
      query: { ...parametresDeListe(this.adresse, FILTRES), limit: 200, curseur } as GetNotificationsData['query'],
    }),
  );
  protected readonly courante = signal(retour());
  protected readonly regardee = signal(retour());
  protected readonly renvoi = signal(false);
  protected readonly idDe = (notification: NotificationJson): string => notification.id;
  protected readonly choisies = computed(() => this.liste.lignes().filter(({ id }) => this.selection.contient(id)));
  protected readonly combien = computed(() => compter(this.liste.total(), $localize`notification`, $localize`notifications`));
  protected readonly combienChoisies = computed(() =>
    compter(this.choisies().length, $localize`notification choisie`, $localize`notifications choisies`),
  );
  protected readonly panneau = computed(() => this.adresse.lire('panneau') === 'oui');
  protected readonly sousLesYeux = computed(() => this.liste.lignes().find(({ id }) => id === this.regardee()) ?? this.liste.lignes()[0]);
  protected readonly enPanne = computed(() => this.disponibilite.enPanne('notification-service'));
  private readonly ensemble = computed(() => JSON.stringify([parametresDeListe(this.adresse, FILTRES, true), this.adresse.lire('onglet')]));

  constructor() {
    inject(Raccourcis).ajouter([
      { action: 'apercu', libelle: $localize`Aperçu à côté de la liste`, faire: () => this.basculerPanneau() },
      { touche: 'ArrowDown', libelle: $localize`Entrer dans la liste`, faire: () => this.tableau()?.focus() },
      { touche: 'Escape', libelle: $localize`Ne plus rien choisir`, faire: () => this.selection.vider() },
    ]);
    effect(() => {
      this.ensemble();
      untracked(() => this.selection.vider());
    });
    effect(() => {
      if (this.liste.premiere.valeur()) untracked(() => this.annonces.dire(this.combien()));
    });
  }

  protected ouvrir({ id }: NotificationJson): void {
    history.replaceState({ ...history.state, courante: id }, '');
    void this.router.navigate(['/notifications', id]);
  }

  protected basculerPanneau(): void {
    this.adresse.ecrire({ panneau: this.panneau() ? undefined : 'oui' });
  }

  protected finirRenvoi(fait: boolean): void {
    this.renvoi.set(false);
    if (!fait) return;
    this.selection.vider();
    this.liste.premiere.recharger();
  }
}

/** The row a person comes back to. */
function retour(): string {
  const etat = history.state as { courante?: unknown } | null;
  return typeof etat?.courante === 'string' ? etat.courante : '';
}
