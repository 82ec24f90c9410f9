import { afterRenderEffect, ChangeDetectionStrategy, Component, ElementRef, input, viewChild } from '@angular/core';

/**
 * A page that a service lays out of what it is sent, in a frame without scripts, forms or an origin of its own. A form
 * carries the content into the frame, so that it stands in no address and no HTML passes through our hands; every content
 * gets a frame of its own, so that the history has no entry more. One such frame at a time: a browser takes a frame's name
 * only as it is when the frame is made, so the name is always the same.
 */
@Component({
  selector: 'app-cadre-poste',
  template: `
    @for (valeur of [contenu()]; track valeur) {
      <form #formulaire method="post" enctype="multipart/form-data" target="cadre-poste" [attr.action]="adresse()" hidden>
        <input type="hidden" [attr.name]="champ()" [value]="valeur" />
      </form>
      <iframe sandbox name="cadre-poste" [title]="titre()"></iframe>
    }
  `,
  styles: `
    :host {
      display: flex;
      min-height: 24rem;
    }
    iframe {
      flex: 1;
      min-width: 0;
      border: 1px solid var(--trait);
      background: #fff;
      color-scheme: light;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CadrePoste {
  /** An address of the API that answers HTML to a form: `/api/notifications/apercu/lettre`. */
  readonly adresse = input.required<string>();
  /** The name of the form's one field, and what it holds. */
  readonly champ = input.required<string>();
  readonly contenu = input.required<string>();
  readonly titre = input.required<string>();
  private readonly formulaire = viewChild<ElementRef<HTMLFormElement>>('formulaire');

  constructor() {
    afterRenderEffect(() => this.formulaire()?.nativeElement.submit());
  }
}
