import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Adresse } from '../../../kernel/adresse/adresse';
import { EtatLecture, Squelette, Vide } from '../../../kernel/etats';
import { compter } from '../../../kernel/format/texte';
import { interroger } from '../parc/interrogation';
import { Cible, ciblesDe, memesCibles } from '../parc/modele';
import { Parc } from '../parc/parc';
import { SansReponse } from '../parc/sans-reponse';
import { EssaiDeRoute } from './essai';
import { filtreDe, predicatsDe, RouteJson } from './routes-json';

const PASSERELLE = 'gateway';

/** The routes of the gateway in the order they are tried, and the tester. */
@Component({
  selector: 'app-passerelle',
  imports: [Squelette, Vide, EssaiDeRoute, SansReponse, EtatLecture],
  providers: [Adresse],
  templateUrl: './passerelle.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Passerelle {
  protected readonly adresse = inject(Adresse);
  protected readonly parc = inject(Parc);
  protected readonly passerelles = computed(() => ciblesDe(this.parc.annuaire.valeur(), PASSERELLE), { equal: memesCibles });
  protected readonly choisie = computed((): Cible | undefined => {
    const id = this.adresse.lire('instance');
    return this.passerelles().find(({ instance }) => instance.id === id) ?? this.passerelles()[0];
  });
  protected readonly interrogation = interroger<readonly RouteJson[]>(
    () => [this.choisie()].filter((cible) => cible !== undefined),
    ({ instance }) => (instance.lien ? `${instance.lien}/gateway/routes` : undefined),
  );
  protected readonly routes = computed(() =>
    [...(this.interrogation.reponses()[0]?.corps ?? [])]
      .sort((a, b) => a.order - b.order)
      .map((route) => ({
        ...route,
        predicats: predicatsDe(route),
        filtres: route.filters.map(filtreDe),
        metadonnees: Object.entries(route.metadata ?? {}).map(
          ([nom, valeur]) => `${nom} = ${typeof valeur === 'string' ? valeur : JSON.stringify(valeur)}`,
        ),
      })),
  );
  protected readonly resume = computed(() => compter(this.routes().length, $localize`route`, $localize`routes`));
}
