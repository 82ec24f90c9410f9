import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Adresse } from '../../../kernel/adresse/adresse';
import { AfficheProbleme, Age, Squelette } from '../../../kernel/etats';
import { formaterInstant } from '../../../kernel/format/date';
import { chaque } from '../commun/chaque';
import { heureExacte } from '../commun/durees';
import { Etat } from '../commun/etat';
import { Interrogation, interroger, Reponse } from '../parc/interrogation';
import { Cible } from '../parc/modele';
import { MesureJson, MESURES_UTILES, MesureUtile, valeursDe } from './mesures';
import { enTexte, lignesDeSante, SanteJson, santeEnMots } from './sante-json';
import { Tache, taches, TachesJson } from './taches';

const RYTHME_MS = 10_000;

/** One instance whole: its health, what it says of itself, the metrics that matter and any other, its tasks. */
@Component({
  selector: 'app-sante-instance',
  imports: [RouterLink, AfficheProbleme, Age, Squelette, Etat],
  templateUrl: './sante-instance.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SanteInstance {
  readonly cible = input.required<Cible>();
  protected readonly adresse = inject(Adresse);
  private readonly laCible = computed(() => [this.cible()]);
  private readonly santes = this.lire<SanteJson>('health', (statut) => statut === 503);
  private readonly infos = this.lire<Record<string, unknown>>('info');
  private readonly noms = this.lire<{ names: string[] }>('metrics');
  private readonly planifiees = this.lire<TachesJson>('scheduledtasks');
  protected readonly sante = this.une(this.santes);
  protected readonly info = this.une(this.infos);
  private readonly nomsLus = this.une(this.noms);
  protected readonly tachesLues = this.une(this.planifiees);
  protected readonly lignes = computed(() => {
    const corps = this.sante()?.corps;
    return corps ? lignesDeSante(corps) : [];
  });
  protected readonly faits = computed(() =>
    Object.entries(this.info()?.corps ?? {}).map(([nom, valeur]) => [nom, enTexte(valeur)] as const),
  );
  protected readonly taches = computed((): readonly Tache[] => {
    const corps = this.tachesLues()?.corps;
    return corps ? taches(corps) : [];
  });
  protected readonly toutes = computed(() => this.nomsLus()?.corps?.names ?? []);
  protected readonly choisie = computed(() => this.adresse.lire('mesure'));
  private readonly voulues = computed((): readonly MesureUtile[] => {
    const connues = new Set(this.toutes());
    const choisie = this.choisie();
    const utiles = MESURES_UTILES.filter(({ nom }) => connues.has(nom));
    return choisie && connues.has(choisie) ? [...utiles, { nom: choisie, libelle: choisie }] : utiles;
  });
  /** One « instance » per metric: each is a call of its own. */
  private readonly mesuresLues = interroger<MesureJson>(
    () => this.voulues().map((voulue) => ({ ...this.cible(), cle: cleDe(voulue) })),
    ({ cle, instance }) => (instance.lien ? `${instance.lien}/metrics/${cle}` : undefined),
  );
  protected readonly mesures = computed(() =>
    this.voulues().map((voulue) => ({ ...voulue, reponse: this.mesuresLues.parCle().get(cleDe(voulue)) })),
  );
  protected readonly motDe = santeEnMots;
  protected readonly valeurs = valeursDe;
  protected readonly instant = formaterInstant;
  protected readonly heure = heureExacte;

  constructor() {
    chaque(RYTHME_MS, () =>
      [this.santes, this.mesuresLues, this.planifiees].filter(({ enCours }) => !enCours()).forEach((lue) => lue.recharger()),
    );
  }

  protected recharger(): void {
    [this.santes, this.infos, this.noms, this.planifiees].forEach((lue) => lue.recharger());
  }

  private lire<T>(point: string, valable?: (statut: number) => boolean): Interrogation<T> {
    return interroger<T>(
      () => this.laCible(),
      ({ instance }) => (instance.lien ? `${instance.lien}/${point}` : undefined),
      valable,
    );
  }

  private une<T>(interrogation: Interrogation<T>): () => Reponse<T> | undefined {
    return computed(() => interrogation.reponses()[0]);
  }
}

function cleDe({ nom, etiquette }: MesureUtile): string {
  return etiquette ? `${nom}?tag=${etiquette}` : nom;
}
