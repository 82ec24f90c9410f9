import {
  afterEveryRender,
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';

let numeros = 0;

/**
 * A modal dialog for as long as the component exists (put it in an `@if`). The browser's own `<dialog>` keeps the focus in,
 * makes the rest inert and lies above everything; Escape asks to close, Ctrl+Enter asks for the main action, the page's
 * shortcuts are dead meanwhile, and the focus goes back to where it came from. It starts at the element that carries
 * `data-premier`, otherwise at the first one that takes it; while that element cannot take it (a button whose checks are on
 * their way) the box itself holds the focus and passes it on, also to the next such element when the last one has gone.
 * A frame is never the start: keys pressed in it do not reach the dialog.
 */
@Component({
  selector: 'app-dialogue',
  template: `
    <dialog #boite tabindex="-1" [class.large]="large()" [attr.aria-labelledby]="id" (cancel)="$event.preventDefault(); fermer.emit()">
      <h2 [id]="id">{{ titre() }}</h2>
      <ng-content />
    </dialog>
  `,
  styles: `
    dialog {
      width: min(36rem, calc(100vw - 2rem));
      max-height: calc(100dvh - 2rem);
      overflow: auto;
      padding: 1rem 1.25rem;
      color: var(--texte);
      background: var(--fond);
      border: 1px solid var(--trait);
      border-radius: 6px;
    }
    dialog.large {
      width: min(80rem, calc(100vw - 2rem));
    }
    dialog:focus {
      outline: none;
    }
    dialog::backdrop {
      background: rgb(0 0 0 / 45%);
    }
  `,
  host: { '(document:keydown)': 'toucher($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Dialogue {
  readonly titre = input.required<string>();
  readonly large = input(false);
  readonly fermer = output<void>();
  /** Ctrl+Enter. */
  readonly principal = output<void>();
  protected readonly id = `dialogue-${++numeros}`;
  private readonly boite = viewChild.required<ElementRef<HTMLDialogElement>>('boite');

  constructor() {
    const origine = document.activeElement;
    afterNextRender(() => {
      const boite = this.boite().nativeElement;
      boite.showModal();
      queueMicrotask(() => {
        if (boite.querySelector('[data-premier]') || document.activeElement instanceof HTMLIFrameElement) boite.focus();
      });
    });
    afterEveryRender(() => queueMicrotask(() => this.passer()));
    inject(DestroyRef).onDestroy(() => {
      if (origine instanceof HTMLElement && origine.isConnected) origine.focus();
    });
  }

  protected toucher(evenement: KeyboardEvent): void {
    if (evenement.defaultPrevented) return;
    const principal = evenement.key === 'Enter' && (evenement.ctrlKey || evenement.metaKey);
    if (!principal && evenement.key !== 'Escape') return;
    evenement.preventDefault();
    evenement.stopPropagation();
    if (principal) this.principal.emit();
    else this.fermer.emit();
  }

  /** The focus goes to where it should be when nobody else has it. */
  private passer(): void {
    const boite = this.boite().nativeElement;
    const libre = document.activeElement === boite || document.activeElement === document.body;
    if (boite.open && libre) (boite.querySelector<HTMLElement>('[data-premier]:not(:disabled)') ?? boite).focus();
  }
}
