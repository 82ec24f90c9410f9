import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, signal, viewChild } from '@angular/core';
import { Adresse } from '../../../kernel/adresse/adresse';
import { Raccourcis, ToucheEnIndice } from '../../../kernel/clavier';
import { Annonces, EtatLecture, Squelette, Vide } from '../../../kernel/etats';
import { compter } from '../../../kernel/format/texte';
import { Etat } from '../commun/etat';
import { ChoixInstance } from '../parc/choix-instance';
import { interroger, issueDe, motifDe, Ordre } from '../parc/interrogation';
import { ciblesChoisies, Parc } from '../parc/parc';
import { SansReponse } from '../parc/sans-reponse';
import { ChoixNiveau } from './choix-niveau';
import { filtrer, JournauxJson, LigneJournal, lignesDe } from './niveaux';

const ATTENTE_MS = 250;
/** More rows than this are shown on demand. */
const AU_PLUS = 150;

/** Levels of loggers, of one instance or of all of an application, changed with an answer per instance. */
@Component({
  selector: 'app-journaux',
  imports: [Squelette, Vide, Etat, ChoixInstance, ChoixNiveau, SansReponse, EtatLecture, ToucheEnIndice],
  providers: [Adresse],
  templateUrl: './journaux.html',
  styles: `
    @media (min-width: 1024px) {
      .niveau {
        width: 24rem;
      }
    }
    .issues {
      margin: 0.25rem 0;
      padding: 0;
      list-style: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Journaux {
  protected readonly adresse = inject(Adresse);
  protected readonly parc = inject(Parc);
  /** The first application of the list that is not a platform server alone under its address. */
  protected readonly premiere = computed(() => {
    const noms = this.parc.applications();
    return (noms.find(({ instances }) => instances.some(({ bail }) => bail)) ?? noms[0])?.nom ?? '';
  });
  protected readonly cibles = ciblesChoisies(() => this.premiere());
  protected readonly interrogation = interroger<JournauxJson>(this.cibles, ({ instance }) =>
    instance.lien ? `${instance.lien}/loggers` : undefined,
  );
  protected readonly toutes = computed(() => lignesDe(this.interrogation.reponses()));
  protected readonly fixesSeuls = computed(() => this.adresse.lire('fixes') === 'oui');
  protected readonly trouvees = computed(() => filtrer(this.toutes(), this.adresse.texte(), this.fixesSeuls()));
  protected readonly entieres = signal(false);
  protected readonly lignes = computed(() => (this.entieres() ? this.trouvees() : this.trouvees().slice(0, AU_PLUS)));
  protected readonly resume = computed(() => compter(this.trouvees().length, $localize`journal`, $localize`journaux`));
  /** The logger that was changed last, and its level before where it was the same everywhere. */
  protected readonly demande = signal<{ nom: string; avant?: string } | undefined>(undefined);
  protected readonly ordre = new Ordre<unknown>();
  protected readonly issues = computed(() =>
    this.ordre.reponses().map((reponse) => ({ reponse, etat: issueDe(reponse, $localize`fait`), motif: motifDe(reponse) })),
  );
  private readonly annonces = inject(Annonces);
  private readonly recherche = viewChild<ElementRef<HTMLInputElement>>('recherche');
  private minuterie: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(Raccourcis).ajouter([
      { action: 'chercher', libelle: $localize`Chercher un journal`, faire: () => this.recherche()?.nativeElement.focus() },
    ]);
  }

  protected chercher(texte: string): void {
    clearTimeout(this.minuterie);
    this.minuterie = setTimeout(() => {
      this.adresse.chercher(texte);
      this.annonces.dire(this.resume());
    }, ATTENTE_MS);
  }

  protected effacer(): void {
    this.adresse.chercher('');
    this.adresse.ecrire({ fixes: undefined });
  }

  /** Set a level at every instance that is shown; an empty one lets it inherit again. */
  protected async fixer({ nom, fixe }: LigneJournal, niveau: string): Promise<void> {
    this.demande.set({ nom, avant: fixe });
    const chemin = `loggers/${encodeURIComponent(nom)}`;
    const corps = { configuredLevel: niveau || null };
    await this.ordre.donner(this.cibles(), 'POST', ({ instance }) => (instance.lien ? `${instance.lien}/${chemin}` : undefined), corps);
    const faits = this.ordre.reponses().filter(({ lueLe }) => lueLe).length;
    this.annonces.dire($localize`${nom} : fait pour ${faits} sur ${this.ordre.reponses().length}`);
    this.interrogation.recharger();
  }
}
