import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { formaterInstant } from '../../../kernel/format/date';
import { heureExacte } from '../commun/durees';
import { Etat } from '../commun/etat';
import { raisonEnMots } from '../parc/modele';
import { Parc } from '../parc/parc';
import { LigneApplication, LigneInstance } from './lignes';

/** The instances of an application, unfolded below its row. */
@Component({
  selector: 'app-instances',
  imports: [RouterLink, Etat],
  templateUrl: './instances.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Instances {
  readonly application = input.required<LigneApplication>();
  readonly registreJoignable = input.required<boolean>();
  /** A status is to be imposed (`hors`) or lifted. */
  readonly imposer = output<{ ligne: LigneInstance; hors: boolean }>();
  /** One is to be taken out of the registry. */
  readonly desinscrire = output<LigneInstance>();
  private readonly parc = inject(Parc);
  protected readonly heure = heureExacte;
  protected readonly instant = formaterInstant;
  protected readonly raison = raisonEnMots;

  protected metadonnees({ instance }: LigneInstance): [string, string][] {
    return Object.entries(instance.metadonnees).sort(([a], [b]) => a.localeCompare(b));
  }

  protected parametres({ instance }: LigneInstance): Record<string, string> {
    return { application: this.application().nom, instance: instance.id };
  }

  /** Why its status cannot be changed; empty when it can. */
  protected empeche({ inscrite }: LigneInstance): string {
    if (this.parc.empechement()) return this.parc.empechement();
    if (!this.registreJoignable()) return $localize`Le registre ne répond pas.`;
    return inscrite ? '' : $localize`Elle n'est pas inscrite au registre.`;
  }
}
