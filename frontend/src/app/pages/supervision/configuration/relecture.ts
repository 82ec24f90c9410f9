import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { Annonces } from '../../../kernel/etats';
import { compter } from '../../../kernel/format/texte';
import { EtatAffiche } from '../../../kernel/table';
import { Confirmation } from '../commun/confirmation';
import { Etat } from '../commun/etat';
import { interroger, issueDe, motifDe, Ordre } from '../parc/interrogation';
import { Cible } from '../parc/modele';
import { Parc } from '../parc/parc';
import { configurationLue, SanteJson } from '../sante/sante-json';

interface Ligne {
  readonly cible: Cible;
  readonly lue: string;
  readonly etat?: EtatAffiche;
  readonly issue?: EtatAffiche;
  readonly motif: string;
  readonly changees?: readonly string[];
}

const A_JOUR: EtatAffiche = { mot: $localize`à jour`, signe: '✓', ton: 'bien' };
const AUTRE: EtatAffiche = { mot: $localize`une autre`, signe: '≠', ton: 'attention' };

/** Which instance has read which version of the configuration, and having them read it again: one or all, each with its answer. */
@Component({
  selector: 'app-relecture',
  imports: [Confirmation, Etat],
  templateUrl: './relecture.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Relecture {
  readonly lecteurs = input.required<readonly Cible[]>();
  /** The commit that the config server gives now, empty when unknown. */
  readonly version = input.required<string>();
  /** Id of the instance that the address names. */
  readonly choisie = input('');
  private readonly santes = interroger<SanteJson>(
    () => this.lecteurs(),
    ({ instance }) => (instance.lien ? `${instance.lien}/health` : undefined),
    (statut) => statut === 503,
  );
  protected readonly ordre = new Ordre<readonly string[]>();
  protected readonly demandees = signal<readonly string[]>([]);
  /** Whom somebody is about to have it read again. */
  protected readonly aRelire = signal<readonly Cible[] | undefined>(undefined);
  protected readonly empechement = inject(Parc).empechement;
  protected readonly lignes = computed(() => this.lecteurs().map((cible) => this.ligneDe(cible)));
  protected readonly autres = computed(() => this.lignes().filter(({ etat }) => etat === AUTRE).length);
  protected readonly resume = computed(() => {
    const instances = compter(this.lignes().length, $localize`instance`, $localize`instances`);
    return this.autres() ? $localize`${instances}, dont ${this.autres()} avec une autre version` : instances;
  });
  protected readonly depliee = linkedSignal(() => this.choisie() !== '');
  private readonly annonces = inject(Annonces);

  protected nomsDe(cibles: readonly Cible[]): string {
    return cibles.map(({ instance }) => instance.id).join(', ');
  }

  /** Have them read the configuration again. */
  protected async relire(): Promise<void> {
    const cibles = this.aRelire() ?? [];
    this.aRelire.set(undefined);
    this.depliee.set(true);
    this.demandees.set(cibles.map(({ cle }) => cle));
    await this.ordre.donner(cibles, 'POST', ({ instance }) => (instance.lien ? `${instance.lien}/refresh` : undefined));
    const faites = this.ordre.reponses().filter(({ lueLe }) => lueLe).length;
    this.annonces.dire($localize`Relue par ${compter(faites, $localize`instance`, $localize`instances`)} sur ${cibles.length}`);
    this.santes.recharger();
  }

  private ligneDe(cible: Cible): Ligne {
    const sante = this.santes.parCle().get(cible.cle);
    const lue = configurationLue(sante?.corps) ?? '';
    const reponse = this.ordre.reponses().find((recue) => recue.cible.cle === cible.cle);
    const demandee = this.demandees().includes(cible.cle);
    return {
      cible,
      lue,
      etat: lue && this.version() ? (lue === this.version() ? A_JOUR : AUTRE) : undefined,
      issue: reponse ? issueDe(reponse, $localize`relue`) : demandee ? issueDe({ cible, absente: false }, '') : undefined,
      motif: reponse ? motifDe(reponse) : sante ? motifDe(sante) : '',
      changees: reponse?.lueLe ? (reponse.corps ?? []) : undefined,
    };
  }
}
