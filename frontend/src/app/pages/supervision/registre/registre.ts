import { ChangeDetectionStrategy, Component, computed, inject, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Raccourcis, ToucheEnTitre } from '../../../kernel/clavier';
import { EtatLecture, Squelette, Vide } from '../../../kernel/etats';
import { compter } from '../../../kernel/format/texte';
import { chaque } from '../commun/chaque';
import { heureExacte } from '../commun/durees';
import { Etat } from '../commun/etat';
import { Rangs } from '../commun/rangs';
import { interroger } from '../parc/interrogation';
import { ciblesDe } from '../parc/modele';
import { Parc } from '../parc/parc';
import { ActesRegistre } from './actes';
import { Desinscrire } from './desinscrire';
import { Imposer } from './imposer';
import { Instances } from './instances';
import { adresseAuRegistre, autresEnService, InfoJson, InscriptionJson, LigneApplication, lignesDe, LigneInstance } from './lignes';
import { Preservation } from './preservation';

const RYTHME_MS = 5_000;
/** In an estate larger than this only unfolded applications are asked for versions and beats. */
const TOUTES_JUSQU_A = 60;

/** Who is registered: applications, their instances, leases, and taking an instance out of service and back. */
@Component({
  selector: 'app-registre',
  imports: [
    RouterLink,
    Squelette,
    Vide,
    Etat,
    Rangs,
    Instances,
    Imposer,
    Desinscrire,
    ActesRegistre,
    Preservation,
    EtatLecture,
    ToucheEnTitre,
  ],
  providers: [Adresse],
  templateUrl: './registre.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Registre {
  protected readonly adresse = inject(Adresse);
  protected readonly parc = inject(Parc);
  protected readonly registre = computed(() => this.parc.annuaire.valeur()?.registre);
  protected readonly depliees = computed(() => new Set(this.adresse.lire('depliees').split(',').filter(Boolean)));
  private readonly regardees = computed(() => {
    const toutes = this.parc.cibles();
    return toutes.length <= TOUTES_JUSQU_A ? toutes : toutes.filter(({ application }) => this.depliees().has(application));
  });
  private readonly inscriptions = interroger<InscriptionJson>(
    () => this.regardees().filter(({ instance }) => instance.bail !== null),
    (cible) => adresseAuRegistre(cible, this.registre()?.lien),
  );
  private readonly infos = interroger<InfoJson>(
    () => this.regardees(),
    ({ instance }) => (instance.lien ? `${instance.lien}/info` : undefined),
  );
  protected readonly lignes = computed(() => lignesDe(this.parc.annuaire.valeur(), this.inscriptions.parCle(), this.infos.parCle()));
  protected readonly resume = computed(() => {
    const instances = this.parc.cibles().length;
    return `${compter(this.lignes().length, $localize`application`, $localize`applications`)}, ${compter(instances, $localize`instance`, $localize`instances`)}`;
  });
  protected readonly registres = computed(() => ciblesDe(this.parc.annuaire.valeur(), 'discovery'));
  protected readonly aImposer = signal<{ ligne: LigneInstance; application: LigneApplication; hors: boolean } | undefined>(undefined);
  protected readonly aDesinscrire = signal<{ ligne: LigneInstance; application: LigneApplication } | undefined>(undefined);
  protected readonly heure = heureExacte;
  protected readonly autres = autresEnService;
  private readonly rangs = viewChild(Rangs);
  private readonly actes = viewChild(ActesRegistre);

  constructor() {
    chaque(RYTHME_MS, () => {
      this.parc.relever();
      if (!this.inscriptions.enCours()) this.inscriptions.recharger();
    });
    inject(Raccourcis).ajouter([
      { touche: 'ArrowDown', libelle: $localize`Entrer dans le registre`, faire: () => this.rangs()?.focus() },
      { action: 'registre-deplier', libelle: $localize`Tout déplier ou replier`, faire: () => this.basculerTout() },
    ]);
  }

  protected basculer(nom: string, ouverte: boolean): void {
    const suivantes = [...this.depliees()].filter((autre) => autre !== nom);
    this.adresse.ecrire({ depliees: [...suivantes, ...(ouverte ? [nom] : [])].join(',') });
  }

  protected basculerRang(rang: number, ouverte?: boolean): void {
    const nom = this.lignes()[rang]?.nom;
    if (nom) this.basculer(nom, ouverte ?? !this.depliees().has(nom));
  }

  protected basculerTout(): void {
    const toutes = this.depliees().size
      ? ''
      : this.lignes()
          .map(({ nom }) => nom)
          .join(',');
    this.adresse.ecrire({ depliees: toutes });
  }

  protected demander(ligne: LigneInstance, application: LigneApplication, hors: boolean): void {
    this.aImposer.set({ ligne, application, hors });
  }

  protected desinscrite(): void {
    this.aDesinscrire.set(undefined);
    this.suivre();
  }

  protected impose(): void {
    this.aImposer.set(undefined);
    this.suivre();
  }

  /** What was done is seen at once, and why. */
  private suivre(): void {
    this.parc.annuaire.recharger();
    this.actes()?.relever();
  }
}
