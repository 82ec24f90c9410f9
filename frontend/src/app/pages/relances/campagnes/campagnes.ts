import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { GetJobsExecutionsResponse, GetJobsResponse, PasseVue } from '../../../api';
import { getJobsExecutionsRequest, getJobsRequest } from '../../../api/@angular/common.gen';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Raccourcis, ToucheEnTitre } from '../../../kernel/clavier';
import { lire, lireListe } from '../../../kernel/data';
import { EtatLecture, Squelette, Vide } from '../../../kernel/etats';
import { formaterDate, formaterInstant } from '../../../kernel/format/date';
import { Colonne, Tableau } from '../../../kernel/table';
import { STATUTS, tourne } from '../../../kernel/travaux';
import { direDeclenchement, direDuree } from '../mots';
import { exclusDe, jourDe, passageDe } from './passages';

const PAUSE_MS = 3_000;

const COLONNES: readonly Colonne<PasseVue>[] = [
  {
    cle: 'date',
    titre: $localize`Campagne`,
    largeur: '8rem',
    priorite: 1,
    valeur: (p) => formaterDate(jourDe(p)),
    lien: (p) => `/relances/campagnes/${p.id}`,
  },
  { cle: 'passage', titre: $localize`Passage`, nombre: true, largeur: '5rem', priorite: 3, valeur: (p) => String(passageDe(p)) },
  {
    cle: 'statut',
    titre: $localize`État`,
    largeur: '9rem',
    priorite: 1,
    valeur: (p) => STATUTS[p.statut].mot,
    etat: (p) => STATUTS[p.statut],
  },
  { cle: 'ecrits', titre: $localize`Clients relancés`, nombre: true, largeur: '8rem', priorite: 1, valeur: (p) => nombre(p.ecrits) },
  { cle: 'filtres', titre: $localize`Laissés de côté`, nombre: true, largeur: '8rem', priorite: 2, valeur: (p) => nombre(p.filtres) },
  {
    cle: 'exclus',
    titre: $localize`Exclus`,
    nombre: true,
    largeur: '5rem',
    priorite: 3,
    valeur: (p) => nombre(exclusDe(p).length),
  },
  { cle: 'lancee', titre: $localize`Lancée le`, largeur: '9rem', priorite: 2, valeur: (p) => formaterInstant(p.cree_le) },
  { cle: 'declenchement', titre: $localize`Lancement`, largeur: '8rem', priorite: 3, valeur: direDeclenchement },
  { cle: 'duree', titre: $localize`Durée`, nombre: true, largeur: '7rem', priorite: 4, valeur: (p) => direDuree(p.duree_ms) },
];

/** The campaigns there were, the latest first, and when the next one starts by itself. */
@Component({
  imports: [Squelette, Tableau, Vide, EtatLecture, ToucheEnTitre],
  providers: [Adresse],
  template: `
    <div class="actions">
      <h1 i18n>Campagnes de relances</h1>
      <button type="button" class="ecran" (click)="preparer()" i18n-title title="Préparer une campagne" appTouche="nouveau" i18n>
        Préparer une campagne
      </button>
      @if (prochaine(); as le) {
        <span class="discret" i18n>Prochaine campagne automatique le {{ instant(le) }}.</span>
      }
    </div>
    <app-etat-lecture [lecture]="liste.premiere" [probleme]="liste.probleme()" />
    @if (liste.premiere.valeur()) {
      @if (liste.total()) {
        <app-tableau
          [colonnes]="colonnes"
          [lignes]="liste.lignes()"
          [total]="liste.total()"
          [idDe]="idDe"
          i18n-legende
          legende="Campagnes de relances, la dernière d'abord"
          [enCours]="liste.enCours()"
          [perimee]="liste.premiere.perimee()"
          [courante]="courante()"
          (ouvrir)="ouvrir($event)"
          (suite)="liste.suite()"
        />
      } @else {
        <app-vide i18n-titre titre="Pas encore de campagne" i18n-action action="Préparer une campagne" (agir)="preparer()" i18n
          >Une campagne relance d'un coup tous les clients en retard&nbsp;; une simulation dit d'abord qui, et pourquoi.</app-vide
        >
      }
    } @else if (liste.enCours()) {
      <app-squelette [nombre]="10" />
    }
  `,
  styles: ':host { display: flex; flex-direction: column; flex: 1; min-height: 0; } .actions { margin-bottom: 0.5rem; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Campagnes {
  private readonly router = inject(Router);
  protected readonly liste = lireListe<PasseVue, GetJobsExecutionsResponse>((curseur) =>
    getJobsExecutionsRequest({ query: { job: 'relanceJob', limit: 200, curseur } }),
  );
  private readonly jobs = lire<GetJobsResponse>(() => getJobsRequest());
  protected readonly prochaine = computed(() => this.jobs.valeur()?.find(({ nom }) => nom === 'relanceJob')?.prochain);
  protected readonly courante = signal(retour());
  protected readonly colonnes = COLONNES;
  protected readonly instant = formaterInstant;
  protected readonly idDe = ({ id }: PasseVue): string => id;
  private readonly tableau = viewChild<Tableau<PasseVue>>(Tableau);

  constructor() {
    inject(Raccourcis).ajouter([{ touche: 'ArrowDown', libelle: $localize`Entrer dans la liste`, faire: () => this.tableau()?.focus() }]);
    effect((avantLaSuivante) => {
      if (!this.liste.premiere.valeur()?.elements.some(tourne)) return;
      const minuterie = setTimeout(() => this.liste.premiere.recharger(), PAUSE_MS);
      avantLaSuivante(() => clearTimeout(minuterie));
    });
  }

  protected preparer(): void {
    void this.router.navigateByUrl('/relances/simulation');
  }

  protected ouvrir({ id }: PasseVue): void {
    history.replaceState({ ...history.state, courante: id }, '');
    void this.router.navigate(['/relances/campagnes', id]);
  }
}

function nombre(n: number): string {
  return n.toLocaleString('fr-FR');
}

/** The row a person comes back to. */
function retour(): string {
  const etat = history.state as { courante?: unknown } | null;
  return typeof etat?.courante === 'string' ? etat.courante : '';
}
