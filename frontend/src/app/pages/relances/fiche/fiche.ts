import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { RelanceEntiereVue } from '../../../api';
import { getRelancesIdRequest } from '../../../api/@angular/common.gen';
import { CadreIsole } from '../../../kernel/cadre';
import { Disponibilite, lire } from '../../../kernel/data';
import { AfficheProbleme, Age, Squelette } from '../../../kernel/etats';
import { formaterDate, formaterInstant } from '../../../kernel/format/date';
import { ETATS_RELANCE } from '../../../kernel/mots';
import { FacturesDeRelance } from '../factures-de-relance';
import { suiteDe } from '../mots';

/** A reminder: what became of it and what remains to be done, its invoices, the message as it was written. */
@Component({
  selector: 'app-fiche-relance',
  imports: [FacturesDeRelance, RouterLink, CadreIsole, AfficheProbleme, Age, Squelette],
  templateUrl: './fiche.html',
  styleUrl: './fiche.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FicheRelance {
  readonly id = input.required<string>();
  /** On a page of its own: with the page's heading. */
  readonly seule = input(false);

  private readonly disponibilite = inject(Disponibilite);
  protected readonly lecture = lire<RelanceEntiereVue>(() => getRelancesIdRequest({ path: { id: this.id() } }));
  /** The reminder, never the one shown before it. */
  protected readonly relance = computed(() => {
    const lue = this.lecture.valeur();
    return lue?.id === this.id() ? lue : undefined;
  });
  protected readonly notification = computed(() => {
    const id = this.relance()?.notification_id;
    return id ? `/api/notifications/${encodeURIComponent(id)}` : '';
  });
  /** There is a text: a message that waits for its turn, or could not be sent for want of an address, has none yet. */
  protected readonly ecrite = computed(() => {
    const relance = this.relance();
    const ecrits = ['ENVOYEE', 'ECHEC', 'INCONNU'];
    return relance !== undefined && (ecrits.includes(relance.etat) || (relance.etat === 'A_TRAITER' && relance.envoi === 'MANUEL'));
  });
  protected readonly sansMessages = computed(() => this.disponibilite.enPanne('notification-service'));
  protected readonly etats = ETATS_RELANCE;
  protected readonly date = formaterDate;
  protected readonly instant = formaterInstant;
  protected readonly suiteDe = suiteDe;
}
