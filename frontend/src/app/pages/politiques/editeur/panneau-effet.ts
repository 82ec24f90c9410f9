import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { DifferenceVue, PolitiqueBrouillonJson, SimulationVue } from '../../../api';
import { Lecture } from '../../../kernel/data';
import { AfficheProbleme, Age, Squelette } from '../../../kernel/etats';
import { formaterDate } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { compter } from '../../../kernel/format/texte';
import { compterParNiveau, Somme, sommer } from './effet';

/** So many clients are shown; the rest is counted. */
const MONTRES = 200;

const SOMMES: Readonly<Record<Somme['quoi'], string>> = {
  total_du_centimes: $localize`Montant relancé`,
  interets_centimes: $localize`Intérêts annoncés`,
  indemnites_centimes: $localize`Indemnités annoncées`,
};

/** What the draft would change of the reminders of a day: how many by level, how much, which clients and why. */
@Component({
  selector: 'app-panneau-effet',
  imports: [RouterLink, AfficheProbleme, Age, Squelette],
  templateUrl: './panneau-effet.html',
  styleUrl: './panneau-effet.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PanneauEffet {
  readonly nom = input.required<string>();
  readonly au = input.required<string>();
  /** The reminders of the day as policies are stored. */
  readonly avant = input.required<Lecture<SimulationVue>>();
  /** The same with the draft. */
  readonly apres = input.required<Lecture<SimulationVue>>();
  /** What the draft was when `apres` was asked for; none when it is wrong. */
  readonly brouillon = input.required<PolitiqueBrouillonJson | undefined>();
  /** Something was changed. */
  readonly change = input.required<boolean>();
  /** The draft is right as it stands. */
  readonly juste = input.required<boolean>();
  /** What is shown is not of the present draft: it is wrong, or still being simulated. */
  readonly enRetard = input.required<boolean>();

  protected readonly vues = computed(() => {
    const avant = this.avant().valeur();
    const apres = this.change() ? this.apres().valeur() : avant;
    return avant && apres ? { avant, apres } : undefined;
  });
  protected readonly comptes = computed(() => {
    const vues = this.vues();
    return vues ? compterParNiveau(this.nom(), this.brouillon()?.niveaux.length ?? 0, vues.avant, vues.apres) : [];
  });
  protected readonly sommes = computed(() => {
    const vues = this.vues();
    return vues ? sommer(this.nom(), vues.avant, vues.apres) : [];
  });
  protected readonly toutes = computed(() => (this.change() ? (this.vues()?.apres.comparaison?.differences ?? []) : []));
  protected readonly differences = computed(() => this.toutes().slice(0, MONTRES));
  protected readonly autres = computed(() => this.toutes().length - this.differences().length);
  protected readonly probleme = computed(() => this.avant().probleme() ?? (this.change() ? this.apres().probleme() : undefined));
  protected readonly lueLe = computed(() => (this.change() ? this.apres() : this.avant()).lueLe());
  protected readonly enCours = computed(() => this.avant().enCours() || this.apres().enCours());
  protected readonly conclusion = computed(() => this.conclure());
  protected readonly quoi = SOMMES;
  protected readonly montant = formaterMontant;

  protected relire(): void {
    if (this.avant().probleme()) this.avant().recharger();
    if (this.apres().probleme()) this.apres().recharger();
  }

  protected ecart(avant: number, apres: number): string {
    return apres > avant ? `+${apres - avant}` : apres < avant ? `-${avant - apres}` : '=';
  }

  protected sommeDite(centimes: number | null, devise: string): string {
    return centimes === null ? $localize`inconnu` : formaterMontant(centimes, devise);
  }

  protected direChangement({ changement, niveau, niveau_avant }: DifferenceVue): string {
    if (changement === 'APPARUE') return $localize`serait relancé au niveau ${niveau}`;
    if (changement === 'DISPARUE') return $localize`ne serait plus relancé au niveau ${niveau_avant}`;
    return $localize`niveau ${niveau_avant} → ${niveau}`;
  }

  private conclure(): string {
    const total = this.comptes()[0];
    if (!total) return '';
    const jour = formaterDate(this.au());
    const relances = compter(total.apres, $localize`relance`, $localize`relances`);
    if (!this.change()) return $localize`La politique en vigueur demanderait ${relances} le ${jour}.`;
    const ecart = Math.abs(total.apres - total.avant);
    const combien = ecart === 1 ? $localize`une` : String(ecart);
    if (total.apres > total.avant) return $localize`Le brouillon demanderait ${relances} le ${jour}, ${combien} de plus qu'en vigueur.`;
    if (total.apres < total.avant) return $localize`Le brouillon demanderait ${relances} le ${jour}, ${combien} de moins qu'en vigueur.`;
    return $localize`Le brouillon demanderait ${relances} le ${jour}, autant qu'en vigueur.`;
  }
}
