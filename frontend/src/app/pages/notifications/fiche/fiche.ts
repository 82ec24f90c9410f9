import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { NotificationEntiereJson } from '../../../api';
import { getNotificationsIdRequest } from '../../../api/@angular/common.gen';
import { CadreIsole } from '../../../kernel/cadre';
import { Raccourcis, ToucheEnTitre } from '../../../kernel/clavier';
import { Disponibilite, lire } from '../../../kernel/data';
import { AfficheProbleme, Age, Squelette } from '../../../kernel/etats';
import { formaterInstant } from '../../../kernel/format/date';
import { ETATS_NOTIFICATION } from '../../../kernel/mots';
import { DialoguePoste } from '../renvoi/dialogue-poste';
import { DialogueRenvoi } from '../renvoi/dialogue-renvoi';
import { adresseDe, CANAUX, estAConfirmer, estAPoster, estSansAdresse, RESULTATS, TYPES } from '../etats';

/** While it waits to be sent it is read again after this pause. */
const PAUSE_MS = 3_000;

/** A notification: the message as it was written, to whom, every attempt, and sending it again. */
@Component({
  selector: 'app-fiche-notification',
  imports: [RouterLink, CadreIsole, DialoguePoste, DialogueRenvoi, AfficheProbleme, Age, Squelette, ToucheEnTitre],
  templateUrl: './fiche.html',
  styleUrl: './fiche.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FicheNotification {
  readonly id = input.required<string>();
  /** On a page of its own: with the page's heading and keys. */
  readonly seule = input(false);
  /** It was put back into the queue, or posted. */
  readonly renvoyee = output<void>();

  private readonly disponibilite = inject(Disponibilite);
  protected readonly lecture = lire<NotificationEntiereJson>(() => getNotificationsIdRequest({ path: { id: this.id() } }));
  /** The notification, never the one shown before it. */
  protected readonly notification = computed(() => {
    const lue = this.lecture.valeur();
    return lue?.id === this.id() ? lue : undefined;
  });
  protected readonly renvoi = signal(false);
  protected readonly poste = signal(false);
  protected readonly enPanne = computed(() => this.disponibilite.enPanne('notification-service'));
  protected readonly sansAdresse = computed(() => sinon(this.notification(), estSansAdresse));
  protected readonly aConfirmer = computed(() => sinon(this.notification(), estAConfirmer));
  protected readonly aPoster = computed(() => sinon(this.notification(), estAPoster));
  protected readonly source = computed(() => `/api/notifications/${encodeURIComponent(this.id())}`);
  /** Why it cannot be sent again now. */
  protected readonly sansRenvoi = computed(() => this.empechement());

  protected readonly etats = ETATS_NOTIFICATION;
  protected readonly resultats = RESULTATS;
  protected readonly canaux = CANAUX;
  protected readonly types = TYPES;
  protected readonly instant = formaterInstant;
  protected readonly adresseDe = adresseDe;

  constructor() {
    inject(Raccourcis).ajouter([
      { action: 'notification-renvoyer', libelle: $localize`Renvoyer`, faire: () => this.sansRenvoi() || this.renvoi.set(true) },
      {
        action: 'notification-poster',
        libelle: $localize`Noter une lettre postée`,
        faire: () => this.aPoster() && !this.enPanne() && this.poste.set(true),
      },
    ]);
    effect((avantLaSuivante) => {
      if (this.lecture.valeur()?.etat !== 'EN_FILE') return;
      const minuterie = setTimeout(() => this.lecture.recharger(), PAUSE_MS);
      avantLaSuivante(() => clearTimeout(minuterie));
    });
  }

  protected apresRenvoi(): void {
    this.renvoi.set(false);
    this.poste.set(false);
    this.lecture.recharger();
    this.renvoyee.emit();
  }

  private empechement(): string | undefined {
    if (this.enPanne()) return $localize`notification-service ne répond pas.`;
    return this.notification()?.etat === 'EN_FILE' ? $localize`Elle attend déjà d'être envoyée.` : undefined;
  }
}

function sinon(notification: NotificationEntiereJson | undefined, dire: (n: NotificationEntiereJson) => boolean): boolean {
  return notification !== undefined && dire(notification);
}
