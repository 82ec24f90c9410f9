import { HttpRequest } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, Signal, viewChild } from '@angular/core';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Raccourcis, ToucheEnIndice, ToucheEnTitre } from '../../../kernel/clavier';
import { estPassager, lire, Lecture } from '../../../kernel/data';
import { AfficheProbleme, Age, Annonces, Squelette, Vide } from '../../../kernel/etats';
import { compter } from '../../../kernel/format/texte';
import { ciblesDe, memesCibles } from '../parc/modele';
import { Parc } from '../parc/parc';
import { adresseDe, clesDe, comparer, contient, Demande, EnvironnementJson, memeDemande } from './environnement';
import { Relecture } from './relecture';
import { Valeurs } from './valeurs';

const ATTENTE_MS = 250;
/** Where it is asked until the gateway has said so. */
const CONFIGURATION = '/exploitation/configuration';
/** The application whose keys all others share. */
const PARTAGEE = 'application';

/** One of the environments of the page, with what is known of it. */
interface Cote {
  readonly lecture: Lecture<EnvironnementJson>;
  readonly demande: Signal<Demande>;
  /** The last good answer, unless the config server has said since that there is none. */
  readonly environnement: Signal<EnvironnementJson | undefined>;
}

/** What the config server gives to whom, from which file and line; two of its answers side by side; and who has read which. */
@Component({
  selector: 'app-configuration',
  imports: [AfficheProbleme, Age, Squelette, Vide, Relecture, Valeurs, ToucheEnIndice, ToucheEnTitre],
  providers: [Adresse],
  templateUrl: './configuration.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Configuration {
  protected readonly adresse = inject(Adresse);
  protected readonly parc = inject(Parc);
  private readonly lien = computed(() => this.parc.annuaire.valeur()?.configuration?.lien ?? CONFIGURATION);
  protected readonly noms = computed(() => [PARTAGEE, ...this.parc.applications().map(({ nom }) => nom)]);
  protected readonly compare = computed(() => this.adresse.lire('comparer') === 'oui');
  protected readonly a = this.cote('', () => true);
  protected readonly b = this.cote('avec_', () => this.compare());
  private readonly clesA = computed(() => clesDe(this.a.environnement()));
  protected readonly cles = computed(() =>
    this.clesA().filter(({ nom, gagnante, perdantes }) => contient(this.adresse.texte(), nom, gagnante, ...perdantes)),
  );
  protected readonly toutesDifferences = computed(() => comparer(this.clesA(), clesDe(this.b.environnement())));
  protected readonly identiquesAussi = computed(() => this.adresse.lire('identiques') === 'oui');
  protected readonly differences = computed(() =>
    this.toutesDifferences().filter(
      ({ nom, a, b, pareille }) => (this.identiquesAussi() || !pareille) && contient(this.adresse.texte(), nom, a, b),
    ),
  );
  protected readonly resume = computed(() => {
    if (!this.a.environnement()) return '';
    return this.compare() && this.b.environnement()
      ? compter(this.toutesDifferences().filter(({ pareille }) => !pareille).length, $localize`différence`, $localize`différences`)
      : compter(this.cles().length, $localize`clé`, $localize`clés`);
  });
  /** Those who read what is shown; everyone reads the shared keys. */
  protected readonly lecteurs = computed(
    () => {
      const { application } = this.a.demande();
      return ciblesDe(this.parc.annuaire.valeur(), application === PARTAGEE ? '' : application);
    },
    { equal: memesCibles },
  );
  private readonly annonces = inject(Annonces);
  private readonly recherche = viewChild<ElementRef<HTMLInputElement>>('recherche');
  private minuterie: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(Raccourcis).ajouter([
      { action: 'chercher', libelle: $localize`Chercher une clé`, faire: () => this.recherche()?.nativeElement.focus() },
      { action: 'configuration-comparer', libelle: $localize`Comparer ou non`, faire: () => this.basculer() },
    ]);
  }

  protected chercher(texte: string): void {
    clearTimeout(this.minuterie);
    this.minuterie = setTimeout(() => {
      this.adresse.chercher(texte);
      this.annonces.dire(this.resume());
    }, ATTENTE_MS);
  }

  protected basculer(): void {
    this.adresse.ecrire({ comparer: this.compare() ? undefined : 'oui' }, { nouvelleEntree: true });
  }

  private cote(prefixe: string, voulu: () => boolean): Cote {
    const demande = computed(() => this.demandeDe(prefixe), { equal: memeDemande });
    const lecture = lire<EnvironnementJson>(() => (voulu() ? new HttpRequest('GET', adresseDe(demande(), this.lien())) : undefined));
    const refusee = computed(() => {
      const probleme = lecture.probleme();
      return probleme !== undefined && !estPassager(probleme);
    });
    return { lecture, demande, environnement: computed(() => (refusee() ? undefined : lecture.valeur())) };
  }

  /** What the address asks for under `prefixe`; the second side is the first one where nothing is said. */
  private demandeDe(prefixe: string): Demande {
    const application = this.adresse.lire('application') || PARTAGEE;
    return {
      application: prefixe ? this.adresse.lire(`${prefixe}application`) || application : application,
      profil: this.adresse.lire(`${prefixe}profil`, prefixe ? this.adresse.lire('profil') : ''),
      etiquette: this.adresse.lire(`${prefixe}etiquette`),
    };
  }
}
