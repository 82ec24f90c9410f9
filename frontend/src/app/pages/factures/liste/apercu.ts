import { ChangeDetectionStrategy, Component, computed, effect, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { FactureVue, GetFacturesIdEvenementsResponse } from '../../../api';
import { getFacturesIdEvenementsRequest } from '../../../api/@angular/common.gen';
import { lire } from '../../../kernel/data';
import { AfficheProbleme, Squelette } from '../../../kernel/etats';
import { formaterDate } from '../../../kernel/format/date';
import { formaterMontant } from '../../../kernel/format/montant';
import { etatDuDocument, etatDuLitige, etatDuReglement, etatDuRetard, nomDe } from '../etats';
import { Historique } from '../historique';
import { ToucheEnTitre } from '../../../kernel/clavier';

const ATTENTE_MS = 200;
const LIGNES = 8;

/** The document of the present row beside the list, so that the list is never left. */
@Component({
  selector: 'app-apercu-facture',
  imports: [RouterLink, Historique, AfficheProbleme, Squelette, ToucheEnTitre],
  templateUrl: './apercu.html',
  styleUrl: './apercu.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ApercuFacture {
  readonly facture = input.required<FactureVue>();
  readonly fermer = output<void>();
  protected readonly nom = computed(() => nomDe(this.facture()));
  protected readonly etats = computed(() =>
    [etatDuDocument, etatDuReglement, etatDuRetard, etatDuLitige].flatMap((etat) => etat(this.facture()) ?? []),
  );
  protected readonly lignes = computed(() => this.facture().lignes.slice(0, LIGNES));
  protected readonly autres = computed(() => this.facture().lignes.length - this.lignes().length);
  protected readonly date = formaterDate;
  protected readonly montant = formaterMontant;
  /** The document whose history is read: not while the arrows run through the list. */
  private readonly pose = signal('');
  protected readonly histoire = lire<GetFacturesIdEvenementsResponse>(() =>
    this.pose() ? getFacturesIdEvenementsRequest({ path: { id: this.pose() }, query: { limit: 200 } }) : undefined,
  );
  protected readonly evenements = computed(() =>
    this.pose() === this.facture().id && !this.histoire.enCours() ? this.histoire.valeur()?.elements : undefined,
  );

  constructor() {
    effect((avantLeSuivant) => {
      const { id } = this.facture();
      const minuterie = setTimeout(() => this.pose.set(id), ATTENTE_MS);
      avantLeSuivant(() => clearTimeout(minuterie));
    });
  }
}
