import { ChangeDetectionStrategy, Component, computed, inject, viewChild } from '@angular/core';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Raccourcis } from '../../../kernel/clavier/raccourcis';
import { EtatLecture, Squelette, Vide } from '../../../kernel/etats';
import { compter } from '../../../kernel/format/texte';
import { chaque } from '../commun/chaque';
import { formaterNombre, heureExacte } from '../commun/durees';
import { Rangs } from '../commun/rangs';
import { ChoixInstance } from '../parc/choix-instance';
import { interroger } from '../parc/interrogation';
import { ciblesChoisies, Parc } from '../parc/parc';
import { SansReponse } from '../parc/sans-reponse';
import { AU_PLUS, GroupesJson, LigneFile, lignesDe } from './lettres';
import { Lettres } from './lettres-mortes';

const RYTHME_MS = 10_000;

/** What waits in the queues of the services, and the messages that nobody could handle. */
@Component({
  selector: 'app-files',
  imports: [Squelette, Vide, Rangs, ChoixInstance, SansReponse, Lettres, EtatLecture],
  providers: [Adresse],
  templateUrl: './files.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Files {
  protected readonly adresse = inject(Adresse);
  protected readonly parc = inject(Parc);
  protected readonly interrogation = interroger<GroupesJson>(ciblesChoisies(), ({ instance }) =>
    instance.lien ? `${instance.lien}/deadletters` : undefined,
  );
  protected readonly lignes = computed(() => lignesDe(this.interrogation.reponses()));
  protected readonly mortes = computed(() => this.lignes().reduce((total, { mortes }) => total + mortes, 0));
  protected readonly resume = computed(
    () =>
      `${compter(this.lignes().length, $localize`file`, $localize`files`)}, ${compter(this.mortes(), $localize`message mort`, $localize`messages morts`)}`,
  );
  protected readonly relevee = computed(() => this.interrogation.reponses().find(({ lueLe }) => lueLe)?.lueLe);
  /** The queue that the address opens. */
  protected readonly ouverte = computed(() => this.lignes().find(({ cle }) => cle === this.adresse.lire('file')));
  protected readonly heure = heureExacte;
  protected readonly nombre = formaterNombre;
  protected readonly auPlus = AU_PLUS;
  private readonly rangs = viewChild(Rangs);

  constructor() {
    chaque(RYTHME_MS, () => this.recharger());
    inject(Raccourcis).ajouter([
      { touche: 'ArrowDown', libelle: $localize`Entrer dans la liste`, faire: () => this.rangs()?.focus() },
      { touche: 'Escape', libelle: $localize`Fermer la file`, faire: () => this.adresse.ecrire({ file: undefined }) },
    ]);
  }

  protected recharger(): void {
    if (!this.interrogation.enCours()) this.interrogation.recharger();
  }

  protected ouvrir(ligne: LigneFile | undefined): void {
    if (ligne) this.adresse.ecrire({ file: ligne.cle }, { nouvelleEntree: true });
  }
}
