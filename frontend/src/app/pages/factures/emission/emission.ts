import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
} from '@angular/core';
import { Router } from '@angular/router';
import { ControleVue, FactureVue, VerificationVue } from '../../../api';
import { getFacturesIdVerificationRequest, postFacturesIdEmissionRequest } from '../../../api/@angular/common.gen';
import { ChampDate } from '../../../kernel/champs';
import { cleDeFormulaire, Ecritures, lire, Probleme, problemeDe } from '../../../kernel/data';
import { Dialogue } from '../../../kernel/dialogue';
import { AfficheProbleme, Annonces, Squelette } from '../../../kernel/etats';
import { aujourdHui, formaterDate } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { EtatAffiche } from '../../../kernel/table';
import { Actes } from '../actes/actes';
import { PageLegale } from '../page-legale';

const NIVEAUX: Record<ControleVue['niveau'], EtatAffiche> = {
  ERREUR: { mot: $localize`Empêche l'émission`, signe: '✕', ton: 'mal' },
  AVERTISSEMENT: { mot: $localize`À regarder`, signe: '▲', ton: 'attention' },
  OK: { mot: $localize`En règle`, signe: '✓', ton: 'bien' },
};

const ATTENTE_MS = 400;

/**
 * Issues a draft in one dialog: what was checked, what it looks like, what it does. Without readable checks nothing is
 * issued; the number is shown only once it was given.
 */
@Component({
  selector: 'app-emission',
  imports: [Dialogue, ChampDate, AfficheProbleme, Squelette, PageLegale],
  templateUrl: './emission.html',
  styleUrl: './emission.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Emission {
  /** The draft as it is stored. */
  readonly facture = input.required<FactureVue>();
  readonly etag = input.required<string>();
  /** Day of issue proposed first, today without one. */
  readonly jour = input('');
  /** Closed; with words when the document was issued. */
  readonly fermer = output<string | undefined>();
  /** A check leads to a field: its JSON pointer. */
  readonly corriger = output<string>();

  protected readonly dateEmission = linkedSignal(() => this.jour() || aujourdHui());
  /** The day checks are asked for: not every day one passes while typing. */
  private readonly jourPose = signal('');
  protected readonly controles = lire<VerificationVue>(() =>
    this.jourPose()
      ? getFacturesIdVerificationRequest({ path: { id: this.facture().id }, query: { date_emission: this.jourPose() } })
      : undefined,
  );
  /** The checks of this very day, nothing while others are on their way or cannot be read. */
  protected readonly verification = computed(() => {
    const lue = this.controles.valeur();
    const valable = !this.controles.enCours() && !this.controles.probleme() && lue?.date_emission === this.dateEmission();
    return valable ? lue : undefined;
  });
  protected readonly tries = computed(() => [...(this.verification()?.controles ?? [])].sort((a, b) => RANGS[a.niveau] - RANGS[b.niveau]));
  protected readonly emissible = computed(() => this.verification()?.emissible === true && !this.enCours());
  protected readonly destinataire = computed(() => this.verification()?.effets?.destinataire);
  protected readonly niveaux = NIVEAUX;
  protected readonly date = formaterDate;
  protected readonly montant = formaterMontant;
  protected readonly enCours = signal(false);
  protected readonly inconnu = signal(false);
  protected readonly probleme = signal<Probleme | undefined>(undefined);
  /** The document once issued, and what came of its mailing. */
  protected readonly emise = signal<FactureVue | undefined>(undefined);
  protected readonly envoi = signal('');
  protected readonly problemeDEnvoi = signal<Probleme | undefined>(undefined);
  private readonly ecritures = inject(Ecritures);
  private readonly actes = inject(Actes);
  private readonly annonces = inject(Annonces);
  private readonly router = inject(Router);

  constructor() {
    effect((avantLeSuivant) => {
      const jour = this.dateEmission();
      const minuterie = setTimeout(() => this.jourPose.set(jour), untracked(this.jourPose) ? ATTENTE_MS : 0);
      avantLeSuivant(() => clearTimeout(minuterie));
    });
  }

  protected async emettre(avecEnvoi: boolean): Promise<void> {
    if (!this.emissible() || (avecEnvoi && !this.destinataire())) return;
    this.enCours.set(true);
    this.probleme.set(undefined);
    try {
      await this.numeroter();
      if (avecEnvoi) await this.envoyer();
    } catch (erreur) {
      this.probleme.set(problemeDe(erreur));
    } finally {
      this.enCours.set(false);
      this.inconnu.set(false);
    }
  }

  /** Mail what was issued; a failure here leaves the issue as it is. */
  protected async envoyer(): Promise<void> {
    const emise = this.emise();
    if (!emise) return;
    this.problemeDEnvoi.set(undefined);
    try {
      this.envoi.set(await this.actes.envoyer(emise));
    } catch (erreur) {
      this.problemeDEnvoi.set(problemeDe(erreur));
    }
  }

  protected principal(): void {
    if (this.emise()) this.quitter();
    else void this.emettre(true);
  }

  protected quitter(): void {
    if (this.enCours()) return;
    const emise = this.emise();
    this.fermer.emit(emise && $localize`Facture ${emise.numero} émise.`);
    if (emise) void this.router.navigate(['/factures', emise.id]);
  }

  private async numeroter(): Promise<void> {
    const { id } = this.facture();
    const requete = postFacturesIdEmissionRequest({ path: { id }, body: { date_emission: this.dateEmission() } });
    const { corps } = await this.ecritures.envoyer(requete, {
      cle: cleDeFormulaire(`emission ${id}`),
      etag: this.etag(),
      surInconnu: () => this.inconnu.set(true),
    });
    this.emise.set(corps);
    this.annonces.dire($localize`Facture ${corps.numero} émise.`);
  }
}

const RANGS: Record<ControleVue['niveau'], number> = { ERREUR: 0, AVERTISSEMENT: 1, OK: 2 };
