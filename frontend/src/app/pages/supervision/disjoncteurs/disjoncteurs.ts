import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { Adresse } from '../../../kernel/adresse/adresse';
import { EtatLecture, Squelette, Vide } from '../../../kernel/etats';
import { formaterInstant } from '../../../kernel/format/date';
import { compter } from '../../../kernel/format/texte';
import { chaque } from '../commun/chaque';
import { formaterNombre, heureExacte } from '../commun/durees';
import { Etat } from '../commun/etat';
import { ChoixInstance } from '../parc/choix-instance';
import { interroger } from '../parc/interrogation';
import { ciblesChoisies, Parc } from '../parc/parc';
import { SansReponse } from '../parc/sans-reponse';
import { Depuis, DisjoncteursJson, lignesDe, nombreDe, observer, Releve, tauxDe } from './disjoncteurs-json';
import { ForcerDisjoncteur } from './forcer';
import { retenir, Tendance } from './tendance';

const RYTHME_MS = 5_000;

/** The circuit breakers of the gateway and the services, looked at every five seconds while the page is shown. */
@Component({
  selector: 'app-disjoncteurs',
  imports: [Squelette, Vide, Etat, ChoixInstance, SansReponse, ForcerDisjoncteur, EtatLecture, Tendance],
  providers: [Adresse],
  templateUrl: './disjoncteurs.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Disjoncteurs {
  protected readonly adresse = inject(Adresse);
  protected readonly parc = inject(Parc);
  protected readonly interrogation = interroger<DisjoncteursJson>(ciblesChoisies(), ({ instance }) =>
    instance.lien ? `${instance.lien}/circuitbreakers` : undefined,
  );
  protected readonly toutes = computed(() => lignesDe(this.interrogation.reponses()));
  protected readonly ouvertsSeuls = computed(() => this.adresse.lire('ouverts') === 'oui');
  protected readonly lignes = computed(() => this.toutes().filter(({ brut }) => !this.ouvertsSeuls() || brut.state !== 'CLOSED'));
  protected readonly resume = computed(() => {
    const ouverts = this.toutes().filter(({ brut }) => brut.state !== 'CLOSED').length;
    return `${compter(this.toutes().length, $localize`disjoncteur`, $localize`disjoncteurs`)}, ${compter(ouverts, $localize`non fermé`, $localize`non fermés`)}`;
  });
  protected readonly relevee = computed(() =>
    this.interrogation
      .reponses()
      .reduce<Date | undefined>((plus, { lueLe }) => (lueLe && (!plus || lueLe > plus) ? lueLe : plus), undefined),
  );
  protected readonly depuis = signal<ReadonlyMap<string, Depuis>>(new Map());
  protected readonly releves = signal<ReadonlyMap<string, readonly Releve[]>>(new Map());
  /** The key of the breaker that somebody is about to force. */
  protected readonly aForcer = signal('');
  protected readonly ligneAForcer = computed(() => this.toutes().find(({ cle }) => cle === this.aForcer()));
  protected readonly sansReponse = $localize`L'instance ne répond pas.`;
  protected readonly taux = tauxDe;
  protected readonly nombreDe = nombreDe;
  protected readonly instant = formaterInstant;
  protected readonly heure = heureExacte;
  protected readonly nombre = formaterNombre;

  constructor() {
    effect(() => {
      const lignes = this.toutes();
      untracked(() => {
        this.depuis.update((avant) => observer(avant, lignes, new Date()));
        this.releves.update((avant) => retenir(avant, lignes));
      });
    });
    chaque(RYTHME_MS, () => {
      this.parc.relever();
      if (!this.interrogation.enCours()) this.interrogation.recharger();
    });
  }

  protected force(): void {
    this.aForcer.set('');
    this.interrogation.recharger();
  }

  protected basculer(): void {
    this.adresse.ecrire({ ouverts: this.ouvertsSeuls() ? undefined : 'oui' });
  }
}
