import { ChangeDetectionStrategy, Component, computed, input, linkedSignal, output, signal } from '@angular/core';
import { form, FormField, max, maxLength, min, required } from '@angular/forms/signals';
import { AvoirJson, EvenementVue, FactureVue } from '../../../api';
import { postFacturesIdAvoirsRequest } from '../../../api/@angular/common.gen';
import { ChampMontant } from '../../../kernel/champs';
import { Dialogue } from '../../../kernel/dialogue';
import { AfficheProbleme } from '../../../kernel/etats';
import { formaterDecimal, formaterMontant, formaterTaux, lireDecimal } from '../../../kernel/format/montant';
import { ResumeErreurs, Soumission } from '../../../kernel/formulaire';
import { montantHt, totaliser } from '../editeur/calcul';
import { avoirsDe } from '../recits';

type Mode = 'tout' | 'lignes' | 'montant';

/** A line of the invoice, and how much of it is credited: the text typed, empty for none of it. */
interface LigneCreditee {
  readonly ligne: FactureVue['lignes'][number];
  readonly quantite: string;
}

/** Issues a credit note: for all that is left, for lines, or for an amount. */
@Component({
  selector: 'app-dialogue-avoir',
  imports: [Dialogue, FormField, ChampMontant, ResumeErreurs, AfficheProbleme],
  templateUrl: './dialogue-avoir.html',
  styleUrl: './dialogues.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DialogueAvoir {
  readonly facture = input.required<FactureVue>();
  readonly evenements = input<readonly EvenementVue[]>([]);
  /** The credit note as issued; nothing when none was. */
  readonly fermer = output<FactureVue | undefined>();

  protected readonly montant = formaterMontant;
  protected readonly taux = formaterTaux;
  protected readonly decimal = formaterDecimal;
  protected readonly creditable = computed(
    () => this.facture().total_ttc_centimes - avoirsDe(this.evenements()).reduce((somme, { centimes }) => somme + centimes, 0),
  );
  protected readonly aide = computed(() => $localize`Reste à créditer : ${formaterMontant(this.creditable(), this.facture().devise)}`);
  protected readonly modele = signal<{ mode: Mode; motif: string; montant_centimes: number | null }>({
    mode: 'tout',
    motif: '',
    montant_centimes: null,
  });
  protected readonly formulaire = form(this.modele, (f) => {
    const parMontant = (): boolean => this.modele().mode === 'montant';
    required(f.motif, { message: $localize`Le motif figure sur l'avoir.` });
    maxLength(f.motif, 500, { message: $localize`500 caractères au plus.` });
    required(f.montant_centimes, { message: $localize`Quel montant ?`, when: parMontant });
    min(f.montant_centimes, 1, { message: $localize`Un avoir est positif.` });
    max(f.montant_centimes, () => (parMontant() ? this.creditable() : undefined), { message: $localize`Au plus ce qui reste à créditer.` });
  });
  protected readonly lignes = linkedSignal<readonly LigneCreditee[]>(() => this.facture().lignes.map((ligne) => ({ ligne, quantite: '' })));
  private readonly lues = computed(() => this.lignes().map(({ quantite, ligne }) => quantiteLue(quantite, ligne.quantite)));
  private readonly creditees = computed(() =>
    this.lignes().flatMap(({ ligne }, rang) => {
      const quantite = this.lues()[rang];
      return quantite ? [{ ...ligne, quantite }] : [];
    }),
  );
  protected readonly totaux = computed(() =>
    totaliser(this.creditees().map((ligne) => ({ ...ligne, montant_ht_centimes: montantHt(ligne) }))),
  );
  protected readonly total = computed(() => {
    const { mode, montant_centimes } = this.modele();
    if (mode === 'lignes') return this.totaux().total_ttc_centimes;
    return mode === 'montant' ? (montant_centimes ?? 0) : this.creditable();
  });
  /** Why what is chosen by lines cannot be credited. */
  protected readonly refus = computed(() => {
    if (this.modele().mode !== 'lignes') return '';
    if (this.lues().includes(null)) return $localize`Une quantité est illisible, ou plus grande que celle facturée.`;
    if (!this.creditees().length) return $localize`Choisissez au moins une ligne.`;
    return this.total() > this.creditable() ? $localize`C'est plus que ce qui reste à créditer.` : '';
  });
  protected readonly soumission = new Soumission('avoir');

  protected illisible(rang: number): boolean {
    return this.lues()[rang] === null;
  }

  protected crediter(rang: number, quantite: string): void {
    this.lignes.update((lignes) => lignes.map((ligne, i) => (i === rang ? { ...ligne, quantite } : ligne)));
  }

  protected async emettre(): Promise<void> {
    if (this.refus()) return;
    const { id } = this.facture();
    const ecrite = await this.soumission.envoyer(this.formulaire, () => postFacturesIdAvoirsRequest({ path: { id }, body: this.corps() }), {
      pointeurs: (pointer) => (pointer === '/montant_ttc_centimes' ? '/montant_centimes' : pointer),
    });
    if (ecrite) this.fermer.emit(ecrite.corps);
  }

  private corps(): AvoirJson {
    const { mode, motif, montant_centimes } = this.modele();
    if (mode === 'montant') return { motif: motif.trim(), montant_ttc_centimes: montant_centimes ?? 0 };
    if (mode === 'tout') return { motif: motif.trim() };
    const lignes = this.creditees().map(({ designation, quantite, unite, prix_unitaire_ht, remise_pourcent, taux_tva }) => ({
      designation,
      quantite,
      unite,
      prix_unitaire_ht,
      remise_pourcent,
      taux_tva,
    }));
    return { motif: motif.trim(), lignes };
  }
}

/** The quantity typed, empty for none, null when it is no number or more than was invoiced. */
function quantiteLue(texte: string, facturee: string): string | null {
  if (!texte.trim()) return '';
  const lue = lireDecimal(texte, 4);
  if (lue === undefined || Number(lue) < 0 || Number(lue) > Number(facturee)) return null;
  return Number(lue) ? lue : '';
}
