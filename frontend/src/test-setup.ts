import { vi } from 'vitest';

/**
 * jsdom throws on a font size that `calc()` makes of variables, which Material's labels have; roles and names cannot be
 * found then. Such an element is judged by its own style attribute alone.
 */
const calculer = window.getComputedStyle.bind(window);

window.getComputedStyle = (element, pseudo) => {
  try {
    return calculer(element, pseudo);
  } catch {
    return (element as HTMLElement).style;
  }
};

/** jsdom lays nothing out, so scrolling does nothing. */
Element.prototype.scrollTo = (): void => undefined;

/** jsdom has no modal dialogs: here they are merely open, which is what roles and names need. */
HTMLDialogElement.prototype.showModal = function (): void {
  this.open = true;
};

/** The first test of a file builds its page for the first time, on a machine that may be busy. */
vi.setConfig({ testTimeout: 30_000 });
